import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { variables } from '../../../fixtures/configuration/table.ts';
import { root } from '../support/run.ts';
import { commandsOf, files } from './files.ts';

const { scripts }: { readonly scripts: Record<string, string> } = JSON.parse(
  readFileSync(join(root, 'package.json'), 'utf8'),
);
/** The variables that a text names and nobody reads. */
function unknownIn(text: string): string[] {
  const named = text.matchAll(/\b(?:GRAPH|CONTRACT|AZURE)_[A-Z_]+\b/g);
  return [...named].flatMap(([name]) => (name in variables ? [] : [name]));
}
const nightly = ['.github/workflows/nightly.yml', 'azure-pipelines/nightly.yml'] as const;
const platform: readonly string[] = ['SYSTEM_ACCESSTOKEN'];

test('documents name no variable that nobody reads', () => {
  for (const file of [
    'README.md',
    ...readdirSync(join(root, 'docs')).map((name) => `docs/${name}`),
  ])
    if (file.endsWith('.md')) expect(unknownIn(readFileSync(join(root, file), 'utf8'))).toEqual([]);
});

for (const [file, parsed] of files) {
  const text = readFileSync(join(root, file), 'utf8');

  test(`${file} runs what there is`, () => {
    expect(commandsOf(file).length).toBeGreaterThan(1);
    for (const { run } of commandsOf(file)) {
      const { status, stderr } = spawnSync('bash', ['-n'], { input: run, encoding: 'utf8' });
      expect(status, stderr).toBe(0);
      for (const [, name = ''] of run.matchAll(/npm (?:run(?: --silent)? )([\w-]+)/g))
        expect(Object.keys(scripts)).toContain(name);
    }
    for (const [path] of text.matchAll(
      /(?<=[\s/])(node_modules|\.github|mocks|docs)\/[\w@/.-]+\.(js|mjs|md)/g,
    ))
      expect(existsSync(join(root, path)), path).toBe(true);
  });

  test(`${file} names no variable that nobody reads`, () => {
    expect(unknownIn(text)).toEqual([]);
  });

  test(`${file} holds no secret and no right that it does not need`, () => {
    expect(text).not.toMatch(/permissions:\s*write-all|pull_request_target/);
    const steps = JSON.stringify(parsed);
    // What a job may do is said in it, and nothing checked out keeps the job's token.
    if (steps.includes('actions/checkout')) expect(steps).toContain('"persist-credentials":false');
    if (file.startsWith('.github')) expect(parsed?.permissions).toEqual({ contents: 'read' });
  });
}

for (const file of nightly)
  test(`${file} starts the suite as the step's own process, and always sweeps behind it`, () => {
    const commands = commandsOf(file);
    const at = commands.findIndex(({ run }) => run.includes('cli.js'));
    expect(commands[at]?.run).toBe('exec node node_modules/@playwright/test/cli.js test');
    expect(commands[at + 1]).toMatchObject({ run: 'npm run sweep', isAlways: true });
    // Who may undo what a run created is who may create it.
    expect(commands[at + 1]?.env).toEqual(commands[at]?.env);
    for (const name of Object.keys(commands[at]?.env ?? {}))
      expect([...Object.keys(variables), ...platform]).toContain(name);
    const ask = commands.find(({ run }) => run === 'npm run acknowledge');
    expect(commands.indexOf(ask ?? { run: '', env: {}, isAlways: true })).toBeLessThan(at);
    expect(ask).toMatchObject({ isAlways: false });
  });

test('what a night leaves has another name for each attempt, on both platforms', () => {
  const [gitHub, azure] = nightly.map((file) => readFileSync(join(root, file), 'utf8'));
  expect(gitHub?.match(/name: (state|contract-report)-.*github\.run_attempt/g)).toHaveLength(3);
  expect(azure?.match(/artifact: (state|contract-report)-\$\(System\.JobAttempt\)/g)).toHaveLength(
    2,
  );
});

test('the newest state of the pipeline is put back, that of an earlier attempt last', async () => {
  const { run = '' } =
    commandsOf('azure-pipelines/nightly.yml').find(({ run: each }) => each.includes('sort -V')) ??
    {};
  const script = `
    cd "$(mktemp -d)"; export PIPELINE_WORKSPACE=$PWD/w
    mkdir -p w/earlier/state-2/journal w/earlier/state-10/journal
    echo old > w/earlier/state-2/history.jsonl; echo new > w/earlier/state-10/history.jsonl
    echo kept > w/earlier/state-10/journal/a
    ${run}
    cat contract-report/history.jsonl contract-report/journal/a
    mkdir -p w/attempts/state-1; echo attempt > w/attempts/state-1/history.jsonl
    ${run}
    cat contract-report/history.jsonl contract-report/journal/a`;
  const { stdout, stderr } = spawnSync('bash', ['-e', '-c', script], { encoding: 'utf8' });
  expect(stdout, stderr).toBe('new\nkept\nattempt\nkept\n');
});

test("a stored sign-in reaches the run as a file that is its owner's alone", () => {
  const { run = '' } = commandsOf(nightly[0]).find(({ run: each }) => each.includes('umask')) ?? {};
  const script = `export RUNNER_TEMP=$(mktemp -d); export GITHUB_ENV=$RUNNER_TEMP/env
    ( ${run} ); . "$GITHUB_ENV"; stat -c %a "$GRAPH_STORED_SIGN_IN"; cat "$GRAPH_STORED_SIGN_IN"`;
  const env = { ...process.env, STORED_SIGN_IN: '{"Account": {}}' };
  const { stdout, stderr } = spawnSync('bash', ['-e', '-c', script], { encoding: 'utf8', env });
  expect(stdout, stderr).toBe('600\n{"Account": {}}');
});
