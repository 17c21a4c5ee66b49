import { appendFileSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { appendRuns, type RunRecord, readHistory } from '../../history/history.ts';
import { emptyFolder } from '../support/run.ts';
import { deviating, runDate, writtenRecord } from '../support/written-runs.ts';

const append = (path: string, run: RunRecord) => appendRuns(path, [run], readHistory(path));
const fresh = () => join(emptyFolder(), 'deep/history.jsonl');

test('a missing file is an empty history, and the first run starts it', () => {
  const path = fresh();
  expect(readHistory(path)).toEqual({ runs: [], isTorn: false });
  const run = writtenRecord(runDate(1), { 'create-status': deviating('200') });
  append(path, run);
  append(path, writtenRecord(runDate(2)));
  expect(readHistory(path).runs[0]).toEqual(run);
  expect(readFileSync(path, 'utf8')).toMatch(/^\{.*\}\n\{.*\}\n$/);
  // A year of nights is less than a megabyte.
  expect(readFileSync(path).length / 2).toBeLessThan(2_600);
});

test('a broken line is counted and set aside, and nothing around it is lost', () => {
  const path = fresh();
  append(path, writtenRecord(runDate(1)));
  appendFileSync(path, '{"run":"torn');
  append(path, writtenRecord(runDate(2)));
  appendFileSync(path, '{"run":"r"}\n\n{"suiteVersion":"0.4.0","conforms":[]}\n');
  const { runs, fault } = readHistory(path);
  expect(runs.map(({ startedAt }) => startedAt.slice(0, 10))).toEqual([runDate(1), runDate(2)]);
  expect(fault).toBe(
    `${path}: 3 lines of it that no run of this version of the suite wrote; moved elsewhere, it is begun anew`,
  );
  expect(readFileSync(path, 'utf8')).toContain('{"run":"torn');
});

test('the last 400 runs are read', () => {
  const path = join(emptyFolder(), 'history.jsonl');
  writeFileSync(path, `${JSON.stringify(writtenRecord(runDate(1)))}\n`.repeat(500));
  expect(readHistory(path).runs).toHaveLength(400);
});

// biome-ignore format: a row a line
const unreadable: readonly [what: string, make: (path: string) => void, said: string][] = [
  ['a folder', (path) => emptyFolder() && append(join(path, 'x'), writtenRecord(runDate(1))), 'it cannot be read (it is not a file)'],
  ['a link to itself', (path) => symlinkSync(path, path), ''],
  ['a device', (path) => symlinkSync('/dev/zero', path), 'it cannot be read (it is not a file)'],
  ['too large', (path) => writeFileSync(path, ' '.repeat(17 * 1024 * 1024)), 'it cannot be read (it is larger than 16 MB)'],
];
for (const [what, make, said] of unreadable)
  test(`a history that is ${what} costs the comparison alone`, () => {
    const path = join(emptyFolder(), 'history.jsonl');
    make(path);
    const history = readHistory(path);
    expect(history).toMatchObject({ runs: [], ...(said && { fault: `${path}: ${said}` }) });
    const append = () => appendRuns(path, [writtenRecord(runDate(1))], history);
    expect(append).toThrow(said ? 'it cannot be read' : 'ELOOP');
  });
