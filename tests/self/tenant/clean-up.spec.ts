import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { unknownUserId } from '../../../fixtures/requests/paths.ts';
import { cleanUp, leaveAll } from '../../../fixtures/tenant/clean-up.ts';
import { Journal } from '../../../fixtures/tenant/journal.ts';
import { here, pending } from '../support/pending.ts';
import { emptyFolder } from '../support/run.ts';

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

const unnamed = 'nothing is there under the id that was sent, and no response named one';
const nameless = 'the response named no id of what it created';
const reset = 'no response to its removal: reset';
const refused = 'its removal was answered 403';

// The id that a create sent, what became of it, how its removal is answered; and then: which id is removed, why it is
// left (undone: it is not, noted: it is not, by an id that no response named), and whether each later night fails for it.
// biome-ignore format: a row a line
const fates: [id: string | undefined, outcome: object, answer: number | string, asked: string | undefined, fate: string, again?: boolean][] = [
  [sent, { created: given }, 204, given, 'undone'],
  [sent, { created: given }, 404, given, 'undone'],
  [undefined, { created: given }, 404, given, 'undone'],
  [sent, { created: given }, 403, given, refused, true],
  [sent, { created: given }, reset, given, reset, true],
  [sent, { created: null }, 204, sent, 'noted'],
  [sent, { created: null }, 404, sent, unnamed, false],
  [sent, { created: null }, 403, sent, refused, true],
  [sent, { unclear: 'answered 500' }, 204, sent, 'noted'],
  [sent, { unclear: 'answered 500' }, 404, sent, unnamed, false],
  [sent, {}, 204, sent, 'noted'],
  [sent, {}, 404, sent, unnamed, false],
  [undefined, {}, 204, undefined, 'the run ended before its response', false],
  [undefined, { unclear: 'answered 503' }, 204, undefined, 'answered 503', false],
  [undefined, { created: null }, 204, undefined, nameless, false],
];

for (const [id, outcome, answer, asked, fate, again = false] of fates)
  test(`a create ${id ? 'with' : 'without'} id, then ${JSON.stringify(outcome)}, its removal answered ${answer}`, async () => {
    const journal = journalWith(pending('a', { id }));
    if (Object.keys(outcome).length > 0) journal.append({ create: 'a', ...outcome });
    const result = await cleanedUp(journal, answer);
    expect(result.asked).toEqual(asked ? [`DELETE /me/registeredDevices/${asked}/$ref`] : []);
    if (fate === 'undone' || fate === 'noted') {
      expect(result).toMatchObject({ undone: 1, left: [] });
      expect([result.notes.length, result.fails]).toEqual([fate === 'noted' ? 1 : 0, undefined]);
      expect(journal.read().open).toEqual([]);
      return;
    }
    expect(result).toMatchObject({ undone: 0, left: [{ why: fate, failing: true }] });
    const state = 'created' in outcome ? 'was' : 'may be';
    expect(result.fails).toContain(`1 reference ${state} left in the tenant (${fate}): "npm run`);
    // The next night names it again, and fails only where its own removal failed.
    const next = await cleanedUp(journal, answer);
    expect(next.left).toMatchObject([{ why: fate, failing: again }]);
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
    const remove = async () => {
      // As a full disk does: it can be read, and not appended to.
      rmSync(join(folder, 'journal/t.jsonl'), { force: true, recursive: true });
      mkdirSync(join(folder, 'journal/t.jsonl'));
      return 204;
    };
    const { undone, notes } = await cleanUp(journal, { run: 'now', ...here }, remove, inHaste);
    expect(undone).toBe(3);
    expect(notes).toEqual([expect.stringContaining('cannot be written (')]);
  });
