import { utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { acquireLock } from '../../../fixtures/configuration/files/lock.ts';
import { emptyFolder } from '../support/run.ts';

const first = { run: 'first', pid: process.pid };
const second = { run: 'second', pid: process.pid };
const newLock = () => join(emptyFolder(), 'deep/a.lock');

test('a lock is waited for, and taken over once it is older than it may be', () => {
  const path = newLock();
  expect(acquireLock(path, first)).toEqual(first);
  const start = performance.now();
  expect(acquireLock(path, second, { waitMs: 100, staleMs: 60_000 })).toEqual(first);
  expect(performance.now() - start).toBeGreaterThanOrEqual(95);
  expect(acquireLock(path, second, { waitMs: 5_000, staleMs: 50 })).toEqual(second);
});

test('where only its age counts, a lock is kept also when its process is gone', () => {
  const path = newLock();
  const gone = { run: 'gone', pid: 2 ** 22 + 1 };
  expect(acquireLock(path, gone)).toEqual(gone);
  expect(acquireLock(path, second, { staleMs: 60_000 })).toEqual(gone);
  expect(acquireLock(path, second)).toEqual(second);
});

test('a lock that is being written is not taken over, one that was never finished is', () => {
  const path = newLock();
  acquireLock(path, first);
  writeFileSync(path, '');
  expect(acquireLock(path, second)).toBeUndefined();
  utimesSync(path, new Date(0), new Date(0));
  expect(acquireLock(path, second)).toEqual(second);
});
