import { execFileSync } from 'node:child_process';
import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { readText } from '../../../fixtures/configuration/files/read-text.ts';
import { complaintOf, expectOneSentence } from '../support/configuration-error.ts';
import { emptyFolder } from '../support/run.ts';

const file = (make: (path: string) => void) => {
  const path = join(emptyFolder(), 'file');
  make(path);
  return path;
};
const large = (bytes: number) => (path: string) => {
  writeFileSync(path, '');
  truncateSync(path, bytes);
};

// biome-ignore format: a row a line
const refused: readonly (readonly [what: string, path: () => string, why: string])[] = [
  ['nothing', () => file(() => {}), 'ENOENT: no such file or directory'],
  ['a folder', () => file((path) => mkdirSync(path)), 'it is not a file'],
  ['more than it may be', () => file(large(1024 * 1024 + 1)), 'it is larger than 1 MB'],
  // Neither is waited for, nor read to its end.
  ...(process.platform === 'win32' ? [] : [
    ['a pipe', () => file((path) => execFileSync('mkfifo', [path])), 'it is not a file'],
    ['a device', () => '/dev/zero', 'it is not a file'],
  ] as const),
];
for (const [what, path, why] of refused)
  test(`a file that is ${what} is refused in one sentence`, () => {
    const at = path();
    const said = complaintOf(() => readText(at, 'a recording', 1));
    expectOneSentence(said);
    expect(said.startsWith(`${at} cannot be read (${why}`), said).toBe(true);
  });

test('a file within its bound is read whole', () => {
  expect(readText(file(large(1024 * 1024)), 'a recording', 1)).toHaveLength(1024 * 1024);
});
