import { appendFileSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@playwright/test';
import { Journal } from '../../../fixtures/tenant/journal.ts';
import { pending } from '../support/pending.ts';
import { emptyFolder } from '../support/run.ts';
import table from './creates.json' with { type: 'json' };

function newJournal() {
  const folder = emptyFolder();
  return { journal: new Journal(folder, 'tenant'), path: join(folder, 'journal/tenant.jsonl') };
}

test('of each create the last word counts', () => {
  const rows: readonly { words: object[]; open?: object }[] = table.words;
  for (const { words, open } of rows) {
    const { journal } = newJournal();
    journal.append(pending('a'));
    for (const word of words) journal.append({ create: 'a', ...word });
    const expected = open && [{ ...pending('a'), ...open }];
    expect(journal.read().open, JSON.stringify(words)).toMatchObject(expected ?? []);
    // What was answered later than it was left has not been tried yet.
    if (open && !('left' in open)) expect(journal.read().open[0]?.left).toBeUndefined();
  }
});

test('lines that are none are named, stay, and lose no other entry', () => {
  const { journal, path } = newJournal();
  journal.append(pending('a'));
  const odd = [{ route: 'elsewhere' }, { call: '\u001b[31m' }, { id: '../../users/x' }, { run: 7 }];
  const both = '{"create":"a","run":"r","left":"why"}';
  // A killed run left the last.
  const torn = '{"create":"a","crea';
  const none = ['null', '7', '"x"', '[]', '{}', '{"create":1,"run":2}', '{"create":"a"}', both];
  const bad = [...none, ...odd.map((each) => JSON.stringify({ ...pending('odd'), ...each })), torn];
  writeFileSync(path, bad.join('\n'));
  journal.append(pending('b'));
  const { open, unreadable } = journal.read();
  expect(open.map(({ create }) => create)).toEqual(['b']);
  const stays = 'cannot be read: it stays in the file';
  expect(unreadable).toEqual(bad.map((_, i) => `${path}:${i + 1} ${stays}`));
  expect(readFileSync(path, 'utf8')).toContain(torn);
});

test('a line is on disk for this user alone when it is written, and one that could not be read back is not', () => {
  const { journal, path } = newJournal();
  // As an earlier version made it.
  mkdirSync(dirname(path), { mode: 0o755 });
  journal.append(pending('a'));
  if (process.platform !== 'win32')
    for (const each of [path, dirname(path)]) expect(statSync(each).mode & 0o077).toBe(0);
  expect(() => journal.append(pending('\n'))).toThrow(/could not be read back/);
  expect(() => new Journal(path, 'tenant').append(pending('a'))).toThrow(
    /cannot be written \((ENOTDIR|EEXIST).*\): a create must be in the journal before it is sent\.$/,
  );
});

test('a journal of 0.4 is read, and none of its open entries is lost', () => {
  const { journal, path } = newJournal();
  journal.append(pending('z'));
  // To the letter as 0.4.0 wrote it.
  appendFileSync(path, readFileSync(new URL('journal-0.4.jsonl', import.meta.url)));
  const { open, unreadable } = journal.read();
  expect(unreadable).toEqual([]);
  expect(open.map(({ create }) => create)).toEqual(['z', '0', '1', '2', '3', '4']);
});
