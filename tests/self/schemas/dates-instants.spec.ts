import { expect, test } from '@playwright/test';
import { instantOf, isDateTimeOffset } from '../../../schemas/edm-date-time-offset.ts';

const second = 1_000_000_000_000n;
/** 100 ns: what the service's own type resolves. */
const tick = 100_000n;

/** The difference in picoseconds; the scale's own beginning means nothing. */
function between(earlier: string, later: string): bigint {
  const [a, b] = [instantOf(earlier), instantOf(later)];
  if (a === undefined || b === undefined) throw new Error(`no date: ${earlier} or ${later}`);
  return b - a;
}

const epoch = '1970-01-01T00:00:00Z';

test('equal spellings are the same instant', () => {
  const spellings = [
    '2017-01-01T00:00:34.0507931+03:00',
    '2016-12-31T21:00:34.0507931Z',
    '2016-12-31t21:00:34.0507931z',
    '2016-12-31T21:00:34.050793100000-00:00',
    '2016-12-31T13:00:34.05079310-08:00',
    '2017-01-01T20:59:34.0507931+23:59',
    '2016-12-30T21:01:34.0507931-23:59',
    '2017-01-01T02:45:34.0507931+05:45',
  ];
  expect(new Set(spellings.map((text) => instantOf(text))).size).toBe(1);
  expect(between('2017-01-01T00:00:00.000Z', '2017-01-01T00:00Z')).toBe(0n);
});

// Each pair is one tick apart, across a border at which something is counted anew.
const neighbours: readonly (readonly [border: string, earlier: string, later: string])[] = [
  ['a tick', '2017-01-01T00:00:34.0507930+03:00', '2017-01-01T00:00:34.0507931+03:00'],
  ['a second', '2017-01-01T00:00:34.9999999Z', '2017-01-01T00:00:35Z'],
  ['a minute', '2017-01-01T00:00:59.9999999Z', '2017-01-01T00:01Z'],
  ['an hour', '2017-01-01T00:59:59.9999999Z', '2017-01-01T01:00:00Z'],
  ['a day', '2017-01-01T23:59:59.9999999Z', '2017-01-02T00:00:00Z'],
  ['a year', '2016-12-31T23:59:59.9999999Z', '2017-01-01T00:00:00.0Z'],
  ['a year at an offset', '2017-01-01T02:59:59.9999999+03:00', '2017-01-01T00:00:00Z'],
  ['28 February of a common year', '2023-02-28T23:59:59.9999999Z', '2023-03-01T00:00:00Z'],
  ['28 February of a leap year', '2024-02-28T23:59:59.9999999Z', '2024-02-29T00:00:00Z'],
  ['29 February', '2024-02-29T23:59:59.9999999Z', '2024-03-01T00:00:00Z'],
  ['29 February of 2000', '2000-02-29T23:59:59.9999999Z', '2000-03-01T00:00:00Z'],
  ['28 February of 1900', '1900-02-28T23:59:59.9999999Z', '1900-03-01T00:00:00Z'],
  ['the epoch', '1969-12-31T23:59:59.9999999Z', epoch],
  ['a millennium', '9999-12-31T23:59:59.9999999Z', '10000-01-01T00:00:00Z'],
  ['the year 1', '0000-12-31T23:59:59.9999999Z', '0001-01-01T00:00:00Z'],
  ['the year 0', '-0001-12-31T23:59:59.9999999Z', '0000-01-01T00:00:00Z'],
  ['29 February of the year 0', '0000-02-29T23:59:59.9999999Z', '0000-03-01T00:00:00Z'],
  ['29 February before the year 0', '-0004-02-29T23:59:59.9999999Z', '-0004-03-01T00:00:00Z'],
  ['28 February before the year 0', '-0100-02-28T23:59:59.9999999Z', '-0100-03-01T00:00:00Z'],
  ['the years -10000', '-10000-12-31T23:59:59.9999999Z', '-9999-01-01T00:00:00Z'],
];
for (const [border, earlier, later] of neighbours)
  test(`a tick is 100,000 picoseconds across ${border}`, () => {
    expect(between(earlier, later)).toBe(tick);
  });

