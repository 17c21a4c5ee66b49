import { readdirSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { readCommandLine } from '../../setup/command-line.ts';
import { complaintOf, expectOneSentence } from '../support/configuration-error.ts';
import { startMock } from '../support/mock.ts';
import { contract, emptyFolder, playwright, pointedAt } from '../support/run.ts';

/** What each option of Playwright that works here is given. */
const works: Readonly<Record<string, readonly string[]>> = {
  '--add-reporter': ['--add-reporter', 'dot'],
  '--config': ['--config', 'playwright.config.ts'],
  '--fail-on-flaky-tests': ['--fail-on-flaky-tests'],
  '--forbid-only': ['--forbid-only'],
  '--fully-parallel': ['--fully-parallel'],
  '--global-timeout': ['--global-timeout', '60000'],
  '--grep': ['--grep', 'create-status'],
  '--grep-invert': ['--grep-invert', 'create-status'],
  '--help': ['--help'],
  '--list': ['--list'],
  '--no-deps': ['--no-deps'],
  '--project': ['--project', 'contract'],
  '--quiet': ['--quiet'],
  '--reporter': ['--reporter', 'list'],
  '--trace': ['--trace', 'on'],
  '--tsconfig': ['--tsconfig', 'tsconfig.json'],
  '--workers': ['--workers', '2'],
};

test('every option of Playwright works or is refused with one sentence', async () => {
  const { output } = await playwright(['test', '--help'], emptyFolder());
  const options = [...output.matchAll(/^ {2}(?:-\w, )?(--?[a-z-]+)/gm)].map(
    ([, name = '']) => name,
  );
  expect(options.length).toBeGreaterThan(40);
  for (const option of options) {
    const args = works[option];
    if (args !== undefined) {
      expect(readCommandLine(args).project, option).toBe('contract');
      continue;
    }
    const said = complaintOf(() => readCommandLine([option, '1']));
    expectOneSentence(said);
    expect(said).toMatch(new RegExp(`^${option} is not for this suite: \\S`));
  }
});

test('short options and values that are given with "=" are read as Playwright reads them', () => {
  for (const args of [['-gx'], ['-g', 'x'], ['--grep=x'], ['-Gy', '-g', 'x'], ['-j', '2', '-gx']])
    expect(readCommandLine(args)).toMatchObject({ grep: 'x', isNarrowed: true });
  expect(readCommandLine(['-G', 'x']).isNarrowed).toBe(true);
  expect(complaintOf(() => readCommandLine(['-u']))).toMatch(/^-u is not for this suite/);
});

const projects: readonly (readonly [args: readonly string[], project: string | RegExp])[] = [
  [['--project=replay'], 'replay'],
  [['--project', 'replay', '--', 'ignored'], 'replay'],
  [['--project', 'contract', 'contract'], 'contract'],
  [['--project', 'contract', 'cleanup'], /^--project is "contract cleanup": expected one of /],
  [
    ['--project=nope'],
    /^--project is "nope": expected one of contract, cleanup, preflight, replay\.$/,
  ],
  [['--project=c*'], /^--project is "c\*"/],
];
for (const [args, project] of projects)
  test(`${args.join(' ')} names ${project}`, () => {
    if (typeof project === 'string') expect(readCommandLine(args).project).toBe(project);
    else expect(complaintOf(() => readCommandLine(args))).toMatch(project);
  });

test('an argument that is not an option is refused with what was probably meant', () => {
  for (const argument of ['create-status', 'create-registereddevices.spec.ts:70']) {
    const said = complaintOf(() => readCommandLine(['--workers', '1', argument]));
    expectOneSentence(said);
    expect(said).toContain(`"${argument}" is read as the name of a test file`);
    expect(said).toContain('--grep create-status');
  }
});

test('what is refused sends nothing, writes nothing and empties no folder', async () => {
  let requests = 0;
  const mock = await startMock({
    defect: (response) => {
      requests++;
      return response;
    },
  });
  for (const args of [['--shard=2/2'], ['--timeout', '5'], ['--output', '.'], ['tests/replay']]) {
    const { code, output, folder } = await contract(pointedAt(mock), args);
    expect(code, output).toBe(2);
    expectOneSentence(output.trim());
    expect(readdirSync(folder)).toEqual([]);
  }
  await mock.close();
  expect(requests).toBe(0);
});
