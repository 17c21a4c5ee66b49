import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { type Level, levels, type Route } from '../../../schemas/operation.ts';
import { requirements } from '../../requirements/index.ts';
import { partIn, placesOf, refuseEmptySelection } from '../../setup/selection.ts';
import { complaintOf, expectOneSentence } from '../support/configuration-error.ts';
import { run } from '../support/recorded.ts';

/** What is said of patterns of titles; undefined: they find something. */
function said(grep?: string, grepInvert?: string, judged: readonly Level[] = levels) {
  const refuse = () => refuseEmptySelection({ grep, grepInvert }, judged);
  try {
    refuse();
    return undefined;
  } catch {
    const message = complaintOf(refuse);
    expectOneSentence(message);
    return message;
  }
}

test('the id of any requirement, judged or untested, is found', () => {
  for (const { id, level } of requirements)
    expect(said(id, undefined, [level]), id).toBeUndefined();
});

const hidden = '9f86d081-884c7d659a2f-eaa0c55ad015';
const all = 'npm run contract -- --list shows all.';
// biome-ignore format: a row a line
const patterns: readonly (readonly [grep: string | undefined, invert: string | undefined, said: string | undefined])[] = [
  [undefined, undefined, undefined],
  ['create-', undefined, undefined],
  ['craete-status|create-', undefined, undefined],
  ['CREATE-STATUS', undefined, undefined],
  ['/^contract.*create-status/', undefined, undefined],
  ['create-registereddevices', undefined, undefined],
  ['create-status', 'example-', undefined],
  [undefined, 'create-status', undefined],
  ['craete-status', undefined, '--grep finds no requirement: did you mean create-status?'],
  ['=create-status', undefined, '--grep finds no requirement: did you mean create-status?'],
  ['nothing-of-the-kind', undefined, `--grep finds no requirement: ${all}`],
  [hidden, undefined, `--grep finds no requirement: ${all}`],
  ['create-status', 'create-', `--grep finds no requirement: did you mean create-status?`],
  [undefined, '.', `--grep finds no requirement: ${all}`],
  ['(', undefined, '--grep is no regular expression: expected one of JavaScript.'],
];
for (const [grep, invert, sentence] of patterns)
  test(`--grep ${grep} without ${invert} finds ${sentence === undefined ? 'something' : 'nothing, and says so'}`, () => {
    expect(said(grep, invert)).toBe(sentence);
  });

test('what CONTRACT_LEVELS leaves out is said to be there', () => {
  expect(said('content-type-json', undefined, ['platform'])).toMatch(
    /^--grep finds requirements of level \w+ alone, which CONTRACT_LEVELS leaves out: /,
  );
});

const everything = { levels: ['stated', 'shown', 'platform'], routes: ['me', 'users'] } as const;
// biome-ignore format: a row a line
const parts: readonly (readonly [levels: readonly Level[], routes: readonly Route[], isSelection: boolean, folder: string, history: string])[] = [
  [everything.levels, everything.routes, false, 'r', 'h/runs.jsonl'],
  [everything.levels, everything.routes, true, 'r/partial/grep', 'h/runs.jsonl'],
  [['shown', 'stated'], ['me', 'users'], false, 'r/partial/stated-shown', 'h/partial/stated-shown/runs.jsonl'],
  [['stated'], ['me'], true, 'r/partial/stated-me-grep', 'h/partial/stated-me/runs.jsonl'],
];
for (const [levels, routes, isSelection, folder, history] of parts)
  test(`what judges ${levels} on ${routes}${isSelection ? ' by --grep' : ''} writes to ${folder}`, () => {
    const at = { report: 'r', history: 'h/runs.jsonl' };
    expect(placesOf(at, 'contract', { levels, routes, isSelection })).toEqual({
      folder: join(folder),
      history: join(history),
    });
  });

test('a project beside the verdicts has a folder by its name', () => {
  const part = { ...everything, isSelection: false };
  expect(placesOf({ report: 'r', history: 'h' }, 'replay', part).folder).toBe(join('r', 'replay'));
});

test('recordings can be judged by no more than each of them holds', () => {
  const asked = { ...everything, isSelection: false };
  const users = { ...run, routes: ['users'] } as const;
  expect(partIn([], asked)).toEqual(asked);
  const both = { ...run, routes: ['me', 'users'] } as const;
  expect(partIn([both, users], asked)).toEqual({ ...asked, routes: ['users'] });
  expect(partIn([run, { ...run, narrowedTo: [] }], asked).isSelection).toBe(true);
});
