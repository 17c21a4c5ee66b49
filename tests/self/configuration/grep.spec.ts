import { expect, test } from '@playwright/test';
import { type Level, levels } from '../../../schemas/operation.ts';
import { requirements } from '../../requirements/index.ts';
import { readCommandLine } from '../../setup/command-line.ts';
import { refuseUnknownGrep } from '../../setup/grep.ts';
import { complaintOf, expectOneSentence } from '../support/configuration-error.ts';
import { contract } from '../support/run.ts';

/** As playwright.config.ts does with the arguments behind `playwright test`. */
function refuse(args: readonly string[], judged: readonly Level[] = levels): void {
  refuseUnknownGrep(readCommandLine(args), judged);
}

const spellings: Readonly<Record<string, (value: string) => string[]>> = {
  '--grep x': (value) => ['--grep', value],
  '--grep=x': (value) => [`--grep=${value}`],
  '-g x': (value) => ['-g', value],
  '-g=x': (value) => [`-g=${value}`],
  '-gx': (value) => [`-g${value}`],
};
for (const [spelling, args] of Object.entries(spellings))
  test(`${spelling} with a misspelt requirement is refused with the one that is meant`, () => {
    expect(complaintOf(() => refuse(args('craete-status')))).toBe(
      '--grep names craete-status, which is not a requirement: did you mean create-status?',
    );
  });

test('--grep with what is near no requirement is refused without a guess', () => {
  const message = complaintOf(() => refuse(['--grep', 'nothing-of-the-kind']));
  expectOneSentence(message);
  expect(message).toMatch(/nothing-of-the-kind.*npm run contract -- --list shows all\.$/);
});

test('--grep with a requirement whose level is left out says so', () => {
  const shown = complaintOf(() => refuse(['--grep', 'content-type-json'], ['platform']));
  expectOneSentence(shown);
  expect(shown).toMatch(
    /^--grep names content-type-json, which is of level \w+, which CONTRACT_LEVELS leaves out: /,
  );
  const several = complaintOf(() => refuse(['--grep', 'example-'], ['platform']));
  expect(several).toMatch(
    /^--grep names example-\w+, and \d more, which are of level [a-z ]+, which CONTRACT_LEVELS/,
  );
});

test('-g= with a known requirement says that Playwright searches for the "=" too', () => {
  expect(complaintOf(() => refuse(['-g=create-status']))).toBe(
    '-g=create-status is read as a search for "=create-status", which finds nothing: expected -g create-status.',
  );
});

test('--grep with the id of any requirement, judged or untested, is accepted', () => {
  for (const { id, level } of requirements) refuse(['--grep', id], [level]);
});

const others: Readonly<Record<string, readonly string[]>> = {
  'no grep': [],
  'the beginning of ids': ['--grep', 'create-'],
  'a word': ['--grep', 'craete'],
  'a regular expression': ['--grep', 'craete-status|x'],
  'an id with its blanks': ['--grep', ' request-idd '],
  'upper case': ['--grep', 'CRAETE-STATUS'],
  'a word of the text': ['--grep', 'lower-case'],
  'the file of the verdicts': ['--grep=create-registereddevices'],
  'what is left out': ['--grep-invert', 'craete-status', '--grep-invert=craete-status'],
  'a later grep': ['--grep', 'craete-status', '--grep', 'create-status'],
  'no value': ['--grep'],
  'preflight alone': ['--project=preflight', '--grep', 'craete-status'],
  'cleanup alone': ['--project', 'cleanup', '--grep', 'craete-status'],
  'replay alone': ['--project=replay', '--grep=craete-status'],
};
for (const [name, args] of Object.entries(others))
  test(`${name} is left to Playwright`, () => {
    refuse(args);
  });

test('a run with a misspelt requirement ends before anything is sent', async () => {
  const misspelt = await contract({}, ['--project=contract', '--grep', 'craete-status']);
  expect([misspelt.code, misspelt.output.trim()]).toEqual([
    2,
    '--grep names craete-status, which is not a requirement: did you mean create-status?',
  ]);
  const leftOut = await contract({ CONTRACT_LEVELS: 'platform' }, ['-g', 'create-status']);
  expect(leftOut.code).toBe(2);
  expect(leftOut.output).toMatch(/^--grep names create-status, which is of level stated, /);
});
