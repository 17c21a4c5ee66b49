import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { unknownUserId } from '../../../fixtures/requests/paths.ts';
import { type CleanUp, cleanUp, cleanUpLines } from '../../../fixtures/tenant/clean-up.ts';
import { Journal } from '../../../fixtures/tenant/journal.ts';
import type { PendingCreate } from '../../../fixtures/tenant/journal-line.ts';
import type { RequestCase } from '../../../schemas/files/recording.ts';
import { exchange } from '../support/recorded.ts';
import { emptyFolder } from '../support/run.ts';

const here = {
  tenant: 't',
  baseUrl: 'http://127.0.0.1:1/v1.0',
  userId: '99999999-2222-4333-8444-555555555555',
};
const ids = Array.from({ length: 4 }, (_, i) => `98b7e341-e341-98b7-41e3-b79841e3b79${i}`);
const [id = '', other = '', third = ''] = ids;

function newJournal(): { journal: Journal; path: string } {
  const path = join(emptyFolder(), 'journal.jsonl');
  return { journal: new Journal(path), path };
}

const pending = (create: string, more: Partial<PendingCreate> = {}): PendingCreate => ({
  create,
  run: 'r',
  ...here,
  route: 'me',
  call: 'pair-01',
  kind: 'create',
  at: '2026-11-23T01:02:03.000Z',
  ...more,
});

/** Cleans up at a service that holds these references. Out: the result, and the paths of the removals. */
async function cleanedUp(
  journal: Journal,
  statusOf: (path: string) => number,
): Promise<CleanUp & { readonly asked: readonly string[] }> {
  const asked: string[] = [];
  const result = await cleanUp(journal, here, async ({ path }: RequestCase) => {
    asked.push(path);
    return exchange({ status: statusOf(path) });
  });
  return { ...result, asked };
}

const holding =
  (...held: string[]) =>
  (path: string) =>
    held.some((each) => path.includes(each)) ? 204 : 404;
const whys = ({ left }: CleanUp) => left.map(({ why }) => why);

test('an id that was only sent counts as removed where the target tells it from one that nobody has', async () => {
  const { journal } = newJournal();
  journal.append(pending('a', { id }));
  journal.append(pending('b', { id: other }));
  const result = await cleanedUp(journal, holding(id));
  // The target uses the ids that it is sent, so the second one was never created, or is gone.
  expect(result).toMatchObject({ undone: 2, left: [] });
  expect(result.asked).toHaveLength(3);
});

test('a target that answers every removal alike has said nothing of an id that was only sent', async () => {
  const { journal } = newJournal();
  journal.append(pending('a', { id }));
  journal.append(pending('b'));
  journal.append({ create: 'b', created: other });
  const result = await cleanedUp(journal, () => 204);
  expect(result.undone).toBe(1);
  expect(whys(result)).toEqual(['answered 204, as for an id that nobody has']);
});

test('a target that draws its own ids has nothing under the id that was sent: that is not undone', async () => {
  const { journal } = newJournal();
  journal.append(pending('a', { id }));
  journal.append({ create: 'a', created: null });
  expect(await cleanedUp(journal, holding())).toMatchObject({ undone: 0, left: [{}] });
  // Also where it named the id of another create, which was not the one that was sent.
  journal.append(pending('b', { id: other }));
  journal.append({ create: 'b', created: third });
  const result = await cleanedUp(journal, holding(third));
  expect(result).toMatchObject({ undone: 1, left: [{ entry: { create: 'a' } }] });
});

test('where the target named the id that was sent, a later one that was lost is removed by it', async () => {
  const { journal } = newJournal();
  journal.append(pending('a', { id }));
  journal.append({ create: 'a', created: id });
  journal.append(pending('b', { id: other }));
  const result = await cleanedUp(journal, holding(id));
  expect(result).toMatchObject({ undone: 2, left: [] });
  expect(result.asked).toHaveLength(2);
});

