import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { recordedLines } from '../../../fixtures/recording/reader.ts';
import { expectOneSentence } from '../support/configuration-error.ts';
import { startMock } from '../support/mock.ts';
import { start } from '../support/process.ts';
import { contract, emptyFolder, pointedAt, reportFolder, reportIn, root } from '../support/run.ts';

const few = { CONTRACT_SAMPLES: '1', CONTRACT_SEED: '7' };

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
  expect(output).toContain(`"${reportFolder(folder)}" is not a folder`);
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
    expect(
      output.match(/exchanges\/.*cannot be written \(EFBIG, a file may not be that large\)/g),
    ).toHaveLength(1);
    expect(output).not.toMatch(/^ *at /m);
    const [name = ''] = readdirSync(join(reportFolder(folder), 'exchanges'));
    const lines = [];
    for await (const line of recordedLines(join(reportFolder(folder), 'exchanges', name)))
      lines.push(line);
    expect(lines.length).toBeGreaterThan(2);
    const again = await contract({}, ['--project=contract', '--no-deps'], folder);
    expect(reportIn(folder).run, again.output).toBe(name.replace('.jsonl', ''));
  });

test('a report that cannot be written costs that one alone, is said, and the run is red', async () => {
  const folder = emptyFolder();
  mkdirSync(join(reportFolder(folder), 'report.md'), { recursive: true });
  const { code, output } = await contract(few, [], folder);
  expect(code).toBe(1);
  expect(output).toMatch(
    /^report {3}".*report\.md" cannot be written \(E[A-Z]+(, it is a folder)?\)$/m,
  );
  expect(output).toMatch(/^PASSED .*: all conform$/m);
  expect(reportIn(folder).failing).toBe(false);
  const written = readdirSync(reportFolder(folder));
  expect(written).toEqual(expect.arrayContaining(['history.jsonl', 'index.html', 'junit.xml']));
  expect(written.filter((name) => /\.\d+$/.test(name))).toEqual([]);
});

test('a history and a summary that cannot be written cost themselves alone, and are said', async () => {
  const folder = emptyFolder();
  mkdirSync(join(reportFolder(folder), 'history.jsonl'), { recursive: true });
  const GITHUB_STEP_SUMMARY = join(folder, 'missing', 'summary.md');
  const { code, output } = await contract({ ...few, GITHUB_STEP_SUMMARY }, [], folder);
  expect(code, output).toBe(0);
  expect(output).toMatch(
    /^history {2}".*history\.jsonl" cannot be written \(EISDIR, it is a folder\): /m,
  );
  expect(output).toMatch(/^summary {2}GITHUB_STEP_SUMMARY ".*" cannot be written \(ENOENT, /m);
  expect(reportIn(folder).failing).toBe(false);
  expect(existsSync(join(reportFolder(folder), 'index.html'))).toBe(true);
});
