import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { Deviation } from '../../../schemas/files/report.ts';
import { readDeviations } from '../../judge/known-deviations.ts';
import { complaintOf, expectOneSentence } from '../support/configuration-error.ts';
import table from './deviations.json' with { type: 'json' };

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

type Changes = readonly Readonly<Record<string, unknown>>[];
/** A file of entries that differ from the usual one so; null: it lacks the property. */
const entries = (...changes: Changes): string =>
  JSON.stringify({ deviations: changes.map((each) => ({ ...entry, ...each })) }, (_, value) =>
    value === null ? undefined : value,
  );

for (const [name, changes] of Object.entries(table.good as Record<string, Changes>))
  test(`a deviations file may hold ${name}`, () => {
    const deviations = changes.map((each) => ({ ...entry, ...each }));
    const file = fileOf(entries(...changes));
    expect(readDeviations(file, 'x', today)).toEqual(
      deviations.map((each, i) => ({ ...each, file, entry: i + 1, isOver: false })),
    );
  });

type Bad = readonly [content: Changes | string, ...said: string[]];
const bad: Readonly<Record<string, Bad>> = {
  'no JSON': ['{"deviations": [', 'is not JSON', 'schemas/files/deviations.json'],
  'a list in place of the object': ['[]', 'must be object', 'schemas/files/deviations.json'],
  'a reason without end': [[{ reason: 'x'.repeat(3_000) }], 'reason must NOT have more than 2000'],
  ...(table.bad as unknown as Record<string, Bad>),
};
for (const [name, [content, ...said]] of Object.entries(bad))
  test(`a deviations file with ${name} is refused in one sentence`, () => {
    const path = fileOf(typeof content === 'string' ? content : entries(...content));
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
  const file = fileOf(entries({}, { requirement: 'location', until: '2026-11-22' }));
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
