import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { readHistory } from '../../history/file.ts';
import { contract, emptyFolder, recordingsIn, reportFolder } from '../support/run.ts';

const few = { CONTRACT_SAMPLES: '1', CONTRACT_SEED: '7' };
const rejudge = ['--project=contract', '--no-deps'];

const runsIn = (folder: string, part?: string) =>
  readHistory(join(reportFolder(folder, part), 'history.jsonl')).runs;

/** Every file of a whole report, by name, and what it holds. */
function wholeReportIn(folder: string): Record<string, string> {
  const names = ['index.html', 'junit.xml', 'report.json', 'report.md', 'html/index.html'];
  const read = (name: string) => readFileSync(join(reportFolder(folder), name), 'utf8');
  return Object.fromEntries([...names, 'history.jsonl'].map((name) => [name, read(name)]));
}

test('a partial run replaces no whole report, enters no whole history, and has a place of its own', async () => {
  const folder = emptyFolder();
  await contract(few, [], folder);
  const whole = wholeReportIn(folder);

  for (const args of [['--grep', 'create-status'], ['-G', 'create-status'], ['--grep=.']])
    expect((await contract(few, args, folder)).code).toBe(0);
  expect(existsSync(join(reportFolder(folder, 'grep'), 'html/index.html'))).toBe(true);
  const narrowed = await contract({ ...few, CONTRACT_ROUTES: 'me' }, ['-gcreate-status'], folder);
  expect(narrowed.output).toContain(`report   ${reportFolder(folder, 'me-grep')}/index.html`);
  // What --grep leaves out was not sent, and is no whole recording for a judge either.
  expect((await contract(few, rejudge, folder)).code).toBe(0);
  expect(wholeReportIn(folder)).toEqual(whole);

  // A CI that always judges the same has a history of its own.
  for (let i = 1; i <= 2; i++) {
    await contract({ ...few, CONTRACT_LEVELS: 'stated,shown' }, [], folder);
    expect(runsIn(folder, 'stated-shown')).toHaveLength(i);
  }
  await contract({ ...few, CONTRACT_ROUTES: 'me' }, [], folder);
  expect(runsIn(folder, 'me')).toHaveLength(1);
  expect(wholeReportIn(folder)).toEqual(whole);
});

test('a recording that is judged again is no new run', async () => {
  const folder = emptyFolder();
  await contract(few, [], folder);
  for (let i = 0; i < 2; i++) expect((await contract({}, rejudge, folder)).code).toBe(0);
  expect(runsIn(folder)).toHaveLength(1);
  expect(recordingsIn(folder)).toHaveLength(1);
});

test('sweep, preflight and replay leave the report of the last run as it is', async () => {
  const folder = emptyFolder();
  await contract(few, [], folder);
  const whole = wholeReportIn(folder);
  await contract(few, ['--project=preflight'], folder);
  const swept = await contract(few, ['--project', 'cleanup'], folder);
  expect([swept.code, swept.output.trim()]).toEqual([
    2,
    expect.stringMatching(/^GRAPH_LIVE_TENANT is missing: a clean-up undoes [^\n]+$/),
  ]);
  expect(wholeReportIn(folder)).toEqual(whole);
  expect(readdirSync(reportFolder(folder))).toContain('preflight');
});

test('a listed run writes nothing', async () => {
  const { code, folder } = await contract(few, ['--list']);
  expect(code).toBe(0);
  expect(readdirSync(folder)).toEqual([]);
});
