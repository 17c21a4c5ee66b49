import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { schemaErrors } from '../../../schemas/validate.ts';
import { readHistory } from '../../history/history.ts';
import { outcomeTitle } from '../../report/model/wording.ts';
import { onCreate } from '../mutants/defects/on.ts';
import { type Rewrite, status, without } from '../mutants/defects/rewrite.ts';
import { leaksIn } from '../support/leaks.ts';
import { type Defect, type Mock, startMock } from '../support/mock.ts';
import { recordedRun, rejudge } from '../support/recorded-run.ts';
import * as runs from '../support/run.ts';

const { contract, contractAt, emptyFolder, pointedAt, recordingsIn, reportIn } = runs;
const quick = { CONTRACT_SAMPLES: '3', CONTRACT_SEED: '7' };
const withoutVersion: Rewrite = (response) => without(response, 'OData-Version');
const answers200 = onCreate(status(200));
const wrong: Defect = (response, { created }) =>
  withoutVersion(created > 0 ? status(200)(response) : response);

const read = (folder: string, name: string) =>
  readFileSync(join(runs.reportFolder(folder), name), 'utf8');
const historyIn = (folder: string) =>
  readHistory(join(runs.reportFolder(folder), 'history.jsonl')).runs;

interface Suite {
  readonly suites?: readonly Suite[];
  readonly specs?: readonly {
    readonly title: string;
    readonly ok: boolean;
    readonly tests: readonly { readonly annotations: readonly { readonly type: string }[] }[];
  }[];
}
const specsIn = ({ suites = [], specs = [] }: Suite): NonNullable<Suite['specs']> => [
  ...specs,
  ...suites.flatMap(specsIn),
];

test('without a target the embedded mock is judged, said first, and found to keep the contract; again to the same verdicts', async () => {
  const { code, output, folder } = await contract({});
  expect(output.split('\n')[0]).toMatch(
    /^target +the embedded mock, http:\/\/127\.0\.0\.1:\d+\/v1\.0 \(GRAPH_BASE_URL is not set\)/,
  );
  expect(output).toMatch(/^PASSED {3}\d+ requirements on 2 routes: all conform$/m);
  expect(output.trimEnd().split('\n').length).toBeLessThan(12);
  expect(code).toBe(0);
  const [lines = []] = recordingsIn(folder);
  expect(lines.flatMap((line) => schemaErrors('recording', line))).toEqual([]);
  const before = reportIn(folder).verdicts;
  const others = before.filter(({ outcome }) => !['conforms', 'untested'].includes(outcome));
  // It announces minimal metadata, so that full metadata are not asked of it.
  expect(others.map(({ requirement }) => requirement)).toEqual(['metadata-full']);

  const again = await rejudge([], { CONTRACT_TABLE: 'true' }, folder);
  expect([again.code, reportIn(folder).verdicts]).toEqual([0, before]);
  expect(again.output).toMatch(/^create-status +stated +conforms$/m);
  expect([recordingsIn(folder).length, historyIn(folder).length]).toEqual([1, 1]);
});

