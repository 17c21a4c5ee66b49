import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from '@playwright/test';
import { root } from '../support/run.ts';

type Repository = { readonly owner: string; readonly repo: string };

/** A script of the workflows, which run it by actions/github-script. */
async function script<T>(name: string): Promise<T> {
  return import(pathToFileURL(join(root, '.github/scripts', `${name}.mjs`)).href);
}

const at: Repository = { owner: 'o', repo: 'r' };
const ours = { id: 7, default_branch: 'main' };

interface ListedRun {
  readonly id: number;
  readonly event: string;
  readonly head_repository: { readonly id: number };
}

/** A GitHub that has those runs, the newest first, with those artifacts. */
function gitHubOf(runs: readonly (readonly [ListedRun, readonly [string, number, boolean][]])[]) {
  const asked: unknown[] = [];
  const artifacts = new Map(runs.map(([{ id }, list]) => [id, list]));
  const rest = {
    repos: { get: async () => ({ data: ours }) },
    actions: {
      listWorkflowRuns: async (query: object) => {
        asked.push(query);
        return { data: { workflow_runs: runs.map(([run]) => run) } };
      },
      listWorkflowRunArtifacts: async ({ run_id }: { run_id: number }) => ({
        data: {
          artifacts: (artifacts.get(run_id) ?? []).map(([name, id, expired]) => ({
            name,
            id,
            expired,
          })),
        },
      }),
    },
  };
  return { rest, asked };
}

const run = (id: number, event = 'schedule', repository = ours.id): ListedRun => ({
  id,
  event,
  head_repository: { id: repository },
});

// biome-ignore format: a row a line
const states: readonly (readonly [string, Parameters<typeof gitHubOf>[0], object | undefined])[] = [
  ['nothing was ever left', [], undefined],
  ['the newest run left one', [[run(9), [['state-9-1', 1, false]]], [run(8), [['state-8-1', 0, false]]]], { run: 9, name: 'state-9-1' }],
  ['the newest run was lost with its machine', [[run(9), []], [run(8), [['contract-report-1', 1, false], ['state-8-1', 0, false]]]], { run: 8, name: 'state-8-1' }],
  ['the newest one has expired', [[run(9), [['state-9-1', 1, true]]], [run(8), [['state-8-1', 0, false]]]], { run: 8, name: 'state-8-1' }],
  ['an earlier attempt of this run left one', [[run(9), [['state-9-1', 1, false], ['state-9-2', 2, false]]]], { run: 9, name: 'state-9-2' }],
  ['a pull request left one', [[run(9, 'pull_request'), [['state-9-1', 1, false]]]], undefined],
  ['a fork left one', [[run(9, 'workflow_dispatch', 8), [['state-9-1', 1, false]]]], undefined],
];
for (const [what, runs, expected] of states)
  test(`the newest state, where ${what}`, async () => {
    const { newestState } = await script<{
      newestState: (
        github: object,
        at: Repository,
        workflow: string,
      ) => Promise<object | undefined>;
    }>('newest-state');
    const gitHub = gitHubOf(runs);
    expect(await newestState(gitHub, at, 'nightly.yml')).toEqual(expected);
    expect(gitHub.asked).toEqual([
      expect.objectContaining({ workflow_id: 'nightly.yml', branch: 'main' }),
    ]);
  });

const finding = {
  requirement: 'create-status',
  kind: 'fails',
  where: ' on /me',
  wrong: 'it answers <204> @all',
  received: '204',
};
const failed = {
  word: 'FAILED',
  status: 'FAILED: create-status on /me',
  target: 't',
  run: 'r1',
  findings: [finding],
};
const passed = { ...failed, word: 'PASSED', status: 'PASSED: all conform', findings: [] };

test('one issue is opened, commented on where what fails changes, and closed', async () => {
  const { follow } = await script<{
    follow: (github: object, at: Repository, report: object, url: string) => Promise<string>;
  }>('follow');
  const issues: { title: string; body: string; state: string }[] = [];
  const comments: string[] = [];
  const rest = {
    issues: {
      listForRepo: async () => ({
        data: issues.flatMap((each, i) => (each.state === 'open' ? [{ ...each, number: i }] : [])),
      }),
      create: async ({ title, body }: { title: string; body: string }) =>
        issues.push({ title, body, state: 'open' }),
      update: async ({ issue_number, ...change }: { issue_number: number }) =>
        Object.assign(issues[issue_number] ?? {}, change),
      createComment: async ({ body }: { body: string }) => comments.push(body),
    },
  };
  const after = (report: object) => follow({ rest }, at, report, 'https://run');
  const left = { left: [{ route: 'me', why: 'nothing was answered' }] };
  expect(await after(passed)).toBe('nothing to do');
  expect(await after(failed)).toBe('opened');
  expect(issues[0]?.body).toContain('- create-status on /me: it answers &#60;204&#62; &#64;all');
  expect(await after({ ...failed, run: 'r2' })).toBe('nothing new');
  expect(await after({ ...failed, findings: [{ ...finding, received: '500' }] })).toBe('commented');
  expect(await after({ ...failed, cleanUp: left })).toBe('commented');
  expect(comments.at(-1)).toContain('a reference is left on me: nothing was answered');
  expect(await after({ ...passed, word: 'INCONCLUSIVE' })).toBe('nothing to do');
  expect(await after({ ...failed, target: 'another' })).toBe('opened');
  expect(await after(passed)).toBe('closed');
  expect(issues.map(({ state }) => state)).toEqual(['closed', 'open']);
  expect(await after(failed)).toBe('opened');
});
