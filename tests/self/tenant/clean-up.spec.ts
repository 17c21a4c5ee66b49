import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { unknownUserId } from '../../../fixtures/requests/paths.ts';
import { cleanUp, leaveAll } from '../../../fixtures/tenant/clean-up.ts';
import { Journal } from '../../../fixtures/tenant/journal.ts';
import { here, pending } from '../support/pending.ts';
import { emptyFolder } from '../support/run.ts';
import table from './creates.json' with { type: 'json' };

const sent = '11111111-2222-4333-8444-555555555555';
const given = '98b7e341-e341-98b7-41e3-b79841e3b798';

function journalWith(...lines: Parameters<Journal['append']>[0][]): Journal {
  const journal = new Journal(emptyFolder(), 't');
  for (const line of lines) journal.append(line);
  return journal;
}

/** Cleans up at a service that answers each removal so. Out: the result, and what was sent. */
async function cleanedUp(journal: Journal, answer: number | string = 204) {
  const asked: string[] = [];
  const result = await cleanUp(journal, { run: 'now', ...here }, async ({ method, path }) => {
    asked.push(`${method} ${path}`);
    return answer;
  });
  return { ...result, asked };
}

// Whether a create sent an id, what became of it, how its removal is answered; then by which id it is removed
// (noted: no response named that one), or why it is left, and whether each later night fails for it.
for (const { then, answer, removed, fate, left, again = false, ...row } of table.fates)
  test(`a create ${row.sent ? 'with' : 'without'} id, then ${JSON.stringify(then)}, its removal answered ${answer}`, async () => {
    const journal = journalWith(pending('a', { id: row.sent ? sent : undefined }));
    if (then) journal.append({ create: 'a', ...then });
    const result = await cleanedUp(journal, answer);
    const id = removed === 'given' ? given : sent;
    expect(result.asked).toEqual(removed ? [`DELETE /me/registeredDevices/${id}/$ref`] : []);
    if (left === undefined) {
      expect(result).toMatchObject({ undone: 1, left: [] });
      expect([result.notes.length, result.fails]).toEqual([fate === 'noted' ? 1 : 0, undefined]);
      expect(journal.read().open).toEqual([]);
      return;
    }
    expect(result).toMatchObject({ undone: 0, left: [{ why: left, failing: true }] });
    const state = then && 'created' in then ? 'was' : 'may be';
    expect(result.fails).toContain(`1 reference ${state} left in the tenant (${left}): "npm run`);
    // The next night names it again, and fails only where its own removal failed.
    const next = await cleanedUp(journal, answer);
    expect(next.left).toMatchObject([{ why: left, failing: again }]);
    expect(next.fails === undefined).toBe(!again);
    expect(next.todo).toContain('npm run acknowledge');
  });

test('nothing is sent for another tenant, service or user, nor under an unknown user', async () => {
  const others = { tenant: 'other', baseUrl: 'http://127.0.0.1:2/v1.0', userId: 'v' };
  const lines = Object.entries(others).map(([name, value]) => pending(name, { [name]: value }));
  const nobody = pending('nobody', { kind: 'negative', userId: unknownUserId });
  const journal = journalWith(...lines, nobody, { create: 'nobody', created: given });
  const { asked, kept, left } = await cleanedUp(journal);
  expect([asked, kept]).toEqual([[], 3]);
  expect(left).toMatchObject([{ why: expect.stringContaining('under another user') }]);
  expect(journal.read().open).toHaveLength(4);
});

test('a request that ought to be refused, and nothing says was not, is named once and then closed', async () => {
  const negative = pending('a', { kind: 'negative', id: sent });
  const journal = journalWith(negative, { create: 'a', unclear: 'answered 500' });
  const { asked, left, fails, notes } = await cleanedUp(journal);
  expect([asked, left, fails]).toEqual([[], [], undefined]);
  expect(notes[0]).toMatch(/^pair-01, .*: may have created something \(answered 500\): named this/);
  expect((await cleanedUp(journal)).notes).toEqual([]);
});

test('what is left says with which request it was made, and where nothing may be undone a run fails for its own alone', () => {
  const deletedDateTime = '2017-01-01T00:00:34.0507931+03:00';
  const own = pending('uuid', { call: 'documented-example', deletedDateTime, run: 'now' });
  const { left, fails } = leaveAll(journalWith(own, pending('b')), 'now', 'why');
  const text = `documented-example, created 2026-11-23T01:02:03.000Z at /me/registeredDevices/$ref, deletedDateTime ${deletedDateTime}, client-request-id uuid`;
  expect(left).toMatchObject([{ text, failing: true }, { failing: false }]);
  expect(fails).toMatch(/^1 reference may be left in the tenant \(why\): /);
});

for (const inHaste of [false, true])
  test(`a journal that cannot be written any more stops no removal and says so, in haste: ${inHaste}`, async () => {
    const folder = emptyFolder();
    const journal = new Journal(folder, 't');
    for (const create of ['a', 'b', 'c']) {
      journal.append(pending(create));
      journal.append({ create, created: given });
    }
    const path = join(folder, 'journal/t.jsonl');
    const remove = async () => {
      // As a full disk does: it can be read, and not appended to.
      rmSync(path, { force: true, recursive: true });
      mkdirSync(path);
      return 204;
    };
    const { undone, notes } = await cleanUp(journal, { run: 'now', ...here }, remove, inHaste);
    expect([undone, notes]).toEqual([3, [expect.stringContaining('cannot be written (')]]);
  });
