import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { Deviation } from '../../../schemas/files/report.ts';
import { readDeviations } from '../../judge/known-deviations.ts';
import { complaintOf, expectOneSentence } from '../support/configuration-error.ts';

const today = '2026-11-23';
const entry: Deviation = {
  requirement: 'create-status',
  received: '204',
  reason: 'the target adds a reference and answers without a body',
  since: '2026-11-01',
};
const folder = mkdtempSync(join(tmpdir(), 'contract-deviations-'));
let count = 0;

function fileOf(content: string): string {
  count += 1;
  const path = join(folder, `${process.pid}-${count}.json`);
  writeFileSync(path, content);
  return path;
}

const entries = (...deviations: unknown[]): string => JSON.stringify({ deviations });

// biome-ignore format: a row a line
const good: Readonly<Record<string, readonly Deviation[]>> = {
  'no entry': [],
  'an entry for every route': [entry],
  'an entry for each route': [{ ...entry, route: 'me' }, { ...entry, route: 'users' }],
  'an entry with everything': [{ ...entry, route: 'users', until: '2027-02-28', link: 'https://example.org/1' }],
  'an entry on its last day': [{ ...entry, until: today }],
  'an entry over both routes': [{ ...entry, requirement: 'id-distinct' }],
  'an entry of the only route a requirement is judged on': [{ ...entry, requirement: 'user-unknown', route: 'users' }],
  'entries of several requirements': [entry, { ...entry, requirement: 'location' }],
};
for (const [name, deviations] of Object.entries(good))
  test(`a deviations file may hold ${name}`, () => {
    const file = fileOf(entries(...deviations));
    expect(readDeviations(file, 'x', today)).toEqual(
      deviations.map((each, i) => ({ ...each, file, entry: i + 1, isOver: false })),
    );
  });

// biome-ignore format: a row a line
const bad: Readonly<Record<string, readonly [content: string, said: readonly string[]]>> = {
  'no JSON': ['{"deviations": [', ['is not JSON', 'schemas/files/deviations.json']],
  'a list in place of the object': ['[]', ['must be object', 'schemas/files/deviations.json']],
  'a misspelt property': [entries({ ...entry, untill: today }), ['untill', 'is not a known property']],
  'an entry without reason': [entries({ ...entry, reason: undefined }), ['reason is missing']],
  'a reason without end': [entries({ ...entry, reason: 'x'.repeat(3_000) }), ['reason must NOT have more than 2000']],
  'an unknown requirement': [entries({ ...entry, requirement: 'creates-status' }), ['entry 1', 'creates-status', 'did you mean create-status?']],
  'a requirement that nobody judges': [entries({ ...entry, requirement: 'reference-body' }), ['reference-body', 'no judged requirement of this id.']],
  'a route of a requirement over both': [entries({ ...entry, requirement: 'id-distinct', route: 'me' }), ['id-distinct', 'both routes']],
  'a route that the requirement does not have': [entries({ ...entry, requirement: 'user-unknown', route: 'me' }), ['user-unknown', 'route me']],
  'the same entry twice': [entries(entry, entry), ['entry 2', 'earlier entry']],
  'an entry of a route beside one of all': [entries(entry, { ...entry, route: 'me' }), ['entry 2', 'earlier entry']],
  'an entry of all beside one of a route': [entries({ ...entry, route: 'me' }, entry), ['entry 2', 'earlier entry']],
};
for (const [name, [content, said]] of Object.entries(bad))
  test(`a deviations file with ${name} is refused in one sentence`, () => {
    const path = fileOf(content);
    const message = complaintOf(() => readDeviations(path, 'x', today));
    expectOneSentence(message);
    expect(message.startsWith(path)).toBe(true);
    for (const part of said) expect(message).toContain(part);
  });

test('a deviations file that is not there, or is a folder, is refused in one sentence', () => {
  const there = join(folder, `folder-${process.pid}`);
  mkdirSync(there);
  for (const path of [join(folder, 'nowhere.json'), there]) {
    const message = complaintOf(() => readDeviations(path, 'x', today));
    expectOneSentence(message);
    expect(message).toMatch(/^"?\/.*(nowhere\.json|folder-\d+)"? cannot be read/);
    expect(message).toContain('expected a deviations file');
  }
});

test('an entry past its last day is read, and known to be over', () => {
  const file = fileOf(entries(entry, { ...entry, requirement: 'location', until: '2026-11-22' }));
  const [first, second] = readDeviations(file, 'x', today);
  expect([first?.isOver, second?.isOver]).toEqual([false, true]);
});

test('a target without a file of its own has no deviations', () => {
  expect(readDeviations(undefined, 'a-target-that-nobody-has', today)).toEqual([]);
});

test('every deviations file that comes with the suite is good', () => {
  const own = readdirSync(new URL('../../../fixtures/deviations', import.meta.url));
  for (const file of own)
    expect(() => readDeviations(undefined, file.replace('.json', ''))).not.toThrow();
});
