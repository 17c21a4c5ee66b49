import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { expect, test } from '@playwright/test';
import { without } from '../mutants/defects/rewrite.ts';
import { leaksIn } from '../support/leaks.ts';
import { type Defect, startMock } from '../support/mock.ts';
import { contractAtTerminal } from '../support/pseudo-terminal.ts';
import { contract, contractAt, pointedAt, reportFolder } from '../support/run.ts';

const few = { CONTRACT_SAMPLES: '2', CONTRACT_SEED: '7' };
const red = '\u001b[31m';
const answers200: Defect = (response) =>
  response.status === 201 ? { ...response, status: 200 } : response;

/** What stands at a terminal when the run has ended, line by line. */
async function seen(defect: Defect, env = {}): Promise<{ output: string; lines: string[] }> {
  const mock = await startMock({ defect });
  const { output } = await contractAtTerminal(80, { ...pointedAt(mock), ...few, ...env });
  await mock.close();
  return { output, lines: stripVTControlCharacters(output).trimEnd().split(/\r?\n/) };
}

test('at a terminal of 80 columns no line is longer, but for a path, and nothing follows the last', async () => {
  const { output, lines } = await seen(answers200);
  const long = lines.filter((line) => line.length > 80 && line.trim().includes(' '));
  expect(long).toEqual([]);
  expect(lines.at(-1)?.trim()).toMatch(/index\.html|report\.md|html\/index\.html/);
  expect(output).not.toContain('show-report');
  expect(output).toContain(`${red}FAILED`);
});

test('NO_COLOR and FORCE_COLOR are obeyed', async () => {
  expect((await seen(answers200, { NO_COLOR: '1' })).output).not.toContain('\u001b[');
  const piped = await contractAt({ defect: answers200 }, { ...few, FORCE_COLOR: '1' });
  expect(piped.output).toContain(`${red}FAILED`);
});

test('a finding stands once, with what was sent and what came back, and a warning on a line', async () => {
  const both: Defect = (response) =>
    without(response.status === 201 ? { ...response, status: 200 } : response, 'OData-Version');
  const { output } = await contractAt({ defect: both }, few);
  expect(
    output.match(/^1\. create-status on both routes: expected 201, received 200$/gm),
  ).toHaveLength(1);
  expect(output).toMatch(/^ {3}sent {7}POST http:.*\/me\/registeredDevices\/\$ref, pair-01: /m);
  expect(output).toMatch(/^ {3}came back {2}HTTP 200 OK$/m);
  expect(output).toMatch(
    /^ {3}evidence {3}pair-01 on \/me, request-id \S+ \(the target's\), .*\.jsonl:\d+$/m,
  );
  expect(output).toMatch(
    /^warning {2}odata-version on both routes: expected .*, received no OData-Version$/m,
  );
});

test('a conforming run takes a few lines; CONTRACT_TABLE lists every requirement', async () => {
  const short = await contract(few);
  const lines = short.output.trimEnd().split('\n');
  expect(lines.filter((line) => !/requests sent/.test(line)).length).toBeLessThan(8);
  expect(short.output).toMatch(/^PASSED {3}\d+ requirements on 2 routes: all conform$/m);
  const long = await contract({ ...few, CONTRACT_TABLE: 'true' });
  expect(long.output).toMatch(/^create-status +stated +conforms +conforms$/m);
});

test('--list is a table by requirement, and leads to the variables', async () => {
  const { output, code } = await contract({}, ['--list', '--grep', 'date-form']);
  expect(code).toBe(0);
  expect(output).toMatch(/^date-form +stated +\/me \/users +writes deletedDateTime/m);
  expect(output).toContain('.env.example');
});

test("Playwright's own report shows no line of ours, and no warning among what passed", async () => {
  const version: Defect = (response) => without(response, 'OData-Version');
  const { folder } = await contractAt({ defect: version }, few);
  const html = join(reportFolder(folder), 'html');
  // The same search as for secrets, through the zip that the report carries.
  expect(leaksIn(html, ['report/attach.ts'])).toEqual([]);
  expect(leaksIn(html, ['requests) · warning']).length).toBeGreaterThan(0);
});
