import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { takeLock } from '../../../fixtures/tenant/lock.ts';

// Takes the locks of the folders 0 to 149 below a folder, each at its own moment, and never gives one back.
const [, , folder = '', run = '', begin = ''] = process.argv;
for (let round = 0; round < 150; round++) {
  while (Date.now() < Number(begin) + round * 15);
  try {
    takeLock(join(folder, String(round)), run);
    console.log('held');
  } catch {
    console.log('not held');
  }
}
// The lock of a process that has ended is free: each waits for the others.
writeFileSync(join(folder, run), '');
while (!['a', 'b', 'c', 'd'].every((each) => existsSync(join(folder, each))));
process.exit();
