import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { parse } from 'dotenv';
import { refuseSkippedLine } from '../../../fixtures/configuration/files/dot-env.ts';
import { complaintOf, expectOneSentence, secret } from '../support/configuration-error.ts';
import { contractOf, emptyFolder, linkedSuite } from '../support/run.ts';

const good: Readonly<Record<string, string>> = {
  nothing: '',
  'a comment, a blank line and a variable': '# a comment\n\n  \t\n  # another\nNAME=x\n',
  'a byte order mark': '\uFEFFNAME=x',
  CRLF: '\r\n# a comment\r\nNAME=x\r\n',
  'lines that end in CR alone': '# a comment\rNAME=x\r',
  export: 'export NAME=x',
  'a colon': 'NAME: x',
  'blanks around': '  NAME = x  # why',
  'a value of several lines': 'NAME="-----BEGIN\nno variable\n\nEND-----"\nexport OTHER=\'a\nb\'',
  'a quoted value on the line below': 'NAME=\n  "x"',
  'a quote that never ends': 'NAME="x\nOTHER=y',
  'no value': 'NAME=\nOTHER=y',
};
for (const [name, text] of Object.entries(good))
  test(`.env may hold ${name}`, () => {
    refuseSkippedLine(text);
    expect(Object.keys(parse(text)).length).toBeGreaterThanOrEqual(text === '' ? 0 : 1);
  });

const bad: Readonly<Record<string, readonly [text: string, line: number]>> = {
  'a value alone': [secret, 1],
  'a colon without a blank': [`NAME:${secret}`, 1],
  'a name that is set by a command': [`# a comment\nset NAME=${secret}`, 2],
  'a name alone': ['NAME=x\r\n\r\nexport NAME', 3],
  'a name that is not one': ['\uFEFFNÄME=x', 1],
  'a value that goes on without quotes': [`NAME=-----BEGIN\n${secret}\nEND=-----`, 2],
  'a line behind a value of several lines': [`NAME="a\n\nb"\n${secret}`, 4],
  'UTF-16, as PowerShell writes it': [Buffer.from('\uFEFFNAME=x', 'utf16le').toString('utf8'), 1],
};
for (const [name, [text, line]] of Object.entries(bad))
  test(`.env with ${name} is refused by the number of the line, without its text`, () => {
    const message = complaintOf(() => refuseSkippedLine(text));
    expectOneSentence(message);
    expect(message).toMatch(new RegExp(`^\\.env:${line} is not NAME=value: expected `));
  });

test('a run with a misspelt .env does not fall back to the embedded mock', async () => {
  const suite = linkedSuite();
  writeFileSync(join(suite, '.env'), `GRAPH_ACCESS_TOKEN ${secret}\n`);
  const { code, output } = await contractOf(suite);
  expect(code).toBe(2);
  expectOneSentence(output.trim());
  expect(output).toMatch(/^\.env:1 is not NAME=value: /);
});

const unreadable: Readonly<Record<string, (path: string) => void>> = {
  'a folder': mkdirSync,
  'a link to itself': (path) => symlinkSync('.env', path),
  'a link to nothing': (path) => symlinkSync('nowhere', path),
};
for (const [name, make] of Object.entries(unreadable))
  test(`a run with a .env that is ${name} says that it cannot be read`, async () => {
    const suite = linkedSuite();
    make(join(suite, '.env'));
    const { code, output } = await contractOf(suite);
    expect(code).toBe(2);
    expectOneSentence(output.trim());
    expect(output).toMatch(
      /^\.env cannot be read \(E[A-Z]+\): expected a file of NAME=value lines/,
    );
  });

test('a run reads its .env', async () => {
  const suite = linkedSuite();
  writeFileSync(join(suite, '.env'), '\uFEFF# why\r\nexport CONTRACT_SEED="x"\r\n');
  const { code, output } = await contractOf(suite);
  expect(code).toBe(2);
  expect(output).toMatch(/^CONTRACT_SEED is "x"/);
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
