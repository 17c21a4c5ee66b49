import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { printable } from '../../../fixtures/configuration/variables/printable.ts';
import { withBody, withLine } from '../mutants/defects/rewrite.ts';
import type { Defect } from '../support/mock.ts';
import { contractAt, reportFolder } from '../support/run.ts';

/** What a terminal or the log of a CI would act on, and what stands in its place. */
const commands: readonly (readonly [text: string, shown: string])[] = [
  ['a ##vso[task.setvariable variable=x]y', 'a \\u{23}#vso[task.setvariable variable=x]y'],
  ['a ##VSO[build.updatebuildnumber]1', 'a \\u{23}#VSO[build.updatebuildnumber]1'],
  ['a###[group]b', 'a#\\u{23}#[group]b'],
  ['::error::x', '\\u{3a}:error::x'],
  ['a\n \t::add-mask::x', 'a\n \t\\u{3a}:add-mask::x'],
  ['a\r\n\u00a0::set-output name=x::y', 'a\n\u00a0\\u{3a}:set-output name=x::y'],
  ['a\r::error::x', 'a\\u{d}::error::x'],
  ['a\u2028::error::x', 'a\\u{2028}::error::x'],
  ['a\u0085::error::x', 'a\\u{85}::error::x'],
  ['\u001b[2J\u009b31m\u202eb', '\\u{1b}[2J\\u{9b}31m\\u{202e}b'],
];
for (const [text, shown] of commands)
  test(`${JSON.stringify(text)} does nothing in a log, and is shown`, () => {
    expect(printable(text)).toBe(shown);
    expect(printable(shown)).toBe(shown);
  });

test('what is no command stays as it is', () => {
  for (const text of ['## [a]', 'a::b', 'http://[::1]:80/v1.0', '# [x] #[y]', 'std::string\n\ta'])
    expect(printable(text)).toBe(text);
});

test('a long text is read once', () => {
  const long = `${' '.repeat(2 ** 20)}${'\n '.repeat(2 ** 18)}${'#'.repeat(2 ** 18)}`;
  expect(printable(long)).toBe(long);
});

const hostile = [
  '##vso[task.complete]',
  '##[error]x',
  '\r\n::error::x',
  ' \u2028::stop-commands::x',
];
const sequence = '\u001b]0;owned\u0007\u009b2J\u202e';

/** A response with them in every place that a response has. */
const everywhere: Defect = (response, { created }) => {
  const text = `${sequence}${hostile.join(' ')}\n::warning::y\n`;
  const line = hostile.slice(0, 2).join(' ');
  const error = { code: text, message: text, innerError: { 'request-id': text, date: text } };
  const body = { '@odata.type': text, id: text, deletedDateTime: text, [text]: text, error };
  const changed = withLine(withBody(response, JSON.stringify(body)), 'Location', `/${line}`);
  return {
    ...withLine(withLine(changed, 'request-id', line), 'X-Note', line),
    reason: line,
    ...(created > 1 && { status: 500 }),
  };
};

test("no output runs a command that a target sends, our own or Playwright's", async () => {
  const env = { CONTRACT_SAMPLES: '2', GITHUB_ACTIONS: 'true' };
  const args = ['--add-reporter=list,line,junit', '--grep=create-|odata|request-id|error-'];
  const { code, output, folder } = await contractAt({ defect: everywhere }, env, args);
  expect(code).toBe(1);
  // Our own annotations are commands, one a line.
  const outputs = [output.replace(/^::(error|notice) title=[^\n]*$/gm, '')];
  for (const name of ['report.md', 'junit.xml', 'index.html'])
    outputs.push(readFileSync(join(reportFolder(folder, 'grep'), name), 'utf8'));
  for (const text of outputs) {
    expect(text).not.toMatch(/##(vso)?\[/i);
    expect(text).not.toMatch(/^[^\S\n]*::/m);
    // Playwright's own reporters colour nothing here, because nobody looks.
    expect(text).not.toMatch(/[^\P{C}\n\t]|[\u2028\u2029]/u);
  }
});