test('an object that two responses name is removed once', async () => {
  const { journal } = newJournal();
  for (const create of ['a', 'b']) {
    journal.append(pending(create));
    journal.append({ create, created: id });
  }
  const result = await cleanedUp(journal, holding(id));
  expect(result).toMatchObject({ undone: 2, left: [] });
  expect(result.asked).toHaveLength(1);
});

test('a reference under an unknown user is left and named, and nothing is sent for it', async () => {
  const { journal } = newJournal();
  journal.append(pending('a', { call: 'unknown-user', kind: 'negative', userId: unknownUserId }));
  journal.append({ create: 'a', created: id });
  const result = await cleanedUp(journal, holding(id));
  expect(result.asked).toEqual([]);
  expect(whys(result)).toEqual(['it is under another user, whom this suite never writes to']);
});

test('an id that is the user is never removed', async () => {
  const { journal } = newJournal();
  journal.append(pending('a'));
  journal.append({ create: 'a', created: here.userId });
  const result = await cleanedUp(journal, () => 204);
  expect(result.asked).toEqual([]);
  expect(whys(result)).toEqual(['the id is that of the user']);
});

test('a request that ought to be refused, and nothing says was not, is named once and then closed', async () => {
  const { journal } = newJournal();
  journal.append(pending('a', { call: 'malformed-json', kind: 'negative' }));
  journal.append({ create: 'a', unclear: 'answered 500' });
  const result = await cleanedUp(journal, holding());
  expect(result).toMatchObject({ undone: 0, left: [], unclear: [{ create: 'a' }] });
  expect(cleanUpLines(result)[1]).toMatch(/^unclear: malformed-json, .* \(answered 500\): /);
  expect(await cleanedUp(journal, holding())).toMatchObject({ left: [], unclear: [] });
});

test('what cannot be undone says with which request it was made, and what to do', async () => {
  const { journal } = newJournal();
  const deletedDateTime = '2017-01-01T00:00:34.0507931+03:00';
  journal.append(pending('request-id-of-a', { call: 'documented-example', deletedDateTime }));
  journal.append({ create: 'request-id-of-a', unclear: 'no response: dropped' });
  const result = await cleanedUp(journal, holding());
  expect(cleanUpLines(result)[1]).toBe(
    `left behind: documented-example, created 2026-11-23T01:02:03.000Z at /me/registeredDevices/$ref, deletedDateTime ${deletedDateTime}, client-request-id request-id-of-a (no response: dropped): run "npm run sweep" once the cause is gone, or remove the reference by hand and run "npm run acknowledge"`,
  );
});

test('a line of the journal that is none is named, stays, and keeps nothing else from being undone', async () => {
  const { journal, path } = newJournal();
  const bad = ['null', '7', '"x"', '[]', '{}', '{"create":1,"run":2}', '{"create":"x","crea'];
  const odd = { ...pending('odd'), route: 'elsewhere', call: '\u001b[31m' };
  writeFileSync(path, [...bad, JSON.stringify(odd), ''].join('\n'));
  journal.append(pending('a'));
  journal.append({ create: 'a', created: id });
  const result = await cleanedUp(journal, holding(id));
  expect(result).toMatchObject({ undone: 1, left: [] });
  expect(result.unreadable).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((line) => `${path}:${line}`));
  expect(readFileSync(path, 'utf8')).toContain(bad.at(-1));
});

test('a journal that cannot be written any more stops no removal, and says so', async () => {
  const { journal, path } = newJournal();
  for (const [i, each] of [id, other, third].entries()) {
    journal.append(pending(`c${i}`));
    journal.append({ create: `c${i}`, created: each });
  }
  const result = await cleanedUp(journal, (asked) => {
    // As a full disk does: it can be read, and not appended to.
    rmSync(path, { force: true, recursive: true });
    mkdirSync(path);
    return holding(...ids)(asked);
  });
  expect(result).toMatchObject({ undone: 3, left: [] });
  expect(result.unmarked).toMatch(/cannot be written \(EISDIR\)/);
  expect(cleanUpLines(result).at(-1)).toContain(result.unmarked);
});
