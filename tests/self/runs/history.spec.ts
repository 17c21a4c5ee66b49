import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { readHistory } from '../../history/file.ts';
import { without } from '../mutants/defects/rewrite.ts';
import { leaksIn } from '../support/leaks.ts';
import type { Defect } from '../support/mock.ts';
import { recordedRun, rejudge } from '../support/recorded-run.ts';
import { emptyFolder, reportFolder } from '../support/run.ts';

const answers200: Defect = (response) =>
  response.status === 201 ? { ...response, status: 200 } : response;
const withoutVersion: Defect = (response) => without(response, 'OData-Version');

const historyIn = (folder: string) => join(reportFolder(folder), 'history.jsonl');
const read = (folder: string, name: string) =>
  readFileSync(join(reportFolder(folder), name), 'utf8');
const on = (day: number) => ({ run: `night-${day}`, startedAt: `2026-11-2${day}T02:00:00.000Z` });

test('CONTRACT_FAIL_ON=new fails no run for what the run before had, and shows no red cross beside PASSED', async () => {
  const folder = emptyFolder();
  const summary = join(folder, 'summary.md');
  const ci = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary, CONTRACT_FAIL_ON: 'new' };
  const [first, second] = [
    await recordedRun(answers200, on(1)),
    await recordedRun(answers200, on(2)),
  ];
  const before = await rejudge([first], ci, folder);
  expect([before.code, before.output]).toEqual([1, expect.stringContaining('the first run')]);
  expect(before.output).toMatch(/^::error title=create-status/m);
  const after = await rejudge([second], ci, folder);
  expect(after.output).toMatch(/^PASSED {3}nothing new fails, 1 finding failed before; /m);
  expect(after.output).toContain('2 still failing since the run of 2026-11-21');
  expect([after.code, after.output.includes('::error')]).toEqual([0, false]);
  expect(readFileSync(summary, 'utf8')).toContain('create-status on both routes');
  expect(leaksIn(join(reportFolder(folder), 'html'), ['"outcome":"unexpected"'])).toEqual([]);
  expect(readHistory(historyIn(folder)).runs).toHaveLength(2);
});

test('three recordings give one page, targets side by side, and a line of the history each', async () => {
  const folder = emptyFolder();
  const recordings = [
    await recordedRun(undefined, { run: 'a', target: 'first' }),
    await recordedRun(answers200, { run: 'b', target: 'second' }),
    await recordedRun(withoutVersion, { run: 'c', target: 'third' }),
  ];
  const { code, output } = await rejudge(recordings, {}, folder);
  expect(code, output).toBe(1);
  const names = readdirSync(reportFolder(folder));
  const targets = ['first', 'second', 'third'];
  const each = targets.flatMap((name) => [`report-${name}.json`, `report-${name}.md`]);
  expect(names).toEqual(expect.arrayContaining(['html', 'index.html', 'junit.xml', ...each]));
  expect(names).not.toContain('report.json');
  const page = read(folder, 'index.html');
  for (const name of targets) expect(page).toContain(`<strong>${name}</strong>`);
  for (const id of ['create-status', 'odata-version'])
    expect(page).toMatch(
      new RegExp(`<code>${id}</code>\\s*<span class="tag">targets differ</span>`),
    );
  expect(page).not.toMatch(/<code>location<\/code>\s*<span class="tag">/);
  expect(page.length).toBeLessThan(300_000);
  expect(readHistory(historyIn(folder)).runs).toHaveLength(3);
  // A test shows the worst of its three verdicts.
  expect(output).not.toContain('failed to');
  expect(read(folder, 'junit.xml').match(/<testsuite /g)).toHaveLength(3);
});
