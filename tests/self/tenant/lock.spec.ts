import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { lockFolder, takeLock } from '../../../fixtures/tenant/lock.ts';
import { start } from '../support/process.ts';
import { emptyFolder, root } from '../support/run.ts';
import table from './locks.json' with { type: 'json' };

const alive = { run: 'a', pid: process.pid, host: hostname() };
const dead = { run: 'a', pid: 2 ** 22 + 1, host: hostname() };

test('one run a tenant: who holds it keeps others out until it gives it back', () => {
  const folder = emptyFolder();
  const first = takeLock(folder, 'a');
  expect(() => takeLock(folder, 'b')).toThrow(/is held by run a \(process \d+ on /);
  first.release();
  const second = takeLock(folder, 'b');
  expect([first.isHeld(), second.isHeld()]).toEqual([false, true]);
  first.release();
  expect(() => takeLock(folder, 'c')).toThrow(/is held by run b/);
  expect(readdirSync(folder)).toHaveLength(1);
});

// What stands in place of the lock, how many seconds ago it was written, and why another run may not take it.
for (const { what, is, holder, age, refusal } of table)
  test(`${what}: ${refusal ? 'keeps others out' : 'is taken over'}`, async () => {
    const folder = emptyFolder();
    const path = join(folder, '7');
    const time = new Date(Date.now() - age * 1_000);
    if (is === 'folder') mkdirSync(path);
    else if (is === 'link') symlinkSync(join(folder, 'nowhere'), path);
    else writeFileSync(path, holder ? JSON.stringify({ ...alive, ...holder }) : '');
    // The date of a link cannot be set.
    if (is === 'link') await new Promise((resolve) => setTimeout(resolve, 1_100));
    else utimesSync(path, time, time);
    if (refusal) expect(() => takeLock(folder, 'b')).toThrow(new RegExp(refusal));
    else expect(takeLock(folder, 'b').isHeld()).toBe(true);
  });

test('a process that has ended holds nothing, also where nobody asks how it ended', async () => {
  // Others show no such process.
  if (process.platform !== 'linux') return;
  const parent = spawn('sh', ['-c', 'sleep 0.2 & echo $!; exec sleep 60']);
  const [chunk] = await once(parent.stdout, 'data');
  const pid = Number(chunk);
  await expect.poll(() => readFileSync(`/proc/${pid}/stat`, 'utf8')).toContain(') Z ');
  const folder = emptyFolder();
  writeFileSync(join(folder, '1'), JSON.stringify({ ...alive, pid }));
  expect(takeLock(folder, 'b').isHeld()).toBe(true);
  parent.kill();
});

test('locks stand in a folder of this user alone, and one that cannot be written is told as that', () => {
  expect(dirname(dirname(lockFolder('any-tenant')))).toBe(tmpdir());
  const below = emptyFolder();
  const own = dirname(lockFolder('t', below));
  if (process.platform !== 'win32') expect(statSync(own).mode & 0o777).toBe(0o700);
  const [other, file] = [emptyFolder(), join(emptyFolder(), 'file')];
  symlinkSync(below, join(other, basename(own)));
  writeFileSync(file, '');
  // The last is longer than a name may be.
  const refused = [
    ['t', other],
    ['t', file],
    ['t'.repeat(300), below],
  ] as const;
  for (const [tenant, place] of refused)
    expect(() => lockFolder(tenant, place)).toThrow(
      /cannot be written \(.*\): it keeps other runs/,
    );
});

test('of several processes that take over the same lock at once, one has it', async () => {
  const folder = emptyFolder();
  for (let round = 0; round < 150; round++) {
    mkdirSync(join(folder, String(round)));
    writeFileSync(join(folder, String(round), '1'), JSON.stringify(dead));
  }
  const script = fileURLToPath(new URL('../support/lock-taker.ts', import.meta.url));
  const jiti = join(root, 'node_modules/jiti/lib/jiti-cli.mjs');
  const takers = ['a', 'b', 'c', 'd'].map((name) =>
    start(process.execPath, [jiti, script, folder, name], folder),
  );
  const rounds = (await Promise.all(takers)).map(({ output }) => output.trim().split('\n'));
  const holders = Array.from({ length: 150 }, (_, i) =>
    rounds.filter((each) => each[i] === 'held'),
  );
  expect(holders.map((each) => each.length)).toEqual(holders.map(() => 1));
});
