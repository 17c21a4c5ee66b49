import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { readRecording } from '../../../fixtures/recording/reader.ts';
import { readHistory } from '../../history/history.ts';
import { onCreate } from '../mutants/defects/on.ts';
import { status } from '../mutants/defects/rewrite.ts';
import { expectOneSentence } from '../support/configuration-error.ts';
import { start } from '../support/process.ts';
import { recordedRun, rejudge } from '../support/recorded-run.ts';
import { contract, emptyFolder, reportFolder, reportIn, root } from '../support/run.ts';

const cli = join(root, 'node_modules/@playwright/test/cli.js');
const run = `exec '${process.execPath}' '${cli}' test --config '${root}'`;
const few = { CONTRACT_SAMPLES: '1', CONTRACT_SEED: '7' };

const byShell = (command: string, folder: string, env: Readonly<Record<string, string>> = {}) =>
  start('sh', ['-c', command], folder, { CONTRACT_REPORT: reportFolder(folder), ...few, ...env });

test('a report folder that cannot be written is said before anything is sent', async () => {
  const folder = emptyFolder();
  writeFileSync(join(folder, 'contract-report'), 'a file in its place');
  const { code, output } = await contract(few, [], folder);
  expect(code).toBe(2);
  expectOneSentence(output.trim());
  expect(output).toMatch(/^CONTRACT_REPORT: \S*\/contract-report\S* cannot be written/);
});

// Windows has no such limit to set: no file of more blocks of 512 or 1024 bytes, as on a full disk.
if (process.platform !== 'win32')
  test('a disk that is full half-way ends the run red, and what is recorded can be judged', async () => {
    const folder = emptyFolder();
    const { code, output } = await byShell(`ulimit -f 100 && ${run}`, folder);
    expect(code, output).toBe(1);
    expect(output.match(/exchanges\/.*cannot be written \(EFBIG/g)).toHaveLength(1);
    expect(output).not.toMatch(/^ *at /m);
    const exchanges = join(reportFolder(folder), 'exchanges');
    const [name = ''] = readdirSync(exchanges);
    expect(readRecording(join(exchanges, name)).exchanges.length).toBeGreaterThan(1);
    const again = await rejudge([], {}, folder);
    expect(reportIn(folder).run, again.output).toBe(name.replace('.jsonl', ''));
  });

test('a report and a summary that cannot be written cost themselves alone, and are said; a log has no colour', async () => {
  const folder = emptyFolder();
  mkdirSync(join(reportFolder(folder), 'report.md'), { recursive: true });
  const GITHUB_STEP_SUMMARY = join(folder, 'missing', 'summary.md');
  const { code, output } = await rejudge([await recordedRun()], { GITHUB_STEP_SUMMARY }, folder);
  expect(code).toBe(1);
  expect(output).toMatch(/^report {3}.*report\.md cannot be written \(E[A-Z]+: /m);
  expect(output).toMatch(/^summary {2}GITHUB_STEP_SUMMARY .* cannot be written \(ENOENT: /m);
  expect(output).toMatch(/^PASSED .*: all conform$/m);
  expect(output).not.toContain('\u001b[');
  const written = readdirSync(reportFolder(folder));
  expect(written).toEqual(expect.arrayContaining(['index.html', 'junit.xml', 'report.json']));
  expect(written.filter((name) => /\.\d+$/.test(name))).toEqual([]);
});

const red = '\u001b[31m';

test('a log has a colour where FORCE_COLOR asks for it and NO_COLOR does not forbid it; nothing follows the last line of a terminal', async () => {
  const CONTRACT_RECORDING = await recordedRun(onCreate(status(200)));
  const at = async (env: Record<string, string>) =>
    (await rejudge([CONTRACT_RECORDING], env)).output;
  expect(await at({ FORCE_COLOR: '1' })).toContain(`${red}FAILED`);
  expect(await at({ FORCE_COLOR: '1', NO_COLOR: '1' })).not.toContain('\u001b[');
  // As at a terminal: the BSDs and macOS take the command as arguments, util-linux as an option.
  const command = `${run} --project=contract --no-deps`;
  const isLinux = process.platform === 'linux';
  const options = isLinux
    ? ['-qec', command, '/dev/null']
    : ['-q', '/dev/null', 'sh', '-c', command];
  const folder = emptyFolder();
  const env = { CONTRACT_REPORT: reportFolder(folder), CONTRACT_RECORDING };
  const { output } = await start('script', options, folder, env);
  expect(output).toContain(`${red}FAILED`);
  expect(output.trimEnd()).toMatch(/^report {3}\S+\/index\.html, [^\n]+$(?![\s\S])/m);
});

test('who reads no further than the first line costs no report', async () => {
  const folder = emptyFolder();
  await byShell(`${run.replace('exec ', '')} | head -1`, folder);
  const written = readdirSync(reportFolder(folder));
  expect(written).toEqual(expect.arrayContaining(['index.html', 'report.json']));
});

function wholeReportIn(folder: string): Record<string, string> {
  const names = ['index.html', 'junit.xml', 'report.json', 'report.md', 'html/index.html'];
  const read = (name: string) => readFileSync(join(reportFolder(folder), name), 'utf8');
  return Object.fromEntries([...names, 'history.jsonl'].map((name) => [name, read(name)]));
}

test('a partial run replaces no whole report, enters no whole history, and has a place of its own', async () => {
  const folder = emptyFolder();
  await contract(few, [], folder);
  const whole = wholeReportIn(folder);
  const parts = ['-gcreate-status', '--grep-invert=date-'];
  const ended = await Promise.all(parts.map((arg) => contract(few, [arg], folder)));
  expect(ended.map(({ code }) => code)).toEqual([0, 0]);
  expect(readdirSync(reportFolder(folder, 'grep'))).toContain('html');
  // A CI that always judges the same has a history of its own.
  await contract({ ...few, CONTRACT_LEVELS: 'stated,shown' }, [], folder);
  const own = join(reportFolder(folder, 'stated-shown'), 'history.jsonl');
  expect(readHistory(own).runs).toHaveLength(1);
  expect(wholeReportIn(folder)).toEqual(whole);
});

test('a listed run writes nothing', async () => {
  const { code, output, folder } = await contract(few, ['--list', '--grep', 'date-form']);
  expect([code, readdirSync(folder)]).toEqual([0, []]);
  expect(output).toMatch(/^date-form +stated +writes deletedDateTime/m);
  expect(output).toContain('.env.example');
});
