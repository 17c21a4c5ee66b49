import { expect, test } from '@playwright/test';
import type { Defect } from '../support/mock.ts';
import { contractAtTerminal } from '../support/pseudo-terminal.ts';
import { recordedRun, rejudge } from '../support/recorded-run.ts';

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
