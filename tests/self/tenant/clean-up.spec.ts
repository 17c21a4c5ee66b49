import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { unknownUserId } from '../../../fixtures/requests/paths.ts';
import { cleanUp, cleanUpLines, leaveAll } from '../../../fixtures/tenant/clean-up.ts';
import {
  type CreateOutcome,
  Journal,
  type PendingCreate,
} from '../../../fixtures/tenant/journal.ts';
import type { CleanUp } from '../../../schemas/files/clean-up.ts';
import { here, pending } from '../support/pending.ts';
import { emptyFolder } from '../support/run.ts';

const sent = '11111111-2222-4333-8444-555555555555';
const given = '98b7e341-e341-98b7-41e3-b79841e3b798';

function journalWith(...lines: (PendingCreate | CreateOutcome)[]): [Journal, string] {
  const path = join(emptyFolder(), 'journal.jsonl');
  const journal = new Journal(path);
  for (const line of lines) journal.append(line);
  return [journal, path];
}

/** Cleans up at a service that answers each removal so. Out: the result, and what was sent. */
async function cleanedUp(
  journal: Journal,
  answer: number | string,
  inHaste = false,
): Promise<CleanUp & { readonly asked: readonly string[] }> {
  const asked: string[] = [];
  const remove = async ({ method, path }: { method: string; path: string }) => {
    asked.push(`${method} ${path}`);
    return answer;
  };
  return { ...(await cleanUp(journal, { run: 'now', ...here, remove }, inHaste)), asked };
}

const a = { create: 'a' };
const unnamed = 'nothing is there under the id that was sent, and no response named one';
const noRemoval = 'no response to its removal: reset';

// What a create sent, what became of it, how its removal is answered; and then: which id is removed, whether that
// undoes it, else why it is left, and whether a night fails for it that is not the first to leave it.
// biome-ignore format: a row a line
const fates: [id: string | undefined, outcome: CreateOutcome | undefined, answer: number | string, asked: string | undefined, fate: 'undone' | 'noted' | { left: string; again: boolean }][] = [
  [sent, { ...a, created: given }, 204, given, 'undone'],
  [sent, { ...a, created: given }, 200, given, 'undone'],
  [sent, { ...a, created: given }, 404, given, 'undone'],
  [undefined, { ...a, created: given }, 404, given, 'undone'],
  [sent, { ...a, created: given }, 403, given, { left: 'its removal was answered 403', again: true }],
  [sent, { ...a, created: given }, 302, given, { left: 'its removal was answered 302', again: true }],
  [sent, { ...a, created: given }, noRemoval, given, { left: noRemoval, again: true }],
  [sent, { ...a, created: null }, 204, sent, 'noted'],
  [sent, { ...a, created: null }, 404, sent, { left: unnamed, again: false }],
  [sent, { ...a, created: null }, 403, sent, { left: 'its removal was answered 403', again: true }],
  [sent, { ...a, unclear: 'answered 500' }, 204, sent, 'noted'],
  [sent, { ...a, unclear: 'answered 500' }, 404, sent, { left: unnamed, again: false }],
  [sent, undefined, 204, sent, 'noted'],
  [sent, undefined, 404, sent, { left: unnamed, again: false }],
  [undefined, undefined, 204, undefined, { left: 'the run ended before its response', again: false }],
  [undefined, { ...a, unclear: 'answered 503' }, 204, undefined, { left: 'answered 503', again: false }],
  [undefined, { ...a, created: null }, 204, undefined, { left: 'the response named no id of an object that it created', again: false }],
];

