import { mkdirSync, readdirSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { TenantLock, tenantLockFolder, unrenewedMs } from '../../../fixtures/tenant/lock.ts';
import { start } from '../support/process.ts';
import { emptyFolder, root } from '../support/run.ts';

const alive = { pid: process.pid, host: hostname() };
const gone = 2 ** 22 + 1;
const take = (folder: string, run: string) => new TenantLock(folder, { run, ...alive });

test('one run a tenant: who holds it keeps others out until it gives it back', () => {
  const folder = emptyFolder();
  const first = take(folder, 'a');
  expect(first.isHeld).toBe(true);
  expect(() => take(folder, 'b')).toThrow(/is held by run a \(process \d+ on /);
  first.release();
  const second = take(folder, 'b');
  expect([first.isHeld, second.isHeld]).toEqual([false, true]);
  // It has no say any more.
  first.release();
  expect(second.isHeld).toBe(true);
  expect(() => take(folder, 'c')).toThrow(/is held by run b/);
  expect(readdirSync(folder)).toHaveLength(1);
});

// What stands in place of the lock, how old it is in seconds, and whether another run may take it.
// biome-ignore format: a row a line
const found: [what: string, content: object | 'folder' | 'dangling link' | 'nothing', age: number, isFree: boolean][] = [
  ['a living process', { run: 'a', ...alive }, 0, false],
  ['a living process that renews', { run: 'a', ...alive }, unrenewedMs / 2_000, false],
  ['a process number that was given anew', { run: 'a', ...alive }, unrenewedMs / 1_000 + 1, true],
  ['a dead process', { run: 'a', pid: gone, host: hostname() }, 0, true],
  ['a process of another machine', { run: 'a', pid: gone, host: 'another.invalid' }, 60, false],
  ['a killed container', { run: 'a', pid: 1, host: 'another.invalid' }, unrenewedMs / 1_000 + 1, true],
  ['a date in the future', { run: 'a', ...alive }, -3_600, true],
  ['no process at all', { run: 'a', pid: -1, host: hostname() }, 2, true],
  ['a file that is being written', 'nothing', 0, false],
  ['a file that names nobody', 'nothing', 2, true],
  ['a folder', 'folder', 2, true],
  ['a link to nothing', 'dangling link', 2, true],
];

for (const [what, content, age, isFree] of found)
  test(`${what}: ${isFree ? 'is taken over' : 'keeps others out'}`, async () => {
    const folder = emptyFolder();
    const path = join(folder, '7');
    const time = new Date(Date.now() - age * 1_000);
    if (content === 'folder') mkdirSync(path);
    else if (content === 'dangling link') symlinkSync(join(folder, 'nowhere'), path);
    else writeFileSync(path, content === 'nothing' ? '' : JSON.stringify(content));
    if (content === 'dangling link') await new Promise((resolve) => setTimeout(resolve, 1_100));
    else utimesSync(path, time, time);
    if (isFree) expect(take(folder, 'b').isHeld).toBe(true);
    else expect(() => take(folder, 'b')).toThrow();
  });

test('a run that is told to wait is told how long at most, and why', () => {
  const folder = emptyFolder();
  const holder = { run: 'a', pid: 1, host: 'another.invalid' };
  writeFileSync(join(folder, '1'), JSON.stringify(holder));
  expect(() => take(folder, 'b')).toThrow(
    /is held by run a \(process 1 on another\.invalid\): .* If it was killed, the tenant is free in 1(20|19) s: /,
  );
});

test('a lock that cannot be written is told as that, and never as another run', () => {
  const file = join(emptyFolder(), 'file');
  writeFileSync(file, '');
  expect(() => tenantLockFolder('t', file)).toThrow(
    /cannot be written \((EEXIST|ENOTDIR).*: the lock that keeps other runs from the tenant is written there\.$/,
  );
  const folder = emptyFolder();
  // A name that is too long cannot be written either, also by root.
  const long = join(folder, 'x'.repeat(300));
  expect(() => take(long, 'a')).toThrow(/\((ENAMETOOLONG|ENOENT).*\): the lock that keeps/);
});

test('locks stand in a folder of this user alone, whatever folder a run writes to', () => {
  const folder = tenantLockFolder('any-tenant');
  expect(dirname(dirname(folder))).toBe(tmpdir());
  const below = emptyFolder();
  const own = dirname(tenantLockFolder('t', below));
  if (process.platform !== 'win32') expect(statSync(own).mode & 0o777).toBe(0o700);
  const other = emptyFolder();
  symlinkSync(below, join(other, own.slice(below.length + 1)));
  expect(() => tenantLockFolder('t', other)).toThrow(/is not a folder of this user/);
});

test('of several processes that take over the same lock at once, one has it', async () => {
  const folder = emptyFolder();
  const script = fileURLToPath(new URL('../support/lock-taker.ts', import.meta.url));
  const jiti = join(root, 'node_modules/jiti/lib/jiti-cli.mjs');
  const left = JSON.stringify({ run: 'left', pid: gone, host: hostname() });
  for (let round = 0; round < 300; round++) {
    mkdirSync(join(folder, String(round)));
    writeFileSync(join(folder, String(round), '1'), left);
  }
  const begin = String(Date.now() + 3_000);
  const takers = ['a', 'b', 'c', 'd'].map((name) =>
    start(process.execPath, [jiti, script, folder, name, begin], folder),
  );
  const rounds = (await Promise.all(takers)).map(({ output }) => output.trim().split('\n'));
  const holders = Array.from({ length: 300 }, (_, i) =>
    rounds.filter((each) => each[i] === 'held'),
  );
  expect(holders.map((each) => each.length)).toEqual(holders.map(() => 1));
});
