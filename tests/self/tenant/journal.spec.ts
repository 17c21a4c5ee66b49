import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { releaseLock } from '../../../fixtures/configuration/lock.ts';
import { cleanUp, leftLines } from '../../../fixtures/tenant/clean-up.ts';
import { createOutcomeOf, Journal, type PendingCreate } from '../../../fixtures/tenant/journal.ts';
import { lockTenant } from '../../../fixtures/tenant/session.ts';
import type { Exchange, RequestCase } from '../../../schemas/files/recording.ts';
import { exchange } from '../support/recorded.ts';
import { emptyFolder } from '../support/run.ts';

const here = { tenant: 't', baseUrl: 'http://127.0.0.1:1/v1.0', userId: 'u' };
const pending = (create: string, more: Partial<PendingCreate> = {}): PendingCreate => ({
  create,
  run: 'r',
  ...here,
  route: 'me',
  call: 'pair-01',
  at: '2026-11-23T01:02:03.000Z',
  ...more,
});
const id = '98b7e341-e341-98b7-41e3-b79841e3b798';

function answered(status: number, body = '', headers: [string, string][] = []): Exchange {
  return exchange({ status, headers, body: Buffer.from(body) });
}

function newJournal(): { journal: Journal; path: string } {
  const path = join(emptyFolder(), 'journal.jsonl');
  return { journal: new Journal(path), path };
}

test('an entry is open from before its request until it was undone or refused', () => {
  const { journal } = newJournal();
  for (const create of ['a', 'b', 'c', 'd']) journal.append(pending(create));
  journal.append({ create: 'a', created: id });
  journal.append({ create: 'b', nothing: '400' });
  journal.append({ create: 'c', undone: 'now' });
  expect(journal.open().map(({ create, objectId }) => [create, objectId])).toEqual([
    ['a', id],
    ['d', undefined],
  ]);
});

test('a line that a killed run left truncated loses no other entry', () => {
  const { journal, path } = newJournal();
  journal.append(pending('a'));
  appendFileSync(path, '{"create":"a","crea');
  journal.append(pending('b'));
  expect(journal.open().map(({ create }) => create)).toEqual(['a', 'b']);
});

test('the outcome says what to undo: the id in the body, in OData-EntityId or in Location', () => {
  const location = `https://h.invalid/t/directoryObjects/${id}`;
  const cases: [Exchange, object | undefined][] = [
    [answered(201, `{"id":"${id}"}`), { created: id }],
    [answered(204, '', [['Location', location]]), { created: id }],
    [answered(204, '', [['OData-EntityId', `directoryObjects('${id}')`]]), { created: id }],
    [answered(201, 'not JSON'), { created: null }],
    [answered(400), { nothing: '400' }],
    // It may have been carried out.
    [answered(503), undefined],
  ];
  for (const [given, outcome] of cases)
    expect(createOutcomeOf('a', given)).toEqual(outcome && { create: 'a', ...outcome });
});

test('clean-up removes references of this tenant, service and user, and keeps all others', async () => {
  const { journal } = newJournal();
  journal.append(pending('mine', { id }));
  journal.append(pending('other-tenant', { tenant: 'other', id }));
  journal.append(pending('other-host', { baseUrl: 'http://127.0.0.1:2/v1.0', id }));
  journal.append(pending('other-user', { userId: 'v', id }));
  journal.append(pending('nameless'));
  journal.append(pending('tricky', { id: '../../users/x' }));
  const sent: string[] = [];
  const result = await cleanUp(journal, here, async ({ method, path }: RequestCase) => {
    sent.push(`${method} ${path}`);
    return answered(204);
  });
  expect(sent).toEqual([`DELETE /me/registeredDevices/${id}/$ref`]);
  expect(result).toMatchObject({ undone: 1, kept: 3 });
  expect(result.left.map(({ why }) => why)).toEqual([
    'the response named no id',
    'the id in the response may not stand in a path',
  ]);
  expect(leftLines(result)[0]).toContain('remove the reference by hand');
  expect(journal.open().map(({ create }) => create)).not.toContain('mine');
});

test('what is refused stays open and is tried again; what is gone counts as undone', async () => {
  const { journal } = newJournal();
  journal.append(pending('a', { id }));
  const tried = (status: number) => cleanUp(journal, here, async () => answered(status));
  expect(await tried(403)).toMatchObject({ undone: 0, left: [{ why: 'answered 403' }] });
  expect(await tried(404)).toMatchObject({ undone: 1, left: [] });
});

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