for (const [id, outcome, answer, asked, fate] of fates) {
  const { create: _, ...word } = outcome ?? a;
  const id_ = id === undefined ? 'without id' : 'with id';
  test(`a create ${id_}, then ${JSON.stringify(word)}, its removal answered ${answer}`, async () => {
    const [journal] = journalWith(pending('a', id === undefined ? {} : { id }));
    if (outcome) journal.append(outcome);
    const result = await cleanedUp(journal, answer);
    const removal = `DELETE /me/registeredDevices/${asked}/$ref`;
    expect(result.asked).toEqual(asked === undefined ? [] : [removal]);
    if (typeof fate === 'string') {
      expect(result).toMatchObject({ undone: 1, left: [] });
      expect(result.notes).toHaveLength(fate === 'noted' ? 1 : 0);
      expect(result.fails).toBeUndefined();
      expect(journal.read().open).toEqual([]);
      return;
    }
    expect(result).toMatchObject({ undone: 0, left: [{ why: fate.left, failing: true }] });
    const isSure = outcome !== undefined && 'created' in outcome;
    expect(result.fails).toContain(
      `1 reference ${isSure ? 'was' : 'may be'} left in the tenant, first pair-01 on /me/`,
    );
    // The next night names it again, and fails only where its own removal failed.
    const next = await cleanedUp(journal, answer);
    expect(next.left).toMatchObject([{ why: fate.left, failing: fate.again }]);
    expect(next.fails === undefined).toBe(!fate.again);
    expect(next.todo).toContain('npm run acknowledge');
  });
}

test('nothing is sent for another tenant, service or user, nor under an unknown user', async () => {
  const others = { tenant: 'other', baseUrl: 'http://127.0.0.1:2/v1.0', userId: 'v' };
  const lines = Object.entries(others).map(([name, value]) => pending(name, { [name]: value }));
  const nobody = pending('nobody', { kind: 'negative', userId: unknownUserId });
  const [journal] = journalWith(...lines, nobody, { create: 'nobody', created: given });
  const { asked, kept, left } = await cleanedUp(journal, 204);
  expect([asked, kept]).toEqual([[], 3]);
  expect(left).toMatchObject([
    { why: 'it is under another user, whom this suite never writes to' },
  ]);
  expect(journal.read().open).toHaveLength(4);
});

test('a request that ought to be refused, and nothing says was not, is named once and then closed', async () => {
  const [journal] = journalWith(pending('a', { kind: 'negative', id: sent }));
  journal.append({ ...a, unclear: 'answered 500' });
  const { asked, left, fails, notes } = await cleanedUp(journal, 204);
  expect([asked, left, fails]).toEqual([[], [], undefined]);
  expect(notes[0]).toMatch(/^pair-01, .* \(answered 500\) ought to be refused/);
  expect((await cleanedUp(journal, 204)).notes).toEqual([]);
});

test('what is left says with which request it was made, and what to do', async () => {
  const deletedDateTime = '2017-01-01T00:00:34.0507931+03:00';
  const [journal] = journalWith(
    pending('request-id', { call: 'documented-example', deletedDateTime }),
  );
  expect(cleanUpLines(await cleanedUp(journal, 204))).toEqual([
    'cleanup  0 undone, 1 left behind, 0 of other targets kept',
    `left     documented-example, created 2026-11-23T01:02:03.000Z at /me/registeredDevices/$ref, deletedDateTime ${deletedDateTime}, client-request-id request-id (the run ended before its response)`,
    expect.stringMatching(/^to do {4}"npm run sweep" .* "npm run acknowledge"/),
  ]);
});

test('where nothing may be undone, all is named, and a run fails for its own alone', async () => {
  const [journal] = journalWith(pending('a', { run: 'now' }), pending('b', { run: 'before' }));
  const { left, fails } = leaveAll(journal, 'now', 'why');
  expect(left).toMatchObject([{ failing: true }, { failing: false }]);
  expect(fails).toMatch(/^1 reference may be left in the tenant, first pair-01 .* \(why\)/);
});

test('a journal that cannot be written any more stops no removal, in haste or not, and says so', async () => {
  for (const inHaste of [false, true]) {
    const [journal, path] = journalWith();
    for (const create of ['a', 'b', 'c']) {
      journal.append(pending(create));
      journal.append({ create, created: given });
    }
    const remove = async () => {
      // As a full disk does: it can be read, and not appended to.
      rmSync(path, { force: true, recursive: true });
      mkdirSync(path);
      return 204;
    };
    const { undone, notes } = await cleanUp(journal, { run: 'now', ...here, remove }, inHaste);
    expect(undone).toBe(3);
    expect(notes).toEqual([expect.stringContaining('cannot be written (EISDIR)')]);
  }
});
