const marker = /<!-- contract (.*) -->/;

/**
 * Keeps one issue about a target, from its report alone: opened when a run fails, commented on when what
 * fails changes, closed when a run passes. A run that could not judge everything changes nothing.
 * `github`: an Octokit of actions/github-script; `report`: contract-report/report.json; `url`: of the run.
 * Out: what was done.
 */
export async function follow(github, { owner, repo }, report, url) {
  const { issues } = github.rest;
  const { word, status, target } = report;
  const title = `The contract of ${target} is broken`;
  const { data: open } = await issues.listForRepo({
    owner,
    repo,
    creator: 'github-actions[bot]',
    state: 'open',
    per_page: 100,
  });
  const issue = open.find((each) => each.title === title);
  const at = { owner, repo, issue_number: issue?.number };
  if (word === 'FAILED') {
    const body = bodyOf(report, url);
    if (issue === undefined) {
      await issues.create({ owner, repo, title, body });
      return 'opened';
    }
    if (marker.exec(issue.body)?.[1] === marker.exec(body)?.[1]) return 'nothing new';
    await issues.createComment({ ...at, body });
    await issues.update({ ...at, body });
    return 'commented';
  }
  if (word !== 'PASSED' || issue === undefined) return 'nothing to do';
  await issues.createComment({ ...at, body: `${quoted(status)} ([run](${url}))` });
  await issues.update({ ...at, state: 'closed' });
  return 'closed';
}

function bodyOf({ status, findings, cleanUp, run }, url) {
  const failing = findings.filter(({ kind }) => kind === 'fails');
  const left = cleanUp?.left ?? [];
  const lines = [
    ...failing.map(({ requirement, where, wrong }) => `- ${requirement}${where}: ${wrong}`),
    ...left.map(({ text, why }) => `- left in the tenant: ${text} (${why})`),
  ];
  const state = failing.map(({ requirement, received }) => [requirement, received]);
  const encoded = Buffer.from(JSON.stringify([state, left.length])).toString('base64');
  return `${quoted(status)}\n\n${lines.map(quoted).join('\n')}\n\n[Run ${run}](${url})\n\n<!-- contract ${encoded} -->`;
}

/** A target's own text is shown as it is, and mentions nobody. */
function quoted(text) {
  const inert = text.replaceAll(/[<>&`|\\[\]]|:(?=\/\/)/g, (c) => `&#${c.codePointAt(0)};`);
  // GitHub looks for names and numbers where entities are read already: a blank of no width stops it.
  return inert.replaceAll(/@|(?<!&)#/g, '$&&#8203;');
}
