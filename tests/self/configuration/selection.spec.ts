import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { planSignIn } from '../../../fixtures/auth/plan.ts';
import { readConfiguration } from '../../../fixtures/configuration/configuration.ts';
import type { Environment } from '../../../fixtures/configuration/variables.ts';
import type { Run } from '../../../schemas/files/recording.ts';
import { requirementsIn } from '../../judge/selection.ts';
import { requirements } from '../../requirements/index.ts';
import { isUntested } from '../../requirements/requirement.ts';
import { placesOf } from '../../setup/part.ts';
import { refuseNothingSent, selected } from '../../setup/selection.ts';
import { complaintIn, expectOneSentence, live, tenant } from '../support/configuration-error.ts';
import { run } from '../support/recorded.ts';
import { unsigned } from '../support/sign-in.ts';

/** What is said of patterns of titles; undefined: they find something. */
function said(grep?: string, grepInvert?: string, env: Environment = {}) {
  try {
    selected({ grep, grepInvert }, requirementsIn(readConfiguration(env)));
    return undefined;
  } catch (error) {
    const message = complaintIn(error);
    expectOneSentence(message);
    return message;
  }
}

test('the id of any requirement, judged or untested, is found', () => {
  for (const { id, level } of requirements)
    expect(said(id, undefined, { CONTRACT_LEVELS: level }), id).toBeUndefined();
});

const untested = requirements.find(isUntested)?.id;
const all = 'npm run contract -- --list shows all.';
// biome-ignore format: a row a line
const patterns: readonly (readonly [grep: string | undefined, invert: string | undefined, said: string | undefined])[] = [
  [undefined, undefined, undefined],
  ['create-', undefined, undefined],
  ['/^contract.*create-status/', undefined, undefined],
  ['create-status', 'example-', undefined],
  [undefined, 'create-status', undefined],
  ['craete-status', undefined, '--grep finds no requirement that CONTRACT_LEVELS and CONTRACT_ROUTES leave: did you mean create-status?'],
  ['nothing-of-the-kind', undefined, `--grep finds no requirement that CONTRACT_LEVELS and CONTRACT_ROUTES leave: ${all}`],
  [undefined, '.', `--grep finds no requirement that CONTRACT_LEVELS and CONTRACT_ROUTES leave: ${all}`],
  ['(', undefined, '--grep is no regular expression: expected one of JavaScript.'],
];
for (const [grep, invert, sentence] of patterns)
  test(`--grep ${grep} without ${invert} finds ${sentence === undefined ? 'something' : 'nothing, and says so'}`, () => {
    expect(said(grep, invert)).toBe(sentence);
  });

const of = (claims: object) => ({
  ...live,
  GRAPH_ACCESS_TOKEN: unsigned({ tid: tenant, ...claims }),
});
const me = { CONTRACT_ROUTES: 'me' };
const application = { AZURE_TENANT_ID: tenant, AZURE_CLIENT_ID: tenant, AZURE_CLIENT_SECRET: 's' };
const noMe = /^Nothing would be checked: CONTRACT_ROUTES names me alone, and an application/;
// biome-ignore format: a row a line
const checked: readonly (readonly [what: string, env: Environment, grep: string | undefined, said: RegExp | undefined])[] = [
  ['one level', { CONTRACT_LEVELS: 'platform' }, undefined, undefined],
  ['the permission of personal accounts without a token of one', {}, 'permission-personal', /^Nothing would be checked: no request to this target shows permission-personal \(GRAPH_PERSONAL_/],
  ['the permission of personal accounts with a token of one', { ...of({}), GRAPH_PERSONAL_ACCESS_TOKEN: 'an-opaque-one' }, 'permission-personal', undefined],
  ['what nobody can judge', {}, untested, /^Nothing would be checked: what is asked for cannot be judged from outside\.$/],
  ['what a tenant is not sent', of({}), 'body-framing', /^Nothing would be checked: no request to this target shows body-framing/],
  ['/me with the token of an application', { ...of({ roles: ['x'] }), ...me }, undefined, noMe],
  ['/me with the secret of an application', { ...live, GRAPH_ACCESS_TOKEN: undefined, ...application, ...me }, undefined, noMe],
];
for (const [what, env, grep, sentence] of checked)
  test(`${what} is ${sentence === undefined ? 'something to check' : 'refused before anything is sent'}`, async () => {
    const configuration = readConfiguration(env);
    const plans = planSignIn(env, configuration.target);
    const refused = refuseNothingSent(
      selected({ grep, grepInvert: undefined }, requirementsIn(configuration)),
      configuration,
      plans,
    );
    const message = await refused.then(() => undefined, complaintIn);
    if (sentence === undefined) expect(message).toBeUndefined();
    else expect(message).toMatch(sentence);
  });

// biome-ignore format: a row a line
const parts: readonly (readonly [env: Environment, isSelection: boolean, recorded: readonly Partial<Run>[], folder: string, history: string])[] = [
  [{}, false, [], 'r', 'h/runs.jsonl'],
  [{}, true, [], 'r/partial/grep', 'h/runs.jsonl'],
  [{ CONTRACT_LEVELS: 'shown,stated' }, false, [], 'r/partial/stated-shown', 'h/partial/stated-shown/runs.jsonl'],
  [{ CONTRACT_LEVELS: 'stated', CONTRACT_ROUTES: 'me' }, true, [], 'r/partial/stated-me-grep', 'h/partial/stated-me/runs.jsonl'],
  // Recordings can be judged by no more than each of them holds.
  [{}, false, [{ routes: ['me', 'users'] }, { routes: ['users'] }], 'r/partial/users', 'h/partial/users/runs.jsonl'],
  [{}, false, [{ routes: ['me'] }, { routes: ['users'] }], 'r/partial/mixed', 'h/partial/mixed/runs.jsonl'],
  [{}, false, [{ routes: ['me', 'users'], narrowedTo: [] }], 'r/partial/grep', 'h/runs.jsonl'],
];
for (const [env, isSelection, recorded, folder, history] of parts)
  test(`${JSON.stringify([env, recorded])}${isSelection ? ' by --grep' : ''} writes to ${folder}`, () => {
    const at = { CONTRACT_REPORT: 'r', CONTRACT_HISTORY: 'h/runs.jsonl' };
    const runs = recorded.map((each) => ({ ...run, ...each }));
    const commandLine = { project: 'contract', isSelection } as const;
    const configuration = readConfiguration({ ...at, ...env });
    expect(placesOf(configuration, commandLine, runs)).toEqual({
      folder: join(folder),
      history: join(history),
    });
    const replay = placesOf(configuration, { project: 'replay', isSelection }, runs);
    expect(replay.folder).toBe(join('r/replay'));
  });
