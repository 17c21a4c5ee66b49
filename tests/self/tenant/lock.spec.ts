import { existsSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from '@playwright/test';
import { releaseLock, renewLock, unrenewedMs } from '../../../fixtures/configuration/files/lock.ts';
import { lockTenant, tenantLock } from '../../../fixtures/tenant/lock.ts';
import { emptyFolder } from '../support/run.ts';

test('one run a tenant: a living holder keeps others out, a dead one does not', () => {
  const path = join(emptyFolder(), 'tenant.lock');
  lockTenant(path, { run: 'a', pid: process.pid });
  lockTenant(path, { run: 'a', pid: process.pid });
  expect(() => lockTenant(path, { run: 'b', pid: process.pid })).toThrow(/is held by run a/);
  releaseLock(path, 'b');
  expect(existsSync(path)).toBe(true);
  releaseLock(path, 'a');
  expect(existsSync(path)).toBe(false);
  writeFileSync(path, JSON.stringify({ run: 'dead', pid: 2 ** 22 + 1 }));
  lockTenant(path, { run: 'c', pid: process.pid });
  expect(JSON.parse(readFileSync(path, 'utf8')).run).toBe('c');
});

test('a lock that is not renewed is taken over, also where another process has the number of its holder', () => {
  const path = join(emptyFolder(), 'tenant.lock');
  lockTenant(path, { run: 'a', pid: process.pid });
  const renewed = new Date(Date.now() - unrenewedMs / 2);
  utimesSync(path, renewed, renewed);
  expect(() => lockTenant(path, { run: 'b', pid: process.pid })).toThrow(/is held by run a/);
  const long = new Date(Date.now() - unrenewedMs - 1_000);
  utimesSync(path, long, long);
  lockTenant(path, { run: 'b', pid: process.pid });
  // Its holder does not renew what another run has now.
  renewLock(path, 'a');
  utimesSync(path, long, long);
  renewLock(path, 'b');
  expect(() => lockTenant(path, { run: 'c', pid: process.pid })).toThrow(/is held by run b/);
});

test('whether a process of another machine or container has ended cannot be seen here', () => {
  const path = join(emptyFolder(), 'tenant.lock');
  const gone = 2 ** 22 + 1;
  lockTenant(path, { run: 'a', pid: gone, host: 'another.invalid' });
  expect(() => lockTenant(path, { run: 'b', pid: process.pid })).toThrow(/is held by run a/);
});

test('every report folder and every user of a machine shares the lock of a tenant', () => {
  const lock = tenantLock('any-tenant');
  expect(dirname(dirname(lock))).toBe(tmpdir());
  const path = join(emptyFolder(), 'locks', 'tenant.lock');
  lockTenant(path, { run: 'a', pid: process.pid });
  if (process.platform !== 'win32') expect(statSync(dirname(path)).mode & 0o777).toBe(0o777);
  const file = join(emptyFolder(), 'file');
  writeFileSync(file, '');
  expect(() => lockTenant(join(file, 'tenant.lock'), { run: 'a', pid: 1 })).toThrow(
    /^.* cannot be written \((EEXIST|ENOTDIR)\): it keeps other runs from the tenant meanwhile\.$/,
  );
});
