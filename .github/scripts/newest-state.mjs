/**
 * What the last night left: the newest artifact "state-…" of a workflow's runs on the default branch that
 * has not expired, those of the run itself included (another attempt may have left one). A run of a pull
 * request, and one of a fork, is not asked. `github`: an Octokit of actions/github-script.
 * Out: the id of the run and the name of the artifact, undefined where there is none.
 */
export async function newestState(github, { owner, repo }, workflow_id) {
  const { actions, repos } = github.rest;
  const { data: repository } = await repos.get({ owner, repo });
  const { data } = await actions.listWorkflowRuns({
    owner,
    repo,
    workflow_id,
    branch: repository.default_branch,
    per_page: 50,
  });
  for (const { id: run_id, event, head_repository: head } of data.workflow_runs) {
    if (event.startsWith('pull_request') || head.id !== repository.id) continue;
    const { data: of } = await actions.listWorkflowRunArtifacts({
      owner,
      repo,
      run_id,
      per_page: 100,
    });
    const [newest] = of.artifacts
      .filter(({ name, expired }) => name.startsWith('state-') && !expired)
      .toSorted((a, b) => b.id - a.id);
    if (newest !== undefined) return { run: run_id, name: newest.name };
  }
  return undefined;
}
