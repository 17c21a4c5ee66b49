import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from '@playwright/test';
import type { CleanUp } from '../../../schemas/files/clean-up.ts';
import { root } from '../support/run.ts';
import states from './states.json' with { type: 'json' };

const at = { owner: 'o', repo: 'r' };
const ours = 7;

/** A function of the workflows, which run it by actions/github-script. */
async function script(file: string, name: string): Promise<(...args: unknown[]) => unknown> {
  return (await import(pathToFileURL(join(root, '.github/scripts', file)).href))[name];
}

/** A run with the artifacts that it left. */
interface Left {
  readonly id: number;
  readonly left: readonly string[];
  readonly expired?: boolean;
  readonly event?: string;
  readonly repository?: number;
}
const table: Readonly<Record<string, { runs: readonly Left[]; found?: object }>> = states;

/** A GitHub that has those runs, the newest first. */
function gitHubOf(runs: readonly Left[], asked: object[]) {
  const workflow_runs = runs.map(({ id, event = 'schedule', repository = ours }) => {
    return { id, event, head_repository: { id: repository } };
  });
  const actions = {
    listWorkflowRuns: async (query: object) => {
      asked.push(query);
      return { data: { workflow_runs } };
    },
    listWorkflowRunArtifacts: async ({ run_id }: { run_id: number }) => {
      const { left = [], expired = false } = runs.find(({ id }) => id === run_id) ?? {};
      return { data: { artifacts: left.map((name, id) => ({ id, name, expired })) } };
    },
  };
  const repository = { id: ours, default_branch: 'main' };
  return { rest: { repos: { get: async () => ({ data: repository }) }, actions } };
}

for (const [what, { runs, found }] of Object.entries(table))
  test(`the newest state, where ${what}`, async () => {
    const newestState = await script('newest-state.mjs', 'newestState');
    const asked: object[] = [];
    expect(await newestState(gitHubOf(runs, asked), at, 'nightly.yml')).toEqual(found);
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
  expect(comments[0]).toContain('- create-status on /me: it answers &#60;204&#62; @&#8203;all');
  expect(all.map(({ state }) => state)).toEqual(['closed', 'open']);
  expect(await after(failed)).toBe('opened');
});
