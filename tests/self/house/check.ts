import { fileURLToPath } from 'node:url';
import { faultsOf, readImports } from './imports.ts';
import { floors, rooms } from './rooms.ts';

/** `npm run check`: the imports between the rooms; exit status 1 where one is not allowed. */
const faults = faultsOf(
  readImports(fileURLToPath(new URL('../../..', import.meta.url))),
  rooms,
  floors,
);
for (const fault of faults) console.error(fault);
if (faults.length > 0) {
  console.error('Who may import whom is in tests/self/house/rooms.ts.');
  process.exitCode = 1;
}
