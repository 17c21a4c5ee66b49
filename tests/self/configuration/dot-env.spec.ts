import { readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { variablesIn } from '../../../fixtures/configuration/process.ts';
import { complaintOf, expectOneSentence, secret } from '../support/configuration-error.ts';
import { contractOf, emptyFolder, linkedSuite } from '../support/run.ts';

// biome-ignore format: a row a line
const good: readonly (readonly [text: string, variables: Record<string, string>])[] = [
  ['# a comment\n\n  \t\n  # another\nNAME=x\n', { NAME: 'x' }],
  ['\uFEFFNAME=x', { NAME: 'x' }],
  ['\r\n# a comment\r\nNAME=x\r\n', { NAME: 'x' }],
  ['NAME: x', { NAME: 'x' }],
  ['  NAME = x  # why', { NAME: 'x' }],
  ['NAME=\nOTHER=y', { NAME: '', OTHER: 'y' }],
  ['NAME="x\nOTHER="y', { NAME: '"x', OTHER: '"y' }],
];
for (const [text, variables] of good)
  test(`.env may hold ${JSON.stringify(text)}`, () => expect(variablesIn(text)).toEqual(variables));

const noVariable = 'is not NAME=value: expected ';
const cut = 'has a "#" within its value, which would end there: expected quotes';
// biome-ignore format: a row a line
const bad: readonly (readonly [what: string, text: string, line: number, said: string])[] = [
  ['a value alone', secret, 1, noVariable],
  ['a name that is set by a command', `# a comment\nset NAME=${secret}`, 2, noVariable],
  ['a value of several lines', `NAME="-----BEGIN\n${secret}\nEND-----"`, 2, noVariable],
  ['UTF-16, as PowerShell writes it', Buffer.from('\uFEFFNAME=x', 'utf16le').toString('utf8'), 1, noVariable],
  ['a comment that is glued to its value', 'CONTRACT_SEED=1#why', 1, cut],
  ['a secret that holds a "#"', `AZURE_CLIENT_SECRET = ${secret}#x`, 1, cut],
];
for (const [what, text, line, said] of bad)
  test(`.env with ${what} is refused by the number of the line, without its text`, () => {
    const message = complaintOf(() => variablesIn(text));
    expectOneSentence(message, `.env:${line} ${said}`);
  });

test('a run with a .env that leads nowhere does not fall back to the embedded mock', async () => {
  const suite = linkedSuite();
  symlinkSync('nowhere', join(suite, '.env'));
  const { code, output } = await contractOf(suite);
  expect(code).toBe(2);
  expectOneSentence(output.trim(), '.env cannot be read (ENOENT');
});

test('started from another folder, a suite reads its own .env and writes nothing beside the caller', async () => {
  const suite = linkedSuite();
  writeFileSync(join(suite, '.env'), 'CONTRACT_SAMPLES=1\nCONTRACT_REPORT=out\n');
  const caller = emptyFolder();
  writeFileSync(join(caller, '.env'), 'not one of this suite');
  const { code, output } = await contractOf(suite, {}, [], caller);
  expect(code, output).toBe(0);
  expect(readdirSync(caller)).toEqual(['.env']);
  expect(readdirSync(join(suite, 'out'))).toContain('report.json');
  expect(output).toContain('report   out/index.html');
});
