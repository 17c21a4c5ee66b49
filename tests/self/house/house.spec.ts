import { expect, test } from '@playwright/test';
import { faultsOf, readImports, sharedTypeNames } from './imports.ts';
import { floors, rooms } from './rooms.ts';
import wrong from './wrong.json' with { type: 'json' };

test('imports follow the rooms, without a circle and on few floors; no two types share a name', () => {
  const imports = readImports();
  expect(imports.size).toBeGreaterThan(100);
  expect(faultsOf(imports, rooms, floors)).toEqual([]);
  expect(sharedTypeNames(imports)).toEqual([]);
});

for (const [imports, fault] of wrong as unknown as [Record<string, string[]>, string][])
  test(`found: ${fault}`, () => {
    expect(faultsOf(new Map(Object.entries(imports)), rooms, floors)).toEqual([fault]);
  });
