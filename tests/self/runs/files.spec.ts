import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { readRecording } from '../../../fixtures/recording/reader.ts';
import { expectOneSentence } from '../support/configuration-error.ts';
import { type Defect, startMock } from '../support/mock.ts';
import { start } from '../support/process.ts';
import { contractAtTerminal } from '../support/pseudo-terminal.ts';
import { recordedRun, rejudge } from '../support/recorded-run.ts';
import { contract, emptyFolder, pointedAt, reportFolder, reportIn, root } from '../support/run.ts';

test('a report folder that cannot be written is said before anything is sent', async () => {
  let requests = 0;
  const mock = await startMock({
    defect: (response) => {
      requests++;
      return response;
    },
  });
  const folder = emptyFolder();
  writeFileSync(join(folder, 'contract-report'), 'a file in its place');
  const { code, output } = await contract(pointedAt(mock), [], folder);
  await mock.close();
  expect([code, requests]).toEqual([2, 0]);
  expectOneSentence(output.trim());
  expect(output).toMatch(/^CONTRACT_REPORT: \S*\/contract-report\S* cannot be written/);
});

/** A file may not become larger than that many blocks of 512 or 1024 bytes: what a full disk does to a run. */
function withFilesUpTo(blocks: number, folder: string) {
  const cli = join(root, 'node_modules/@playwright/test/cli.js');
  const command = `ulimit -f ${blocks} && exec "$0" "$@"`;
  const args = ['-c', command, process.execPath, cli, 'test', '--config', root];
  const env = { CONTRACT_REPORT: reportFolder(folder), CONTRACT_TIMEOUT_MS: '60000' };
  return start('sh', args, folder, env);
}

// Windows has no such limit to set.
if (process.platform !== 'win32')
  test('a disk that is full half-way ends the run red, and what is recorded can be judged', async () => {
    const folder = emptyFolder();
    const { code, output } = await withFilesUpTo(100, folder);
    expect(code, output).toBe(1);
    expect(output.match(/exchanges\/.*cannot be written \(EFBIG/g)).toHaveLength(1);
    expect(output).not.toMatch(/^ *at /m);
    const [name = ''] = readdirSync(join(reportFolder(folder), 'exchanges'));
    const { exchanges } = readRecording(join(reportFolder(folder), 'exchanges', name));
    expect(exchanges.length).toBeGreaterThan(1);
    const again = await rejudge([], {}, folder);
    expect(reportIn(folder).run, again.output).toBe(name.replace('.jsonl', ''));
  });

test('a report and a summary that cannot be written cost themselves alone, and are said', async () => {
  const folder = emptyFolder();
  mkdirSync(join(reportFolder(folder), 'report.md'), { recursive: true });
  const GITHUB_STEP_SUMMARY = join(folder, 'missing', 'summary.md');
  const { code, output } = await rejudge([await recordedRun()], { GITHUB_STEP_SUMMARY }, folder);
  expect(code).toBe(1);
  expect(output).toMatch(/^report {3}.*report\.md cannot be written \(E[A-Z]+: /m);
  expect(output).toMatch(/^summary {2}GITHUB_STEP_SUMMARY .* cannot be written \(ENOENT: /m);
  expect(output).toMatch(/^PASSED .*: all conform$/m);
  expect(reportIn(folder).word).toBe('PASSED');
  const written = readdirSync(reportFolder(folder));
  expect(written).toEqual(expect.arrayContaining(['index.html', 'junit.xml']));
  expect(written.filter((name) => /\.\d+$/.test(name))).toEqual([]);
});

const red = '\u001b[31m';
const answers200: Defect = (response) =>
  response.status === 201 ? { ...response, status: 200 } : response;

test('a log has no colour, unless FORCE_COLOR asks for it and NO_COLOR does not forbid it; nothing follows the last line of a terminal', async () => {
  const recording = await recordedRun(answers200);
  const at = async (env: Record<string, string>) => (await rejudge([recording], env)).output;
  expect(await at({})).not.toContain('\u001b[');
  expect(await at({ FORCE_COLOR: '1' })).toContain(`${red}FAILED`);
  expect(await at({ FORCE_COLOR: '1', NO_COLOR: '1' })).not.toContain('\u001b[');
  const args = ['--project=contract', '--no-deps'];
  const { output } = await contractAtTerminal({ CONTRACT_RECORDING: recording }, args);
  expect(output).toContain(`${red}FAILED`);
  expect(output.trimEnd()).toMatch(/^report {3}\S+\/index\.html, [^\n]+$(?![\s\S])/m);
});

test('who reads no further than the first line costs no report', async () => {
  const folder = emptyFolder();
  const cli = join(root, 'node_modules/@playwright/test/cli.js');
  const env = { CONTRACT_SAMPLES: '1', CONTRACT_REPORT: folder };
  const command = `'${process.execPath}' '${cli}' test --config '${root}' | head -1`;
  await start('sh', ['-c', command], folder, env);
  expect(readdirSync(folder)).toEqual(expect.arrayContaining(['index.html', 'report.json']));
});
