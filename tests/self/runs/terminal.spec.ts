import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { Defect } from '../support/mock.ts';
import { start } from '../support/process.ts';
import { contractAtTerminal } from '../support/pseudo-terminal.ts';
import { recordedRun, rejudge } from '../support/recorded-run.ts';
import { emptyFolder, root } from '../support/run.ts';

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