test('the main process serves the embedded mock where something is sent, and nothing else listens', async () => {
  const folder = emptyFolder();
  const [preload, seen] = [join(folder, 'preload.cjs'), join(folder, 'seen')];
  writeFileSync(seen, '');
  writeFileSync(
    preload,
    `const { Server } = require('node:net');
    const { listen } = Server.prototype;
    Server.prototype.listen = function (...all) {
      require('node:fs').appendFileSync(${JSON.stringify(seen)}, process.argv.length > 2 ? 'main' : 'worker');
      return listen.apply(this, all);
    };`,
  );
  const env = { NODE_OPTIONS: `--require ${preload}` };
  const { output } = await contract(env, ['--grep', 'create-status'], folder);
  const [, address = ''] = /the embedded mock, (\S+)/.exec(output) ?? [];
  await expect(fetch(address)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
  expect((await rejudge([], env, folder)).code).toBe(0);
  expect((await contract(env, ['--list'], folder)).code).toBe(0);
  expect(readFileSync(seen, 'utf8')).toBe('main');
});

test('a recording that breaks its schema further down ends the run with one sentence, without a report', async () => {
  const path = await recordedRun();
  const [first, second = ''] = readFileSync(path, 'utf8').split('\n');
  writeFileSync(path, `${first}\n${second.replace(/"ms":[\d.]+/, '"ms":"x"')}\n`);
  const { code, output, folder } = await rejudge([path]);
  const sentence = `${path}:2 ms must be number: expected a recording`;
  expect([code, output.slice(0, sentence.length), output.trim().split('\n').length]).toEqual([
    2,
    sentence,
    1,
  ]);
  expect(readdirSync(runs.reportFolder(folder)).sort()).toEqual(['exchanges', 'html']);
  expect(readdirSync(join(runs.reportFolder(folder), 'html'))).toEqual([]);
});

test('a server of one fault and one warning fails the run, and everything says which sentence it breaks', async () => {
  const summary = join(emptyFolder(), 'summary.md');
  const env = { ...quick, GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary };
  const args = ['--add-reporter=json'];
  const { code, output, folder } = await contractAt({ defect: wrong }, env, args);
  const sentence = 'create-status on both routes: expected 201, received 200';
  expect(code).toBe(1);
  expect(output).toContain(`\nFAILED   ${sentence}\n`);
  expect(output).toContain(
    [
      `1. ${sentence}`,
      '   rule       answers 201 Created (stated; page, section "Response"; with and without id, because table and example differ in that)',
      '   sent       POST http://127.0.0.1:',
    ].join('\n'),
  );
  for (const line of [
    / {3}came back {2}HTTP 200 OK/,
    / {3}evidence {3}pair-01 on \/me, request-id \S+ \(the target's\), .*\.jsonl:\d+/,
    /warning {2}odata-version on both routes: expected .*, received no OData-Version.*/,
    /::error title=[\w.-]+%3A create-status on both routes::.*/,
    /::notice title=[\w.-]+%3A odata-version on both routes::.*/,
  ])
    expect(output).toMatch(new RegExp(`^${line.source}$`, 'm'));
  expect(read(folder, 'report.md')).toMatch(new RegExp(`^# FAILED \\S+: ${sentence}$`, 'm'));
  expect(readFileSync(summary, 'utf8')).toContain(`1. ${sentence}; with it example-exchange`);
  expect(read(folder, 'junit.xml')).toContain('failures="2" errors="0"');
  const specs = specsIn(JSON.parse(readFileSync(join(folder, 'out.json'), 'utf8')));
  const { verdicts } = reportIn(folder);
  const shown = verdicts.map(({ requirement }) => {
    const spec = specs.find(({ title }) => title.startsWith(`${requirement} · `));
    return [spec?.tests[0]?.annotations[0]?.type, spec?.ok];
  });
  expect(shown).toEqual(verdicts.map((each) => [outcomeTitle(each), !each.failing]));
  expect(new Set(verdicts.map(({ outcome }) => outcome)).size).toBeGreaterThan(3);
  // Playwright's own report shows no line of ours: the same search as for secrets.
  const html = join(folder, 'html');
  expect(leaksIn(html, ['report/attach.ts'])).toEqual([]);
  expect(leaksIn(html, ['no OData-Version']).length).toBeGreaterThan(0);

  const strict = await rejudge([], { CONTRACT_STRICT: 'true' }, folder);
  expect(strict.output).toMatch(/^2\. odata-version on both routes: /m);
  const stated = await rejudge([], { CONTRACT_LEVELS: 'stated' }, folder);
  expect(stated.output).toMatch(/^FAILED {3}create-status/m);
  const levels = reportIn(folder, 'stated').verdicts.map(({ level }) => level);
  expect([...new Set(levels)]).toEqual(['stated']);
});

test('--grep sends only what its requirements judge, in one process, and shows a card of each', async () => {
  const args = ['--grep', 'token-needed|odata-version', '--fully-parallel', '--workers=2'];
  const { code, output, folder } = await contractAt({ defect: withoutVersion }, quick, args);
  expect(code).toBe(0);
  expect(output).toMatch(/^PASSED {3}2 of \d+ requirements checked: 1 warning, 1 conforms$/m);
  expect(output).toMatch(/^1\. odata-version on both routes: /m);
  expect((await rejudge([], {}, folder)).code).toBe(0);
  const judged = reportIn(folder, 'grep').verdicts.filter(({ outcome }) => outcome !== 'untested');
  expect(judged.map(({ requirement }) => requirement)).toEqual(['token-needed', 'odata-version']);
  expect(readdirSync(runs.reportFolder(folder)).sort()).toEqual([
    'exchanges',
    'partial',
    'playwright',
  ]);
  expect(recordingsIn(folder)).toHaveLength(1);
});

test('a server that dies over one request is named by it, and nothing else is listed as a finding', async () => {
  const mock: Mock = await startMock({
    defect: async (response, { body }) => {
      if (!/[}\s]$/.test(body.toString())) await mock.close();
      return response;
    },
  });
  const { code, output, folder } = await contract({ ...pointedAt(mock), ...quick });
  expect(code).toBe(1);
  expect(output).toMatch(
    /^FAILED {3}the server stopped answering during malformed-json on \/(me|users) \((dropped|reset)\); it probably crashed; (\d+) requirements were not checked\ncounted .* \3 not checked,/m,
  );
  expect(output).toMatch(/^1\. json-malformed on \/(me|users): /m);
  const { findings } = reportIn(folder);
  expect(findings.map(({ requirement }) => requirement)).toEqual(['json-malformed']);
});

const on = (day: number) => ({ run: `night-${day}`, startedAt: `2026-11-2${day}T02:00:00.000Z` });

test('CONTRACT_FAIL_ON=new fails no run for what the run before had, and shows no red cross beside PASSED', async () => {
  const folder = emptyFolder();
  const env = { GITHUB_ACTIONS: 'true', CONTRACT_FAIL_ON: 'new' };
  const before = await rejudge([await recordedRun(answers200, on(1))], env, folder);
  expect([before.code, before.output]).toEqual([1, expect.stringContaining('the first run')]);
  expect(before.output).toMatch(/^::error title=\S+ create-status/m);
  const after = await rejudge([await recordedRun(answers200, on(2))], env, folder);
  expect(after.output).toMatch(/^PASSED {3}nothing new fails, 1 finding failed before; /m);
  expect(after.output).toContain('2 still failing since the run of 2026-11-21');
  expect([after.code, after.output.includes('::error')]).toEqual([0, false]);
  expect(read(folder, 'junit.xml')).toContain('failures="0"');
  const html = join(runs.reportFolder(folder), 'html');
  expect(leaksIn(html, ['"outcome":"unexpected"'])).toEqual([]);
  expect(historyIn(folder)).toHaveLength(2);
});

test('three recordings give one page, targets side by side, and a line of the history each', async () => {
  const folder = emptyFolder();
  const defects = { first: undefined, second: answers200, third: withoutVersion };
  const recordings: string[] = [];
  for (const [target, defect] of Object.entries(defects))
    recordings.push(await recordedRun(defect, { run: target, target }));
  const { code, output } = await rejudge(recordings, {}, folder);
  expect([code, output]).toEqual([1, expect.not.stringContaining('failed to')]);
  const names = Object.keys(defects).flatMap((name) => [
    `report-${name}.json`,
    `report-${name}.md`,
  ]);
  const written = readdirSync(runs.reportFolder(folder));
  expect(written).toEqual(expect.arrayContaining(['html', 'index.html', 'junit.xml', ...names]));
  expect(written).not.toContain('report.json');
  const page = read(folder, 'index.html');
  for (const name of Object.keys(defects)) expect(page).toContain(`<strong>${name}</strong>`);
  const differing = [...page.matchAll(/<code>([a-z-]+)<\/code> <span class="tag">/g)];
  expect(differing.map(([, id]) => id)).toEqual(
    expect.arrayContaining(['create-status', 'odata-version']),
  );
  expect(page.length).toBeLessThan(300_000);
  expect(historyIn(folder)).toHaveLength(3);
  expect(read(folder, 'junit.xml').match(/<testsuite /g)).toHaveLength(3);
});
