import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from '@playwright/test';
import type { CleanUp } from '../../../schemas/files/clean-up.ts';
import { root } from '../support/run.ts';

const at = { owner: 'o', repo: 'r' };
const ours = 7;

/** A function of the workflows, which run it by actions/github-script. */
async function script(file: string, name: string): Promise<(...args: unknown[]) => unknown> {
  return (await import(pathToFileURL(join(root, '.github/scripts', file)).href))[name];
}

/** A run and its artifacts, each with its name, its id and whether it has expired. */
type Listed = readonly [id: number, artifacts: string, event?: string, repository?: number];

/** A GitHub that has those runs, the newest first; of artifacts those with "!" have expired. */
function gitHubOf(runs: readonly Listed[], asked: object[]) {
  const artifactsOf = (of: number) =>
    (runs.find(([id]) => id === of)?.[1] ?? '')
      .split(' ')
      .map((name, id) => ({ id, name: name.replace('!', ''), expired: name.endsWith('!') }));
  const workflow_runs = runs.map(([id, , event = 'schedule', repository = ours]) => ({
    id,
    event,
    head_repository: { id: repository },
  }));
  const actions = {
    listWorkflowRuns: async (query: object) => {
      asked.push(query);
      return { data: { workflow_runs } };
    },
    listWorkflowRunArtifacts: async ({ run_id }: { run_id: number }) => ({
      data: { artifacts: artifactsOf(run_id) },
    }),
  };
  const repository = { id: ours, default_branch: 'main' };
  return { rest: { repos: { get: async () => ({ data: repository }) }, actions } };
}

// biome-ignore format: a row a line
const states: readonly (readonly [string, Listed[], object | undefined])[] = [
  ['nothing was ever left', [], undefined],
  ['the newest run left one', [[9, 'state-9-1'], [8, 'state-8-1']], { run: 9, name: 'state-9-1' }],
  ['the newest run was lost with its machine', [[9, ''], [8, 'contract-report-1 state-8-1']], { run: 8, name: 'state-8-1' }],
  ['the newest one has expired', [[9, 'state-9-1!'], [8, 'state-8-1']], { run: 8, name: 'state-8-1' }],
  ['an earlier attempt of this run left one', [[9, 'state-9-1 state-9-2']], { run: 9, name: 'state-9-2' }],
  ['a pull request left one', [[9, 'state-9-1', 'pull_request']], undefined],
  ['a fork left one', [[9, 'state-9-1', 'workflow_dispatch', 8]], undefined],
];
for (const [what, runs, expected] of states)
  test(`the newest state, where ${what}`, async () => {
    const newestState = await script('newest-state.mjs', 'newestState');
    const asked: object[] = [];
    expect(await newestState(gitHubOf(runs, asked), at, 'nightly.yml')).toEqual(expected);
    expect(asked).toMatchObject([{ workflow_id: 'nightly.yml', branch: 'main' }]);
  });

const finding = {
  requirement: 'create-status',
  kind: 'fails',
  where: ' on /me',
  wrong: 'it answers <204> @all',
  received: '204',
};
const status = 'FAILED: create-status on /me';
const failed = { word: 'FAILED', status, target: 't', run: 'r1', findings: [finding] };
const passed = { ...failed, word: 'PASSED', status: 'PASSED: all conform', findings: [] };

test('one issue is opened, commented on where what fails changes, and closed', async () => {
  const follow = await script('follow.mjs', 'follow');
  const all: { title: string; body: string; state: string; number: number }[] = [];
  const comments: string[] = [];
  const issues = {
    listForRepo: async () => ({ data: all.filter(({ state }) => state === 'open') }),
    create: async ({ title, body }: { title: string; body: string }) =>
      all.push({ title, body, state: 'open', number: all.length }),
    update: async ({ issue_number, ...change }: { issue_number: number }) =>
      Object.assign(all[issue_number] ?? {}, change),
    createComment: async ({ body }: { body: string }) => comments.push(body),
  };
  const after = (report: object) => follow({ rest: { issues } }, at, report, 'https://run');
  const left: Pick<CleanUp, 'left'> = {
    left: [{ text: 'pair-01', why: 'nothing was answered', failing: true }],
  };
  // biome-ignore format: a row a line
  const reports: [object, string][] = [
    [passed, 'nothing to do'], [failed, 'opened'],
    [{ ...failed, run: 'r2' }, 'nothing new'],
    [{ ...failed, findings: [{ ...finding, received: '500' }] }, 'commented'],
    [{ ...failed, cleanUp: left }, 'commented'],
    [{ ...passed, word: 'INCONCLUSIVE' }, 'nothing to do'],
    [{ ...failed, target: 'another' }, 'opened'],
    [passed, 'closed'],
  ];
  for (const [report, done] of reports) expect(await after(report)).toBe(done);
  expect(all[0]?.body).toContain('left in the tenant: pair-01 (nothing was answered)');
  expect(comments[0]).toContain('- create-status on /me: it answers &#60;204&#62; &#64;all');
  expect(all.map(({ state }) => state)).toEqual(['closed', 'open']);
  expect(await after(failed)).toBe('opened');
});
