import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { takeLock } from '../../../fixtures/tenant/lock.ts';

// Takes the locks of the folders 0 to 149 below a folder, each at its own moment, and never gives one back.
const [, , folder = '', run = ''] = process.argv;
/** Waits until each of the four has left that mark. Out: when the last did. */
function waitForAll(mark: string): number {
  writeFileSync(join(folder, run + mark), '');
  const marks = ['a', 'b', 'c', 'd'].map((each) => join(folder, each + mark));
  while (!marks.every((each) => existsSync(each)));
  return Math.max(...marks.map((each) => statSync(each).mtimeMs));
}

const begin = waitForAll(' began') + 50;
for (let round = 0; round < 150; round++) {
  while (Date.now() < begin + round * 15);
  try {
    takeLock(join(folder, String(round)), run);
    console.log('held');
  } catch {
    console.log('not held');
  }
}
// The lock of a process that has ended is free: each waits for the others.
waitForAll(' ended');
process.exit();
