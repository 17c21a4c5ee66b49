import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { cleanUp, leftLines } from '../../../fixtures/tenant/clean-up.ts';
import { Journal } from '../../../fixtures/tenant/journal.ts';
import type { PendingCreate } from '../../../fixtures/tenant/journal-line.ts';
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
  expect(journal.read().open.map(({ create, objectId }) => [create, objectId])).toEqual([
    ['a', id],
    ['d', undefined],
  ]);
});

test('a line that a killed run left truncated loses no other entry', () => {
  const { journal, path } = newJournal();
  journal.append(pending('a'));
  appendFileSync(path, '{"create":"a","crea');
  journal.append(pending('b'));
  expect(journal.read().open.map(({ create }) => create)).toEqual(['a', 'b']);
});

test('clean-up removes references of this tenant, service and user, and keeps all others', async () => {
  const { journal } = newJournal();
  journal.append(pending('mine', { id }));
  journal.append({ create: 'mine', created: id });
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
    'the run ended before its response',
    'the id may not stand in a path',
  ]);
  expect(leftLines(result)[0]).toContain('remove the reference by hand');
  expect(journal.read().open.map(({ create }) => create)).not.toContain('mine');
});

test('what is refused stays open and is tried again; what is gone counts as undone', async () => {
  const { journal } = newJournal();
  journal.append(pending('a'));
  journal.append({ create: 'a', created: id });
  const tried = (status: number) => cleanUp(journal, here, async () => answered(status));
  expect(await tried(403)).toMatchObject({ undone: 0, left: [{ why: 'answered 403' }] });
  expect(await tried(404)).toMatchObject({ undone: 1, left: [] });
});
