import { expect, test } from '@playwright/test';
import { faultsOf, readImports } from './imports.ts';
import { floors, rooms } from './rooms.ts';

test('imports follow the rooms, without a circle and on few floors', () => {
  const imports = readImports();
  expect(imports.size).toBeGreaterThan(100);
  expect(faultsOf(imports, rooms, floors)).toEqual([]);
});

const tower = Object.fromEntries(
  Array.from({ length: 10 }, (_, i) => [`schemas/${i}.ts`, i === 0 ? [] : [`schemas/${i - 1}.ts`]]),
);
// biome-ignore format: a row a line
const wrong: readonly (readonly [imports: Record<string, string[]>, fault: string])[] = [
  [{ 'schemas/a.ts': ['fixtures/http/b.ts'], 'fixtures/http/b.ts': [] }, 'schemas/a.ts imports fixtures/http/b.ts: schemas may import nothing of ours.'],
  [{ 'fixtures/http/a.ts': ['fixtures/auth/b.ts'], 'fixtures/auth/b.ts': [] }, 'fixtures/http/a.ts imports fixtures/auth/b.ts: fixtures/http may import only schemas, fixtures/configuration, fixtures/requests, fixtures/network.'],
  [{ 'schemas/a.ts': ['schemas/b.ts'], 'schemas/b.ts': ['schemas/c.ts'], 'schemas/c.ts': ['schemas/b.ts'] }, 'schemas/b.ts → schemas/c.ts → schemas/b.ts: a circle.'],
  [tower, 'schemas/9.ts stands on floor 10: expected at most 9.'],
];
for (const [imports, fault] of wrong)
  test(`found: ${fault}`, () => {
    expect(faultsOf(new Map(Object.entries(imports)), rooms, floors)).toEqual([fault]);
  });
