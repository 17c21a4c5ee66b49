import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { action, uses } from '../support/composite-action.ts';
import { leaksIn } from '../support/leaks.ts';
import { type Ended, type Started, start } from '../support/process.ts';
import { emptyFolder, root } from '../support/run.ts';
import { unusedPort } from '../support/unused-port.ts';
import { commandsOf } from '../workflows/files.ts';

const token = 'canary-token-of-another-repository-0815';

/** A mock that lives in a folder of its own and knows nothing of this repository. */
const foreign = `
const [port, status] = process.argv.slice(2).map(Number);
const sent = (body) => { try { return JSON.parse(body); } catch { return null; } };
require('node:http').createServer((request, response) => {
  let body = '';
  request.on('data', (chunk) => (body += chunk)).on('end', () => {
    const object = sent(body);
    response.writeHead(object ? status : 400, { 'Content-Type': 'application/json' });
    const { id, deletedDateTime } = Object(object);
    const type = { '@odata.type': '#microsoft.graph.directoryObject' };
    response.end(JSON.stringify({ ...type, id: id || 'mine-' + Math.random(), deletedDateTime }));
  });
}).listen(port, '127.0.0.1');
`;

function isContent({ summary = '', report = '' }: Readonly<Record<string, string>>): boolean {
  const { run = '' } = commandsOf('.github/workflows/mocks.yml').at(-1) ?? {};
  const env = { ...process.env, SUMMARY: summary, REPORT: report };
  return spawnSync('bash', ['-e', '-c', run], { env }).status === 0;
}

/** Uses the action beside it, as a job does that starts it in the background: here not before it is waited for. */
async function usedBeside(status: number, inputs: Record<string, string>) {
  const port = String(await unusedPort());
  const [folder, workspace] = [emptyFolder(), emptyFolder()];
  writeFileSync(join(folder, 'mock.cjs'), foreign);
  let mock: Started<Ended> | undefined;
  const all = { 'base-url': `http://127.0.0.1:${port}/v1.0`, token, ...inputs };
  const ended = await uses(all, workspace, (output) => {
    if (output.includes(`waiting  for 127.0.0.1:${port}`))
      mock ??= start(process.execPath, ['mock.cjs', port, String(status)], folder);
  });
  mock?.kill();
  return { ...ended, workspace };
}

test('the action judges a mock of another repository that is still starting', async () => {
  const inputs = { user: 'somebody@contoso.invalid', levels: 'stated,shown' };
  const { code, output, outputs, jobSummary, workspace } = await usedBeside(201, inputs);
  expect(code, output).toBe(0);
  expect(outputs.summary).toMatch(/^PASSED: \d+ of \d+ requirements checked: all conform$/);
  expect(outputs.report).toBe(`${workspace}/contract-report/partial/stated-shown`);
  expect([isContent(outputs), leaksIn(workspace, [token])]).toEqual([true, []]);
  expect(jobSummary).toContain('the first run');
});

test('the action fails where the mock does, and still hands over report and summary', async () => {
  const { code, outputs, jobSummary } = await usedBeside(200, { levels: 'stated' });
  expect([code, isContent(outputs)]).toEqual([1, false]);
  // Whoever reads them by a program finds every field explained.
  const fields = readFileSync(join(root, 'docs/fields.md'), 'utf8');
  for (const file of ['report.json', 'history.jsonl']) {
    const [line = ''] = readFileSync(join(String(outputs.report), file), 'utf8').split(/\n(?=\{)/);
    for (const name of Object.keys(JSON.parse(line))) expect(fields).toContain(`\`${name}\``);
  }
  const sentence = 'create-status on /me: expected 201, received 200';
  expect(outputs.summary).toMatch(new RegExp(`^FAILED: ${sentence}`));
  expect(jobSummary).toContain(`1. ${sentence}`);
});

// biome-ignore format: a row a line
const unjudged: readonly (readonly [what: string, inputs: Record<string, string>, code: number, summary: RegExp, said?: string])[] = [
  ['nothing could be judged', { 'wait-seconds': '1' }, 3, /^INCONCLUSIVE: GRAPH_BASE_URL names .*is the target started\?/],
  ['a mock that is not on this machine is not declared', { 'base-url': 'http://graph-mock:8080/v1.0', 'mock-host': 'other:8080' }, 2, /^The suite did not run: its log says why\.$/, 'GRAPH_MOCK_HOST and GRAPH_BASE_URL name different hosts'],
];
for (const [what, inputs, code, summary, said = ''] of unjudged)
  test(`the action says so where ${what}`, async () => {
    const url = `http://127.0.0.1:${await unusedPort()}/v1.0`;
    const ended = await uses({ 'base-url': url, token, ...inputs }, emptyFolder());
    expect(ended).toMatchObject({ code, output: expect.stringContaining(said) });
    expect(ended.outputs.summary).toMatch(summary);
  });

test('the action installs the suite and nothing else before it judges', () => {
  expect(action.runs.steps.map(({ run }) => run.split('\n')[0])).toEqual([
    'npm ci --no-audit --no-fund',
    expect.stringContaining('GRAPH_USER_ID'),
  ]);
});
