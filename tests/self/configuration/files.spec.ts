import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@playwright/test';
import { readConfiguration } from '../../../fixtures/configuration/configuration.ts';
import { readText, refuseUnwritable } from '../../../fixtures/configuration/files.ts';
import { complaintOf, expectOneSentence } from '../support/configuration-error.ts';
import { emptyFolder } from '../support/run.ts';

const isPosix = process.platform !== 'win32';
/** Makes something in a new folder. Out: its path. */
const made = (name: string, make: (path: string) => void) => () => {
  const path = join(emptyFolder(), name);
  mkdirSync(dirname(path), { recursive: true });
  make(path);
  return path;
};
const file = (name: string, bytes = 0) =>
  made(name, (path) => writeFileSync(path, Buffer.alloc(bytes)));
const folder = made('folder', (path) => mkdirSync(path));
const pipe = made('pipe', (path) => execFileSync('mkfifo', [path]));

// biome-ignore format: a row a line
const unreadable: readonly (readonly [what: string, path: () => string, why: string])[] = [
  ['nothing', made('none', () => {}), 'ENOENT: no such file or directory'],
  ['a folder', folder, 'it is not a file'],
  ['more than it may be', file('large', 2 ** 20 + 1), 'it is larger than 1 MB'],
  // Neither is waited for, nor read to its end.
  ...(isPosix ? [['a pipe', pipe, 'it is not a file'], ['a device', () => '/dev/zero', 'it is not a file']] as const : []),
];
for (const [what, path, why] of unreadable)
  test(`a file to read that is ${what} is refused in one sentence`, () => {
    const at = path();
    const said = complaintOf(() => readText(at, 'a recording', 1));
    expectOneSentence(said, `${at} cannot be read (${why}`);
  });

// biome-ignore format: a row a line
const inTheWay: readonly (readonly [what: string, name: string, path: () => string])[] = [
  ['a file in its place', 'CONTRACT_REPORT', file('file')],
  ['a link to nothing', 'CONTRACT_REPORT', made('link', (path) => symlinkSync('nowhere', path))],
  ['a file in place of the html report', 'CONTRACT_REPORT', () => dirname(file('r/html')())],
  ['a history that is a folder', 'CONTRACT_HISTORY', folder],
  ...(isPosix ? [['a history that is a pipe', 'CONTRACT_HISTORY', pipe]] as const : []),
  ...(existsSync('/proc') ? [['a folder below /proc', 'CONTRACT_REPORT', () => '/proc/x/y'], ['a history below /proc', 'CONTRACT_HISTORY', () => join(made('link', (path) => symlinkSync('/proc', path))(), 'x/history')]] as const : []),
];
for (const [what, name, path] of inTheWay)
  test(`${what} is said in one sentence that names ${name}`, () => {
    const at = path();
    const env = { CONTRACT_REPORT: join(emptyFolder(), 'report'), [name]: at };
    const said = complaintOf(() => refuseUnwritable(readConfiguration(env)));
    expectOneSentence(said, `${name}: ${at}`);
  });

test('a folder that can be written is made, and nothing is left in it', () => {
  const CONTRACT_REPORT = join(emptyFolder(), 'new', 'report');
  refuseUnwritable(readConfiguration({ CONTRACT_REPORT }));
  expect(readdirSync(CONTRACT_REPORT).sort()).toEqual(['exchanges', 'html']);
});
