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
const { createServer } = require('node:http');
const [port, status] = process.argv.slice(2).map(Number);
const server = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk) => (body += chunk)).on('end', () => {
    const { id = 'mine-' + Math.random(), deletedDateTime } = sent(body);
    response.writeHead(status, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify({ '@odata.type': '#microsoft.graph.directoryObject', id, deletedDateTime }));
  });
});
function sent(body) { try { return Object(JSON.parse(body)); } catch { return {}; } }
server.listen(port, '127.0.0.1');
`;

/** Whether the job of mocks.yml that uses the action is content with what it hands over. */
function isContent({ summary = '', report = '' }: Readonly<Record<string, string>>): boolean {
  const { run = '' } = commandsOf('.github/workflows/mocks.yml').at(-1) ?? {};
  const env = { ...process.env, SUMMARY: summary, REPORT: report };
  return spawnSync('bash', ['-e', '-c', run], { env }).status === 0;
}

/** Uses the action beside it, as a job does that starts it in the background: here not before it is waited for. */
async function usedBeside(status: number, inputs: Record<string, string>) {
  const port = String(await unusedPort());
  const folder = emptyFolder();
  writeFileSync(join(folder, 'mock.cjs'), foreign);
  let mock: Started<Ended> | undefined;
  const workspace = emptyFolder();
  const all = { 'base-url': `http://127.0.0.1:${port}/v1.0`, token, ...inputs };
  const ended = await uses(all, workspace, (output) => {
    if (!output.includes(`waiting  for 127.0.0.1:${port}`)) return;
    mock ??= start(process.execPath, ['mock.cjs', port, String(status)], folder);
  });
  mock?.kill();
  return { ...ended, workspace };
}

test('the action judges a mock of another repository that is still starting', async () => {
  const { code, output, outputs, jobSummary, workspace } = await usedBeside(201, {
    user: 'somebody@contoso.invalid',
    levels: 'stated,shown',
  });
  expect(code, output).toBe(0);
  expect(output).toContain('waiting  for 127.0.0.1:');
  expect(outputs.summary).toMatch(/^PASSED: \d+ of \d+ requirements checked: all conform$/);
  expect(outputs.report).toBe(`${workspace}/contract-report/partial/stated-shown`);
  expect(isContent(outputs)).toBe(true);
  expect(jobSummary).toContain('the first run');
  expect(leaksIn(workspace, [token])).toEqual([]);
});

test('the action fails where the mock does, and still hands over report and summary', async () => {
  const { code, outputs, jobSummary } = await usedBeside(200, { levels: 'stated' });
  expect(code).toBe(1);
  expect(isContent(outputs)).toBe(false);
  // Whoever reads them by a program finds every field explained.
  const fields = readFileSync(join(root, 'docs/fields.md'), 'utf8');
  for (const file of ['report.json', 'history.jsonl']) {
    const [line = ''] = readFileSync(join(String(outputs.report), file), 'utf8').split(/\n(?=\{)/);
    for (const name of Object.keys(JSON.parse(line))) expect(fields).toContain(`\`${name}\``);
  }
  expect(outputs.summary).toMatch(/^FAILED: create-status on \/me: expected 201, received 200/);
  // Without a user only /me is judged.
  expect(jobSummary).toContain('1. create-status on /me: expected 201, received 200');
});

test('the action says so where nothing could be judged', async () => {
  const { code, outputs } = await uses(
    { 'base-url': `http://127.0.0.1:${await unusedPort()}/v1.0`, token, 'wait-seconds': '1' },
    emptyFolder(),
  );
  expect(code).toBe(3);
  expect(outputs.summary).toMatch(/^INCONCLUSIVE: GRAPH_BASE_URL names .*is the target started\?/);
});

test('the action asks a mock that is not on this machine only where it is declared', async () => {
  const inputs = { 'base-url': 'http://graph-mock:8080/v1.0', token, 'mock-host': 'other:8080' };
  const { code, output, outputs } = await uses(inputs, emptyFolder());
  expect(code).toBe(2);
  expect(output).toContain('GRAPH_MOCK_HOST and GRAPH_BASE_URL name different hosts');
  expect(outputs.summary).toBe('The suite did not run: its log says why.');
});

test('the action installs the suite and nothing else before it judges', () => {
  expect(action.runs.steps.map(({ run }) => run.split('\n')[0])).toEqual([
    'npm ci --no-audit --no-fund',
    expect.stringContaining('GRAPH_USER_ID'),
  ]);
});
