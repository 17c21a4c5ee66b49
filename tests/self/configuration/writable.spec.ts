import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@playwright/test';
import { readConfiguration } from '../../../fixtures/configuration/configuration.ts';
import { refuseUnwritable } from '../../../fixtures/configuration/files/writable.ts';
import { complaintOf, expectOneSentence } from '../support/configuration-error.ts';
import { contract, emptyFolder } from '../support/run.ts';

/** Makes in an empty folder what stands in the way. Out: the value that leads there. */
const inTheWay: Readonly<Record<string, (folder: string) => Record<string, string>>> = {
  'a file in its place': (folder) => ({ CONTRACT_REPORT: file(folder, 'file') }),
  'a file above it': (folder) => ({ CONTRACT_REPORT: join(file(folder, 'file'), 'below') }),
  'a link to nothing': (folder) => ({ CONTRACT_REPORT: link(folder, 'nowhere') }),
  'a link to nothing above it': (folder) => ({
    CONTRACT_REPORT: join(link(folder, 'nowhere'), 'below'),
  }),
  'a link to itself': (folder) => ({ CONTRACT_REPORT: link(folder, 'link') }),
  'a name that is too long': (folder) => ({ CONTRACT_REPORT: join(folder, 'n'.repeat(300)) }),
  'a file in place of the recordings': (folder) => ({
    CONTRACT_REPORT: join(file(folder, 'r/exchanges'), '..'),
  }),
  'a file in place of the html report': (folder) => ({
    CONTRACT_REPORT: join(file(folder, 'r/html'), '..'),
  }),
  'a history that is a folder': (folder) => ({ CONTRACT_HISTORY: folder }),
  ...(process.platform !== 'win32' && {
    'a history that is a pipe': (folder: string) => ({ CONTRACT_HISTORY: pipe(folder) }),
  }),
  // Node's own recursion never returns from there.
  ...(process.platform === 'linux' && {
    'a folder that nobody can make': () => ({ CONTRACT_REPORT: '/proc/none/below' }),
  }),
};

function file(folder: string, name: string): string {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), '');
  return join(folder, name);
}

function pipe(folder: string): string {
  execFileSync('mkfifo', [join(folder, 'pipe')]);
  return join(folder, 'pipe');
}

function link(folder: string, to: string): string {
  symlinkSync(to, join(folder, 'link'));
  return join(folder, 'link');
}

for (const [name, make] of Object.entries(inTheWay))
  test(`${name} is said in one sentence that names the variable`, () => {
    const folder = emptyFolder();
    const given = make(folder);
    const env = { CONTRACT_REPORT: join(folder, 'new', 'report'), ...given };
    const said = complaintOf(() => refuseUnwritable(readConfiguration(env)));
    expectOneSentence(said);
    expect(said).toMatch(
      new RegExp(`^${Object.keys(given)[0]}: ${folder}|^CONTRACT_REPORT: /proc`),
    );
  });

test('a folder that can be written is made, and nothing is left in it', () => {
  const CONTRACT_REPORT = join(emptyFolder(), 'new', 'report');
  refuseUnwritable(readConfiguration({ CONTRACT_REPORT }));
  expect(readdirSync(CONTRACT_REPORT).sort()).toEqual(['exchanges', 'html']);
});

test('where nothing can be judged again, one sentence says so, and the run ends', async () => {
  const { code, output } = await contract({}, ['--project=contract', '--no-deps']);
  expect(code).toBe(2);
  expectOneSentence(output.trim());
});

test('a recording that is none is said once', async () => {
  const CONTRACT_RECORDING = join(emptyFolder(), 'garbage.jsonl');
  writeFileSync(CONTRACT_RECORDING, 'garbage\n');
  const { code, output } = await contract({ CONTRACT_RECORDING }, [
    '--project=contract',
    '--no-deps',
  ]);
  expect([code, output.trim()]).toEqual([
    2,
    `${CONTRACT_RECORDING}:1 is not JSON: expected a recording that this suite wrote.`,
  ]);
});

test('a run that sends judges what it sent, whatever CONTRACT_RECORDING names', async () => {
  const folder = emptyFolder();
  const CONTRACT_RECORDING = join(folder, 'another.jsonl');
  writeFileSync(CONTRACT_RECORDING, '');
  const { code, output } = await contract(
    { CONTRACT_RECORDING, CONTRACT_SAMPLES: '1' },
    [],
    folder,
  );
  expect(code, output).toBe(0);
});
