import { faultsOf, readImports } from './imports.ts';
import { floors, rooms } from './rooms.ts';

const faults = faultsOf(readImports(), rooms, floors);
for (const fault of faults) console.error(fault);
if (faults.length > 0) {
  console.error('Who may import whom is in tests/self/house/rooms.ts.');
  process.exitCode = 1;
}
