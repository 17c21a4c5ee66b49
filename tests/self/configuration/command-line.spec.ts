import { readdirSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { type CommandLine, readCommandLine } from '../../setup/command-line.ts';
import { complaintOf, expectOneSentence } from '../support/configuration-error.ts';
import { startMock } from '../support/mock.ts';
import { contract, emptyFolder, playwright, pointedAt } from '../support/run.ts';

const refused = ['--output', '--reporter', '--ui', '--ui-host', '--ui-port', '--debug'].concat([
  '--repeat-each',
  '--retries',
  '--pass-with-no-tests',
]);

test('of all options of Playwright only those that break something are refused, each with one sentence', async () => {
  const { output } = await playwright(['test', '--help'], emptyFolder());
  const options = [...output.matchAll(/^ {2}(?:-\w, )?(--[a-z-]+)/gm)].map(([, name = '']) => name);
  expect(options.length).toBeGreaterThan(35);
  for (const option of options) {
    const args = [option, option === '--project' ? 'contract' : '1'];
    if (!refused.includes(option)) {
      expect(readCommandLine(args, false).project, option).toBe('contract');
      continue;
    }
    const said = complaintOf(() => readCommandLine(args, false));
    expectOneSentence(said);
    expect(said.startsWith(`${option} is not for this suite: `), said).toBe(true);
  }
  expect(refused.filter((option) => !options.includes(option))).toEqual([]);
});

test('a part of a tenant is no shard: each would create objects of its own', () => {
  expect(readCommandLine(['--shard=1/2'], false).isSelection).toBe(true);
  expect(complaintOf(() => readCommandLine(['--shard=1/2'], true))).toMatch(
    /^--shard is not for a tenant: /,
  );
});

// biome-ignore format: a row a line
const read: readonly (readonly [args: readonly string[], asked: Partial<CommandLine>])[] = [
  [[], { project: 'contract', grep: undefined, isSelection: false, isList: false }],
  [['-gx'], { grep: 'x', isSelection: true }],
  [['--grep', 'y', '--grep', 'x'], { grep: 'x', isSelection: true }],
  [['-Gy', '-g', 'x'], { grep: 'x', grepInvert: 'y', isSelection: true }],
  [['-G', 'x'], { grep: undefined, grepInvert: 'x', isSelection: true }],
  [['--last-failed'], { isSelection: true }],
  [['--list'], { isList: true }],
  [['--workers', '2', '--trace', 'on', '--add-reporter', 'dot', '--no-deps'], { isSelection: false }],
  [['--project=replay'], { project: 'replay' }],
  [['--project', 'replay', '--', '--output'], { project: 'replay' }],
];
for (const [args, asked] of read)
  test(`${args.join(' ') || 'nothing'} is read as Playwright reads it`, () => {
    expect(readCommandLine(args, false)).toMatchObject(asked);
  });

for (const args of [['--project=nope'], ['--project=contract', '--project=replay']])
  test(`${args.join(' ')} is refused with the projects that there are`, () => {
    expect(complaintOf(() => readCommandLine(args, false))).toBe(
      '--project: expected one of contract, cleanup, preflight, replay.',
    );
  });

test('what is refused sends nothing, writes nothing and empties no folder', async () => {
  let requests = 0;
  const mock = await startMock({
    defect: (response) => {
      requests++;
      return response;
    },
  });
  for (const args of [['--output', '.'], ['--reporter=list'], ['--grep', 'craete-status']]) {
    const { code, output, folder } = await contract(pointedAt(mock), args);
    expect(code, output).toBe(2);
    expectOneSentence(output.trim());
    expect(readdirSync(folder)).toEqual([]);
  }
  await mock.close();
  expect(requests).toBe(0);
});
