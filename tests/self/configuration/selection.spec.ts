import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { planSignIn } from '../../../fixtures/auth/plan.ts';
import { readConfiguration } from '../../../fixtures/configuration/configuration.ts';
import type { Environment } from '../../../fixtures/configuration/variables.ts';
import type { RequestCase, Run } from '../../../schemas/files/recording.ts';
import { requirementsIn, selectionOf } from '../../judge/selection.ts';
import { requirements } from '../../requirements/index.ts';
import { isJudged, testTitle } from '../../requirements/requirement.ts';
import { placesOf } from '../../setup/part.ts';
import { refuseNothingSent, selected } from '../../setup/selection.ts';
import { complaintIn, expectOneSentence, live, tenant } from '../support/configuration-error.ts';
import { run } from '../support/recorded.ts';
import { unsigned } from '../support/sign-in.ts';
import parts from './parts.json' with { type: 'json' };

/** What is said of a selection; nothing: it finds something that is checked. */
async function said(env: Environment, grep?: string, grepInvert?: string): Promise<string> {
  try {
    const configuration = readConfiguration(env);
    const chosen = selected({ grep, grepInvert }, requirementsIn(configuration));
    await refuseNothingSent(chosen, configuration, planSignIn(env, configuration.target));
    return '';
  } catch (error) {
    return complaintIn(error);
  }
}

test('the id of any requirement, judged or untested, is found', () => {
  const { target } = readConfiguration({});
  for (const { id, level } of requirements)
    selected({ grep: id, grepInvert: undefined }, requirementsIn({ target, levels: [level] }));
});

test('a part is sent every request whose answer may say Created, where it asks about one', () => {
  const kinds = ['create', 'equivalent', 'probe', 'negative'] as const;
  const wanted = (id: string) => {
    const titles = requirements.filter((each) => each.id === id).map(testTitle);
    const selection = selectionOf(requirements, titles, readConfiguration({}));
    return kinds.filter((kind) => selection?.wants({ kind, name: 'x' } as RequestCase));
  };
  expect(wanted('id-present')).toEqual(['create', 'equivalent', 'probe']);
  expect(wanted('create-status')).toEqual(['create']);
});

const of = (claims: object) => ({
  ...live,
  GRAPH_ACCESS_TOKEN: unsigned({ tid: tenant, ...claims }),
});
const me = { CONTRACT_ROUTES: 'me' };
const ids = { AZURE_TENANT_ID: tenant, AZURE_CLIENT_ID: tenant };
const application = { ...live, ...ids, GRAPH_ACCESS_TOKEN: undefined, AZURE_CLIENT_SECRET: 's' };
const personal = 'permission-personal';
const nothing = 'Nothing would be checked: ';
const noMe = `${nothing}CONTRACT_ROUTES names me alone, and an application`;
const noTest = '--grep finds no requirement that CONTRACT_LEVELS and CONTRACT_ROUTES leave: ';
const list = 'npm run contract -- --list shows all.';
// biome-ignore format: a row a line
const selections: readonly (readonly [env: Environment, said: string, grep?: string | undefined, invert?: string])[] = [
  [{}, ''],
  [{}, '', 'create-'],
  [{}, '', '/^contract.*create-status/'],
  [{}, '', 'create-status', 'example-'],
  [{}, '', undefined, 'create-status'],
  [{}, `${noTest}did you mean create-status?`, 'craete-status'],
  [{}, `${noTest}${list}`, 'nothing-of-the-kind'],
  [{}, `${noTest}${list}`, undefined, '.'],
  [{}, '--grep is no regular expression: expected one of JavaScript.', '('],
  [{ CONTRACT_LEVELS: 'platform' }, ''],
  [{}, `${nothing}no request to this target shows ${personal} (GRAPH_PERSONAL_ACCESS_TOKEN is not set, and such a token cannot be made up).`, personal],
  [{ ...of({}), GRAPH_PERSONAL_ACCESS_TOKEN: 'an-opaque-one' }, '', personal],
  [{}, `${nothing}what is asked for cannot be judged from outside.`, requirements.find((each) => !isJudged(each))?.id],
  [of({}), `${nothing}no request to this target shows body-framing (its requests were not sent`, 'body-framing'],
  [{ ...of({ roles: ['x'] }), ...me }, noMe],
  [{ ...application, ...me }, noMe],
];
for (const [env, sentence, ...patterns] of selections)
  test(`${JSON.stringify([env, ...patterns])}: ${sentence || 'something to check'}`, async () => {
    const found = await said(env, ...patterns);
    if (sentence === '') expect(found).toBe('');
    else expectOneSentence(found, sentence);
  });

// Recordings can be judged by no more than each of them holds.
type Part = readonly [
  env: Environment,
  isSelection: boolean,
  recorded: readonly Partial<Run>[],
  folder: string,
  history: string,
];
for (const [env, isSelection, recorded, folder, history] of parts as unknown as readonly Part[])
  test(`${JSON.stringify([env, recorded])}${isSelection ? ' by --grep' : ''} writes to ${folder}`, () => {
    const at = { CONTRACT_REPORT: 'r', CONTRACT_HISTORY: 'h/runs.jsonl', ...env };
    const runs = recorded.map((each) => ({ ...run, ...each }));
    const places = (project: 'contract' | 'replay') =>
      placesOf(readConfiguration(at), { project, isSelection }, runs);
    expect(places('contract')).toEqual({ folder: join(folder), history: join(history) });
    expect(places('replay').folder).toBe(join('r/replay'));
  });
