import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { readHistory } from '../../history/file.ts';
import { without } from '../mutants/defects/rewrite.ts';
import { clockAt } from '../support/clock.ts';
import { type Defect, startMock } from '../support/mock.ts';
import {
  contract,
  contractAt,
  emptyFolder,
  playwright,
  pointedAt,
  reportFolder,
  root,
} from '../support/run.ts';

const few = { CONTRACT_SAMPLES: '1', CONTRACT_SEED: '7' };
const answers200: Defect = (response) =>
  response.status === 201 ? { ...response, status: 200 } : response;
const withoutVersion: Defect = (response) => without(response, 'OData-Version');

const historyIn = (folder: string) => join(folder, 'contract-report/history.jsonl');
const read = (folder: string, name: string, part?: string) =>
  readFileSync(join(reportFolder(folder, part), name), 'utf8');

test('CONTRACT_FAIL_ON=new fails no run for what the run before had, and each for what it had not', async () => {
  let defect = answers200;
  const mock = await startMock({ defect: (...all) => defect(...all) });
  const folder = emptyFolder();
  const summary = join(folder, 'summary.md');
  // Of another day and seed each time, as a schedule draws them: the target has the objects of the last one.
  const runOf = (day: number, env = {}) =>
    contract(
      {
        ...pointedAt(mock),
        ...few,
        ...clockAt(`2026-11-${20 + day}T12:00:00Z`),
        CONTRACT_SEED: `${day}`,
        CONTRACT_FAIL_ON: 'new',
        ...env,
      },
      [],
      folder,
    );
  const first = await runOf(1);
  expect([first.code, first.output]).toEqual([1, expect.stringContaining('the first run')]);
  expect(read(folder, 'report.md')).toContain('| found | create-status |');
  expect(read(folder, 'index.html')).toContain('<h2>Found ');
  const second = await runOf(2, { GITHUB_STEP_SUMMARY: summary });
  expect(second.output).toContain('2 still failing since the run of 2026-11-21');
  expect(second.code).toBe(0);
  expect(readFileSync(summary, 'utf8')).toContain('| still | create-status |');
  const junit = read(folder, 'junit.xml');
  expect(junit).toContain('<testcase name="create-status"');
  expect(junit).toMatch(
    /<testsuite name="[^"]+ · POST \/me\/registeredDevices\/\$ref"[^>]+failures="2" errors="0"/,
  );
  expect(read(folder, 'index.html').length).toBeLessThan(300_000);
  defect = (response, request) =>
    response.status === 201 ? { ...response, status: 202 } : withoutVersion(response, request);
  const third = await runOf(3, { GITHUB_ACTIONS: 'true' });
  expect([third.code, third.output]).toEqual([1, expect.stringContaining('2 changed')]);
  expect(third.output).toMatch(/^::error title=create-status on POST/m);
  expect(readHistory(historyIn(folder)).runs).toHaveLength(3);
  await mock.close();
});

test('a narrowed run adds nothing to the history', async () => {
  const { folder } = await contract(few, ['--grep', 'create-status']);
  expect(existsSync(historyIn(folder))).toBe(false);
  expect(read(folder, 'index.html', 'grep')).toContain('create-status');
});

test('three runs of three machines merge into one html and one page, targets side by side', async () => {
  const mocks = await Promise.all([
    startMock(),
    startMock({ defect: answers200 }),
    startMock({ defect: withoutVersion }),
  ]);
  const folder = emptyFolder();
  const config = join(root, 'playwright.config.ts');
  const blobs = join(folder, 'blobs');
  mkdirSync(blobs);
  for (const [i, mock] of mocks.entries())
    await contract(
      { ...pointedAt(mock), ...few, PLAYWRIGHT_BLOB_OUTPUT_FILE: join(blobs, `${i}.zip`) },
      ['--add-reporter=blob'],
    );
  await Promise.all(mocks.map((mock) => mock.close()));
  expect(readdirSync(blobs)).toHaveLength(3);
  const { code, output } = await playwright(['merge-reports', '--config', config, blobs], folder, {
    CONTRACT_REPORT: reportFolder(folder),
  });
  expect(code).toBe(1);
  const names = mocks.map(({ baseUrl }) => new URL(baseUrl).host.replace(':', '-'));
  for (const name of names) expect(output).toContain(name.replace('-', ':'));
  expect(readdirSync(join(folder, 'contract-report')).sort()).toEqual(
    [
      'history.jsonl',
      'html',
      'index.html',
      'junit.xml',
      ...names.flatMap((name) => [`report-${name}-v1.0.json`, `report-${name}-v1.0.md`]),
    ].sort(),
  );
  const page = read(folder, 'index.html');
  for (const name of names) expect(page).toContain(`<strong>${name}-v1.0</strong>`);
  expect(page.split('<h1>')).toHaveLength(4);
  expect(page).toMatch(/<code>create-status<\/code>\s*<span class="tag">targets differ<\/span>/);
  expect(page).toMatch(/<code>odata-version<\/code>\s*<span class="tag">targets differ<\/span>/);
  expect(page).not.toMatch(/<code>location<\/code>\s*<span class="tag">/);
  expect(readHistory(historyIn(folder)).runs).toHaveLength(3);
  expect(page.length).toBeLessThan(300_000);
});

test('where nothing could be judged, junit says why and no older file is left', async () => {
  // That it is no recording shows only when it is read; one that is missing is refused before.
  const CONTRACT_RECORDING = join(emptyFolder(), 'none.jsonl');
  writeFileSync(CONTRACT_RECORDING, 'none\n');
  const { code, folder } = await contractAt({}, { ...few, CONTRACT_RECORDING }, [
    '--project=contract',
    '--no-deps',
    '--grep=create-status',
  ]);
  expect(code).toBe(1);
  expect(read(folder, 'junit.xml', 'grep')).toMatch(
    /failures="1"[\s\S]*none\.jsonl:1 does not describe the run/,
  );
});
