import { stripVTControlCharacters } from 'node:util';
import { expect, test } from '@playwright/test';
import type { Defect } from '../support/mock.ts';
import { contractAtTerminal } from '../support/pseudo-terminal.ts';
import { recordedRun, rejudge } from '../support/recorded-run.ts';

const red = '\u001b[31m';
const answers200: Defect = (response) =>
  response.status === 201 ? { ...response, status: 200 } : response;

test('at a terminal of 80 columns no line is longer, but for a path, nothing follows the last, and colours are as asked', async () => {
  const recording = await recordedRun(answers200);
  const at = (env = {}) =>
    contractAtTerminal(80, { CONTRACT_RECORDING: recording, ...env }, [
      '--project=contract',
      '--no-deps',
    ]);
  const { output } = await at();
  const lines = stripVTControlCharacters(output).trimEnd().split(/\r?\n/);
  expect(lines.filter((line) => line.length > 80 && line.trim().includes(' '))).toEqual([]);
  expect(lines.at(-1)?.trim()).toMatch(/index\.html|report\.md|html\/index\.html/);
  expect(output).not.toContain('show-report');
  expect(output).toContain(`${red}FAILED`);
  expect((await at({ NO_COLOR: '1' })).output).not.toContain('\u001b[');
  expect((await rejudge([recording], { FORCE_COLOR: '1' })).output).toContain(`${red}FAILED`);
});
