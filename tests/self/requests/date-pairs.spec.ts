import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { directoryObjects } from '../../../fixtures/requests/bodies.ts';

// biome-ignore format: a class a line
const classes = [
  ['2024', '1969', '2000', '0001', '2038', '9999', '1899', '1970', '1500'],
  ['02-29', '12-31', '03-01', '01-01', '07-15', '02-28'],
  ['23:59:59', '00:00:00', '02:30:00', '12:00:00', '00:00:34'],
  ['.0507931', '.9999999', '', '.123', '.0', '.9995', '.000001', '.50', '.05079'],
  ['+03:00', '-08:00', 'Z', '+05:30', '-03:30', '+14:00', '+00:00', '-14:00', '+05:45'],
];
const file = new URL('../../../fixtures/requests/date-pairs.json', import.meta.url);
const rows: string[][] = JSON.parse(readFileSync(file, 'utf8'));

/** Every combination of the classes. */
const combinations = classes.reduce<string[][]>(
  (all, values) => all.flatMap((row) => values.map((value) => [...row, value])),
  [[]],
);

/** Whether Date, which knows nothing of ours, reads the row back as a day that exists within UTC years 1-9999. */
function stands([year, day, time, , offset]: string[]): boolean {
  const midnight = new Date(`${year}-${day}T00:00:00Z`);
  if (Number.isNaN(midnight.getTime()) || midnight.toISOString().slice(5, 10) !== day) return false;
  const utc = Date.parse(`${year}-${day}T${time}${offset}`);
  return utc >= Date.parse('0001-01-01T00:00Z') && utc <= Date.parse('9999-12-31T23:59:59.999Z');
}

function pairsOf(row: string[]): string[] {
  return row.flatMap((a, i) => row.slice(i + 1).map((b, j) => `${i} ${a} × ${i + j + 1} ${b}`));
}

test('the array covers every pair of classes that can stand together, and no row that cannot', () => {
  const possible = new Set(combinations.filter(stands).flatMap(pairsOf));
  expect(new Set(rows.flatMap(pairsOf))).toEqual(possible);
  expect(rows.filter((row) => !stands(row))).toEqual([]);
});

test('it is near the least that can cover its pairs, each row as much as it can', () => {
  expect(rows.length).toBeGreaterThanOrEqual(9 * 9);
  expect(rows.length).toBeLessThanOrEqual(9 * 9 * 1.2);
  const covered = new Set<string>();
  const added = rows.map((row) => {
    const before = covered.size;
    for (const pair of pairsOf(row)) covered.add(pair);
    return covered.size - before;
  });
  expect(added).toEqual(added.toSorted((a, b) => b - a));
  expect(Math.min(...added)).toBeGreaterThan(0);
});

test('the first nine rows meet every class', () => {
  const met = (factor: number) => new Set(rows.slice(0, 9).map((row) => row[factor]));
  for (const [factor, values] of classes.entries()) expect(met(factor)).toEqual(new Set(values));
});

test('the array is what is sent, in its order', () => {
  const written = rows.map(
    ([year, day, time, fraction, offset]) => `${year}-${day}T${time}${fraction}${offset}`,
  );
  const pairs = directoryObjects({ seed: 1 }, 'me').filter(({ name }) => name.startsWith('pair-'));
  expect(pairs.map(({ deletedDateTime }) => deletedDateTime)).toEqual(written);
  const firstNine = directoryObjects({ seed: 1 }, 'users', 9);
  expect(firstNine.map(({ deletedDateTime }) => deletedDateTime)).toEqual(written.slice(0, 9));
});
