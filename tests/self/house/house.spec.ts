import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { faultsOf, type Imports, readImports } from './imports.ts';
import { floors, rooms } from './rooms.ts';

test('imports follow the rooms, without a circle and on few floors', () => {
  const imports = readImports(fileURLToPath(new URL('../../..', import.meta.url)));
  expect(imports.size).toBeGreaterThan(100);
  expect(faultsOf(imports, rooms, floors)).toEqual([]);
});

const wrong: Readonly<Record<string, [imports: [string, string[]][], fault: string]>> = {
  'a room that imports one above it': [
    [
      ['schemas/a.ts', ['fixtures/http/b.ts']],
      ['fixtures/http/b.ts', []],
    ],
    'schemas/a.ts imports fixtures/http/b.ts: schemas may import nothing of ours.',
  ],
  'a room that imports one beside it': [
    [
      ['fixtures/http/a.ts', ['fixtures/auth/b.ts']],
      ['fixtures/auth/b.ts', []],
    ],
    'fixtures/http/a.ts imports fixtures/auth/b.ts: fixtures/http may import only schemas, fixtures/configuration, fixtures/requests, fixtures/network.',
  ],
  'a circle': [
    [
      ['schemas/a.ts', ['schemas/b.ts']],
      ['schemas/b.ts', ['schemas/c.ts']],
      ['schemas/c.ts', ['schemas/b.ts']],
    ],
    'schemas/b.ts → schemas/c.ts → schemas/b.ts: a circle.',
  ],
  'a tower': [
    Array.from({ length: 10 }, (_, i) => [
      `schemas/${i}.ts`,
      i === 0 ? [] : [`schemas/${i - 1}.ts`],
    ]),
    'schemas/9.ts stands on floor 10: expected at most 9.',
  ],
};

for (const [what, [imports, fault]] of Object.entries(wrong))
  test(`${what} is found`, () => {
    const made: Imports = new Map(imports);
    expect(faultsOf(made, rooms, floors)).toEqual([fault]);
  });
