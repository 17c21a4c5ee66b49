import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { directoryObjects } from '../../../fixtures/requests/bodies.ts';
import {
  type DateFactor,
  type DateRow,
  dateClasses,
  isSafeRow,
  writeDate,
} from '../../../fixtures/requests/date-values.ts';
import { datePairs } from './date-pairs.ts';
import { pairwise } from './pairwise.ts';

const factors = Object.keys(dateClasses) as DateFactor[];
const rows = pairwise(dateClasses, isSafeRow);

/** Every combination of classes, counted out here in another way than the array's own. */
function* combinations(): Generator<DateRow> {
  for (const year of dateClasses.year)
    for (const day of dateClasses.day)
      for (const time of dateClasses.time)
        for (const fraction of dateClasses.fraction)
          for (const offset of dateClasses.offset) yield { year, day, time, fraction, offset };
}

/** Whether Date, which knows nothing of ours, reads the row back as a day that exists within UTC years 1-9999. */
function stands(row: DateRow): boolean {
  const midnight = new Date(`${row.year}-${row.day}T00:00:00Z`);
  if (Number.isNaN(midnight.getTime()) || midnight.toISOString().slice(5, 10) !== row.day)
    return false;
  const utc = Date.parse(`${row.year}-${row.day}T${row.time}${row.offset}`);
  return (
    utc >= Date.parse('0001-01-01T00:00:00Z') && utc < Date.parse('9999-12-31T23:59:59.999Z') + 1
  );
}

function pairsOf(row: DateRow): string[] {
  return factors.flatMap((a, i) =>
    factors.slice(i + 1).map((b) => `${a} ${row[a]} × ${b} ${row[b]}`),
  );
}

test('the array covers every pair of classes that can stand together, and no row that cannot', () => {
  const possible = new Set<string>();
  for (const row of combinations())
    if (stands(row)) for (const pair of pairsOf(row)) possible.add(pair);
  const covered = new Set(rows.flatMap(pairsOf));
  expect([...possible].filter((pair) => !covered.has(pair))).toEqual([]);
  expect([...covered].filter((pair) => !possible.has(pair))).toEqual([]);
  expect(rows.filter((row) => !stands(row))).toEqual([]);
});

test('the array is near the least that can cover its pairs', () => {
  const [most = 0, second = 0] = factors
    .map((factor) => dateClasses[factor].length)
    .sort((a, b) => b - a);
  expect(rows.length).toBeGreaterThanOrEqual(most * second);
  expect(rows.length).toBeLessThanOrEqual(most * second * 1.2);
});

test('the first nine rows meet every class', () => {
  const first = rows.slice(0, 9);
  for (const factor of factors) {
    const met = new Set<string>(first.map((row) => row[factor]));
    expect([factor, dateClasses[factor].filter((value) => !met.has(value))]).toEqual([factor, []]);
  }
});

test('no row covers more new pairs than the one before it, and none covers nothing', () => {
  const covered = new Set<string>();
  const added = rows.map((row) => {
    const before = covered.size;
    for (const pair of pairsOf(row)) covered.add(pair);
    return covered.size - before;
  });
  expect(added).toEqual(added.toSorted((a, b) => b - a));
  expect(Math.min(...added)).toBeGreaterThan(0);
  expect(added.slice(0, 9)).toEqual(Array.from({ length: 9 }, () => 10));
});

test('the array is what is sent, in its order', () => {
  const sent = [...directoryObjects(1, 'me', undefined)].filter(({ name }) =>
    name.startsWith('pair-'),
  );
  expect(sent.map(({ deletedDateTime }) => deletedDateTime)).toEqual(rows.map(writeDate));
  const firstNine = [...directoryObjects(1, 'users', 9)].map(
    ({ deletedDateTime }) => deletedDateTime,
  );
  expect(firstNine).toEqual(rows.slice(0, 9).map(writeDate));
});

test('an array of a toy covers what is allowed and is the same each time', () => {
  const toy = { a: ['1', '2', '3'], b: ['1', '2', '3'], c: ['1', '2'] };
  const allowed = (row: { a: string; b: string }) => row.a !== row.b;
  const array = pairwise(toy, allowed);
  expect(pairwise(toy, allowed)).toEqual(array);
  const pairs = new Set(array.flatMap(({ a, b, c }) => [`a${a}b${b}`, `a${a}c${c}`, `b${b}c${c}`]));
  expect(pairs.size).toBe(6 + 6 + 6);
  expect(array.every(allowed)).toBe(true);
  expect(pairwise({ a: [], b: ['1'] }, () => true)).toEqual([]);
  expect(pairwise(toy, () => false)).toEqual([]);
});

test('the dates that are kept are the ones that the covering array has (npm run describe)', () => {
  const kept = new URL('../../../fixtures/requests/date-pairs.json', import.meta.url);
  expect(readFileSync(kept, 'utf8')).toBe(datePairs());
});
