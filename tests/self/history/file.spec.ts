import { appendFileSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { compare } from '../../history/compare.ts';
import { appendRun, readHistory } from '../../history/file.ts';
import { emptyFolder } from '../support/run.ts';
import { deviating, runDate, writtenRecord } from '../support/written-runs.ts';

const fresh = () => join(emptyFolder(), 'deep/history.jsonl');

test('a missing file is an empty history, and the first run starts it', () => {
  const path = fresh();
  expect(readHistory(path)).toEqual({ runs: [], unreadable: [] });
  const run = writtenRecord(runDate(1), { 'create-status': deviating('200') });
  appendRun(path, run);
  appendRun(path, writtenRecord(runDate(2)));
  expect(readHistory(path).runs[0]).toEqual(run);
  expect(readFileSync(path, 'utf8')).toMatch(/^\{.*\}\n\{.*\}\n$/);
  // A year of nights is less than a megabyte.
  expect(readFileSync(path).length / 2).toBeLessThan(2_600);
});

test('a broken line is named and set aside, and nothing around it is lost', () => {
  const path = fresh();
  appendRun(path, writtenRecord(runDate(1)));
  appendFileSync(path, '{"run":"torn');
  appendRun(path, writtenRecord(runDate(2)));
  appendFileSync(path, '{"run":"r"}\n');
  const { runs, unreadable } = readHistory(path);
  expect(runs.map(({ startedAt }) => startedAt.slice(0, 10))).toEqual([runDate(1), runDate(2)]);
  expect(unreadable).toEqual([`${path}:2: no JSON`, `${path}:4: no run of this suite`]);
  expect(readFileSync(path, 'utf8')).toContain('{"run":"torn');
});

test('the last 400 runs are read, and of lines that cannot be read five are named', () => {
  const path = join(emptyFolder(), 'history.jsonl');
  const line = JSON.stringify(writtenRecord(runDate(1)));
  writeFileSync(path, `${line}\n`.repeat(500) + 'garbage\n'.repeat(10));
  const { runs, unreadable } = readHistory(path);
  expect(runs).toHaveLength(390);
  expect(unreadable.slice(4)).toEqual([`${path}:505: no JSON`, `${path}: 5 more lines`]);
});

// biome-ignore format: a row a line
const unreadable: readonly [what: string, make: (path: string) => void, said: string, thrown: string][] = [
  ['a folder', (path) => emptyFolder() && appendRun(join(path, 'x'), writtenRecord(runDate(1))), 'it is not a file', 'EISDIR'],
  ['a link to itself', (path) => symlinkSync(path, path), '', 'ELOOP'],
  ['a device', (path) => symlinkSync('/dev/zero', path), 'it is not a file', ''],
  ['too large', (path) => writeFileSync(path, ' '.repeat(17 * 1024 * 1024)), 'it is larger than 16 MB: keep its last lines', ''],
];
for (const [what, make, said, thrown] of unreadable)
  test(`a history that is ${what} costs the comparison alone`, () => {
    const path = join(emptyFolder(), 'history.jsonl');
    make(path);
    const history = readHistory(path);
    expect(history).toEqual({ runs: [], unreadable: said === '' ? [] : [`${path}: ${said}`] });
    if (thrown !== '') expect(() => appendRun(path, writtenRecord(runDate(1)))).toThrow(thrown);
  });

// Node's own recursion never returns from there.
if (process.platform === 'linux')
  test('a folder that cannot be made is an error, and does not keep the run from ending', () => {
    const append = () => appendRun('/proc/none/history.jsonl', writtenRecord(runDate(1)));
    expect(append).toThrow('ENOENT');
  });

test('a history of 0.4 is read: what was broken is still, and what conforms is no news', () => {
  const path = join(emptyFolder(), 'history.jsonl');
  const found = { requirement: 'create-status', outcome: 'deviates', received: '200' };
  const requests = { requests: 103, failingRequests: 103 };
  const line = {
    run: 'r',
    target: 'graph.example-v1.0',
    startedAt: `${runDate(1)}T02:00:00.000Z`,
    suiteVersion: '0.4.0',
    seed: 7,
    latency: { me: { requests: 103, p50: 20, p95: 40 } },
    conforms: [{ routes: ['me', 'users'], requirements: ['body-json'] }],
    silent: [{ routes: ['users'], requirements: ['id-present'] }],
    findings: [
      { ...found, route: 'me', ...requests, part: 'status' },
      { ...found, route: 'users', ...requests },
      {
        ...found,
        requirement: 'location',
        received: 'no Location',
        route: 'me',
        ...requests,
        warning: true,
      },
    ],
  };
  // An empty line stood before each record.
  writeFileSync(path, `\n${JSON.stringify(line)}\n`);
  const { runs, unreadable } = readHistory(path);
  expect([runs[0]?.status, unreadable]).toEqual(['FAILED', []]);
  const now = writtenRecord(runDate(2), {
    'create-status': deviating('200'),
    'id-present': deviating('null'),
  });
  expect(compare(runs, now).changes.map(({ requirement, kind }) => [requirement, kind])).toEqual([
    ['create-status', 'still'],
    ['id-present', 'found'],
    ['location', 'fixed'],
  ]);
});