test('the finest fraction is one picosecond, and no digit is lost in a far year', () => {
  expect(between('2017-01-01T00:00:00.000000000001Z', '2017-01-01T00:00:00.000000000002Z')).toBe(
    1n,
  );
  const far = '99999999999999999999-12-31T23:59:59.999999999999Z';
  expect(between(far, '100000000000000000000-01-01T00:00:00Z')).toBe(1n);
});

test('a year of a million digits is a year like any other, and later than all that are short', () => {
  const nines = '9'.repeat(1_000_000);
  const leap = `${nines.slice(2)}96`;
  for (const sign of ['', '-']) {
    expect(isDateTimeOffset(`${sign}${nines}-02-28T00:00:00Z`)).toBe(true);
    expect(isDateTimeOffset(`${sign}${nines}-02-29T00:00:00Z`)).toBe(false);
    expect(isDateTimeOffset(`${sign}${leap}-02-29T00:00:00Z`)).toBe(true);
  }
  const distance = between(`${'9'.repeat(1_000)}-12-31T23:59:59Z`, `${nines}-01-01T00:00:00Z`);
  expect(distance).toBeGreaterThan(0n);
  // Arithmetic does not go further than anybody would compare.
  expect(between(`${nines}-01-01T00:00:00Z`, `${nines}${nines}-01-01T00:00:00Z`)).toBe(0n);
  expect(between(`-${nines}-01-01T00:00:00Z`, '-0001-01-01T00:00:00Z')).toBeGreaterThan(0n);
});

test('what is later is greater', () => {
  const inOrder = [
    '-10000-06-01',
    '-0001-12-31',
    '0000-01-01',
    '0001-01-01',
    '1969-12-31',
    '2024-02-29',
  ];
  const instants = inOrder.map((day) => instantOf(`${day}T00:00:00Z`) ?? 0n);
  expect(instants).toEqual(instants.toSorted((a, b) => (a < b ? -1 : 1)));
  expect(new Set(instants).size).toBe(instants.length);
});

/** The year as Date.UTC and ISO 8601's extended form write it. */
function isoDay(milliseconds: number): string {
  const day = new Date(milliseconds).toISOString().slice(0, -'T00:00:00.000Z'.length);
  // Date writes ±YYYYYY outside 0000-9999; the grammar has no plus and no leading zero.
  return day.replace(/^\+0*/, '').replace(/^-0*(\d{4,})-/, '-$1-');
}

test('days all over what Date knows, 271,821 years before zero to 275,760 after it, lie where Date puts them', () => {
  const wrong: string[] = [];
  // 3,989 is prime, so that the days fall on every month, weekday and kind of year.
  for (let n = -100_000_000; n <= 100_000_000; n += 3_989) {
    const text = `${isoDay(n * 86_400_000)}T00:00:00Z`;
    if (instantOf(text) === undefined || between(epoch, text) !== BigInt(n) * 86_400n * second)
      wrong.push(text);
  }
  expect(wrong).toEqual([]);
});

test('every day of four hundred years, and the two around them, lies one day after the last', () => {
  const wrong: string[] = [];
  for (
    let n = Date.UTC(1899, 11, 31), last = n;
    n <= Date.UTC(2300, 0, 2);
    last = n, n += 86_400_000
  )
    if (
      between(`${isoDay(last)}T12:00Z`, `${isoDay(n)}T12:00Z`) !==
      BigInt(n - last) * 1_000_000_000n
    )
      wrong.push(isoDay(n));
  expect(wrong).toEqual([]);
});

test('times, fractions and offsets lie where Date puts them', () => {
  const wrong: string[] = [];
  for (const time of ['00:00:00.000', '23:59:59.999', '12:34:56.789', '00:00:34.050'])
    for (const offset of [
      'Z',
      '+14:00',
      '-14:00',
      '+05:45',
      '-03:30',
      '+23:59',
      '-23:59',
      '-00:00',
    ])
      for (const date of ['1582-10-15', '1970-01-01', '2024-02-29', '9999-12-31', '0001-01-01']) {
        const text = `${date}T${time}${offset}`;
        const expected = BigInt(Date.parse(text)) * (second / 1_000n);
        if (between(epoch, text) !== expected) wrong.push(text);
      }
  expect(wrong).toEqual([]);
});
