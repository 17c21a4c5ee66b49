import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { readLongHeads, refuseRevealing } from '../../../fixtures/configuration/process.ts';
import { withLine } from '../mutants/defects/rewrite.ts';
import { complaintOf, expectOneSentence } from '../support/configuration-error.ts';
import { contract, contractAt, emptyFolder } from '../support/run.ts';

const read = (options?: string) => {
  const env: NodeJS.ProcessEnv = options === undefined ? {} : { NODE_OPTIONS: options };
  readLongHeads(env);
  readLongHeads(env);
  return env.NODE_OPTIONS;
};

test('what NODE_OPTIONS holds stays, and its own limit counts', () => {
  expect(read()).toBe('--max-http-header-size=65536');
  expect(read('--require=x.cjs')).toBe('--require=x.cjs --max-http-header-size=65536');
  expect(read('--max-http-header-size=20000')).toBe('--max-http-header-size=20000');
});

test('a run reads heads of 40,000 bytes', async () => {
  const { code, output } = await contractAt(
    { defect: (response) => withLine(response, 'X-Policy', 'x'.repeat(40_000)) },
    { CONTRACT_SAMPLES: '1' },
  );
  expect(code, output).toBe(0);
});

const token = { GRAPH_ACCESS_TOKEN: 'a-token' };
// biome-ignore format: a row a line
const revealing: readonly (readonly [env: Record<string, string>, isLogged: boolean, names: string | undefined])[] = [
  [token, true, 'NODE_DEBUG'],
  [{ https_proxy: 'http://me:canary@proxy.invalid:3128' }, true, 'NODE_DEBUG'],
  [token, false, undefined],
];
for (const [env, isLogged, names] of revealing)
  test(`${JSON.stringify(env)}${isLogged ? ' with a log' : ''} is ${names === undefined ? 'no danger' : `refused by ${names}`}`, () => {
    const check = () => refuseRevealing(env, isLogged);
    if (names === undefined) return check();
    const said = complaintOf(check);
    expectOneSentence(said);
    expect(said).toMatch(new RegExp(`^${names} (?!.*canary)`));
  });

test('no environment is printed where NODE_DEBUG asks for it and a secret is set', async () => {
  for (const NODE_DEBUG of ['http,CHILD_process', 'c*s']) {
    const { code, output } = await contract({ ...token, NODE_DEBUG });
    expect([code, output.includes('a-token')]).toEqual([2, false]);
  }
});

test('in GitHub what is refused is one annotation, and stands in the summary of the job', async () => {
  const GITHUB_STEP_SUMMARY = join(emptyFolder(), 'summary.md');
  const { code, output } = await contract({
    CONTRACT_SEED: 'x',
    GITHUB_ACTIONS: 'true',
    GITHUB_STEP_SUMMARY,
  });
  expect(code).toBe(2);
  expect(output).toMatch(/^::error::CONTRACT_SEED is not valid: [^\n]+\n$/);
  expect(readFileSync(GITHUB_STEP_SUMMARY, 'utf8')).toMatch(
    /^\*\*Nothing was sent\.\*\* CONTRACT_/,
  );
});
