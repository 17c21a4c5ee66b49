import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { refuseRevealing } from '../../../fixtures/configuration/process.ts';
import type { Environment } from '../../../fixtures/configuration/variables.ts';
import { complaintOf, expectOneSentence } from '../support/configuration-error.ts';
import { contract, emptyFolder } from '../support/run.ts';

const token = { GRAPH_ACCESS_TOKEN: 'a-token' };
const proxy = { https_proxy: 'http://me:canary@proxy.invalid:3128' };
const keys = (option: string) => ({ NODE_OPTIONS: `--no-warnings ${option}=keys.txt` });
// biome-ignore format: a row a line
const revealing: readonly (readonly [env: Environment, isLogged: boolean, begins?: string])[] = [
  [token, true, 'NODE_DEBUG names child_process'],
  [proxy, true, 'NODE_DEBUG names child_process'],
  [{}, true],
  [token, false],
  [keys('--tls-keylog'), false, 'NODE_OPTIONS has --tls-keylog'],
  [keys('--tls_keylog'), false, 'NODE_OPTIONS has --tls-keylog'],
  [{ PWTEST_WATCH: '1' }, false, 'PWTEST_WATCH'],
];
for (const [env, isLogged, begins] of revealing)
  test(`${JSON.stringify(env)}${isLogged ? ' with the log' : ''} is ${begins === undefined ? 'no danger' : 'refused'}`, () => {
    const check = () => refuseRevealing(env, isLogged);
    if (begins === undefined) return check();
    const said = complaintOf(check);
    expectOneSentence(said, begins);
    expect(said).not.toContain('canary');
  });

test('in GitHub what is refused is one annotation, and stands in the summary of the job', async () => {
  const GITHUB_STEP_SUMMARY = join(emptyFolder(), 'summary.md');
  const github = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY };
  const { code, output } = await contract({ ...github, CONTRACT_SEED: 'x' });
  expect(code).toBe(2);
  expect(output).toMatch(/^::error::CONTRACT_SEED is not valid: [^\n]+\n$/);
  const summary = readFileSync(GITHUB_STEP_SUMMARY, 'utf8');
  expect(summary).toMatch(/^\*\*Nothing was sent\.\*\* CONTRACT_SEED /);
});
