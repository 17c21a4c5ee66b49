import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { readHistory } from '../../history/file.ts';
import { rejudge } from '../support/recorded-run.ts';
import { contract, emptyFolder, reportFolder } from '../support/run.ts';

const few = { CONTRACT_SAMPLES: '1', CONTRACT_SEED: '7' };

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

  for (const args of [['-gcreate-status'], ['--grep-invert=date-']])
    expect((await contract(few, args, folder)).code).toBe(0);
  expect(existsSync(join(reportFolder(folder, 'grep'), 'html/index.html'))).toBe(true);
  // What was left out was not sent, and is no whole recording for a judge either.
  expect((await rejudge([], {}, folder)).code).toBe(0);
  // A CI that always judges the same has a history of its own.
  await contract({ ...few, CONTRACT_LEVELS: 'stated,shown' }, [], folder);
  expect(runsIn(folder, 'stated-shown')).toHaveLength(1);
  expect(wholeReportIn(folder)).toEqual(whole);
});

test('a listed run writes nothing', async () => {
  const { code, output, folder } = await contract(few, ['--list', '--grep', 'date-form']);
  expect(code).toBe(0);
  expect(output).toMatch(/^date-form +stated +writes deletedDateTime/m);
  expect(output).toContain('.env.example');
  expect(readdirSync(folder)).toEqual([]);
});
