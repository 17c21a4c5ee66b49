import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import manifest from '../../../package.json' with { type: 'json' };
import { type CommandLine, readCommandLine } from '../../setup/command-line.ts';
import { complaintOf, expectOneSentence, live, secret } from '../support/configuration-error.ts';
import { start } from '../support/process.ts';
import { contract, emptyFolder, playwright, root } from '../support/run.ts';

// biome-ignore format: a few a line
const refused = ['--output', '--reporter', '--ui', '--ui-host', '--ui-port', '--debug', '--repeat-each', '--retries',
  '--pass-with-no-tests'];

test('of all options of Playwright only those that break something are refused, each with one sentence; and a test file, behind one without a value, too', async () => {
  const { output } = await playwright(['test', '--help'], emptyFolder());
  const help = output.matchAll(/^ {2}(?:-\w, )?(--[a-z-]+|-x)( [<[])?/gm);
  const takesValue = new Map([...help].map(([, name = '', value]) => [name, value !== undefined]));
  const options = [...takesValue.keys()];
  expect(options.length).toBeGreaterThan(35);
  for (const option of options) {
    const read = () => readCommandLine([option, option === '--project' ? 'contract' : '1'], false);
    if (refused.includes(option))
      expectOneSentence(complaintOf(read), `${option} is not for this suite: `);
    else if (takesValue.get(option)) expect(read().project, option).toBe('contract');
    else expectOneSentence(complaintOf(read), 'An argument without an option before it ');
  }
  expect(refused.filter((option) => !options.includes(option))).toEqual([]);
});

test('a part of a tenant is no shard', () => {
  const said = complaintOf(() => readCommandLine(['--shard=1/2'], true));
  expectOneSentence(said, '--shard is not for a tenant: ');
});

// biome-ignore format: a row a line
const read: readonly (readonly [args: string, asked: Partial<CommandLine>])[] = [
  ['', { project: 'contract', grep: undefined, isSelection: false, isList: false }],
  ['-gx', { grep: 'x', isSelection: true }],
  ['--grep y --grep x', { grep: 'x', isSelection: true }],
  ['-Gy -g x', { grep: 'x', grepInvert: 'y', isSelection: true }],
  ['-G x', { grep: undefined, grepInvert: 'x', isSelection: true }],
  ['--last-failed', { isSelection: true }],
  ['--shard=1/2', { isSelection: true }],
  ['--list', { isList: true }],
  ['--workers 2 --trace on --add-reporter dot --no-deps', { isSelection: false, isRejudged: true }],
  ['--project replay -- --output', { project: 'replay' }],
];
for (const [args, asked] of read)
  test(`${args || 'nothing'} is read as Playwright reads it`, () => {
    expect(readCommandLine(args.split(' '), false)).toMatchObject(asked);
  });

for (const args of [
  'location',
  '--no-deps location',
  '--project=replay location',
  '-gx location',
  '-g x location',
  '-- location',
])
  test(`${args} names a test file, which is refused`, () => {
    const said = complaintOf(() => readCommandLine(args.split(' '), false));
    expectOneSentence(said, 'An argument without an option before it names a test file: ');
  });

test('one project is chosen, of those that there are', () => {
  for (const args of [['--project=nope'], ['--project=contract', '--project=replay']]) {
    const said = complaintOf(() => readCommandLine(args, false));
    expect(said).toBe('--project: expected one of contract, replay.');
  }
});

test('another Playwright than that of the suite is refused', async () => {
  const folder = emptyFolder();
  const cli = join(folder, 'cli.cjs');
  writeFileSync(cli, `require(${JSON.stringify(join(root, 'node_modules/playwright/cli.js'))});`);
  const { code, output } = await start(process.execPath, [cli, 'test', '--config', root], folder);
  expect(code, output).toBe(2);
  expectOneSentence(output.trim(), 'Another Playwright than that of this suite was started: ');
});

test('below a folder called node_modules the suite is not installed', () => {
  const cwd = join(emptyFolder(), 'node_modules/suite');
  mkdirSync(cwd, { recursive: true });
  const install = (cwd: string) =>
    spawnSync(manifest.scripts.preinstall, { cwd, shell: true, encoding: 'utf8' });
  const { stderr, status } = install(cwd);
  expectOneSentence(stderr.trim(), 'This suite does not run below a folder called ');
  expect([status, install(root).status]).toEqual([2, 0]);
});

const CONTRACT_RECORDING = join(emptyFolder(), 'garbage.jsonl');
writeFileSync(CONTRACT_RECORDING, 'garbage\n');
const env = { GRAPH_ACCESS_TOKEN: secret };
// TEST_WORKER_INDEX, which only Playwright sets, turns no check off.
// biome-ignore format: a row a line
const runs: readonly (readonly [env: Record<string, string>, args: readonly string[], begins: string])[] = [
  [{}, ['--output', '.'], '--output is not for this suite: '],
  [{}, ['location'], 'An argument without an option before it names a test file: expected options behind --, as in npm run contract -- --grep location.'],
  [{ TEST_WORKER_INDEX: '0', CONTRACT_SAMPLES: '1' }, ['--grep', 'craete-status'], '--grep finds no requirement that CONTRACT_LEVELS and CONTRACT_ROUTES leave: did you mean create-status?'],
  [{ ...env, NODE_DEBUG: 'http,CHILD_process' }, [], 'GRAPH_BASE_URL is missing: '],
  [{ ...live, NODE_DEBUG: 'c*s' }, [], 'NODE_DEBUG names child_process'],
  [{ ...live, HTTPS_PROXY: 'http://me:canary@proxy.invalid:port' }, [], 'HTTPS_PROXY is not the URL of a proxy: '],
  [{ CONTRACT_RECORDING }, ['--project=replay'], `${CONTRACT_RECORDING}:1 is not JSON: expected a recording that this suite wrote.`],
  [{ CONTRACT_RECORDING }, ['--project=contract', '--no-deps'], `${CONTRACT_RECORDING}:1 is not JSON: expected a recording that this suite wrote.`],
];
for (const [env, args, begins] of runs)
  test(`a run of ${JSON.stringify([Object.keys(env), args])} says only why it is refused, and writes nothing`, async () => {
    const { code, output, folder } = await contract(env, args);
    expectOneSentence(output.trim(), begins);
    expect([code, readdirSync(folder)]).toEqual([2, []]);
  });
