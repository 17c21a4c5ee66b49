import { expect, test } from '@playwright/test';
import { instantOf, isDateTimeOffset } from '../../../schemas/edm-date-time-offset.ts';

const each = (texts: string, write: (text: string) => string) => texts.split(' ').map(write);

// OData 4.01 ABNF, dateTimeOffsetValue, and a day that the proleptic Gregorian calendar has.
// biome-ignore format: a row a line
const accepted: Readonly<Record<string, readonly string[]>> = {
  'the documented example': ['2017-01-01T00:00:34.0507931+03:00'],
  'one to twelve digits of a fraction': each('1 12 123 1234 0507931 123456789012 0 000000000000', (digits) => `2017-01-01T00:00:34.${digits}Z`),
  'no fraction, and no seconds': ['2017-01-01T00:00:34Z', '2017-01-01T00:00Z', '2017-01-01T23:59-08:00'],
  'lower case': ['2017-01-01t00:00:34Z', '2017-01-01T00:00:34z', '2017-01-01t23:59z'],
  'hours to 23, minutes and seconds to 59': each('00:00:00 09:09:09 19:19:19 20:30:40 23:59:59', (time) => `2017-01-01T${time}Z`),
  'offsets to 23:59 either way': each('+00:00 -00:00 +05:45 +14:00 -14:00 +19:00 +23:59 -23:59', (offset) => `2017-01-01T00:00:34${offset}`),
  'years of four digits, of more that begin with none of zero, and before zero': each(`0000 0001 9999 10000 123456789 -0001 -0000 -10000 ${'9'.repeat(100)}`, (year) => `${year}-01-01T00:00:00Z`),
  'the last day of a month': each('01-31 03-31 04-30 05-31 06-30 07-31 08-31 09-30 10-31 11-30 12-31 02-28', (day) => `2023-${day}T00:00:00Z`),
  '29 February in leap years': each('2024 2000 1600 0004 0000 -0004 -0400 10000', (year) => `${year}-02-29T00:00:00Z`),
};

// biome-ignore format: a row a line
const rejected: Readonly<Record<string, readonly string[]>> = {
  'no text at all': ['', ' ', 'null', 'tomorrow', '1483218034', '/Date(1483218034000)/'],
  'no offset': ['2017-01-01T00:00:34', '2017-01-01T00:00:34.0507931', '2017-01-01T00:00'],
  'no time': each(' Z T TZ +03:00', (rest) => `2017-01-01${rest}`),
  'no minutes': ['2017-01-01T00Z', '2017-01-01T00:Z'],
  'a fraction without seconds or digits, of thirteen, or behind a comma': each('00:00.5 00:00:34. 00:00:34.1234567890123 00:00:34,5', (time) => `2017-01-01T${time}Z`),
  'offsets of another form': ['+0200', '+02', '+2:00', '+02:0', '+02:000', '02:00', ' +02:00', '+02:00:00', '+ 02:00', 'Z+02:00', 'UTC', 'ZZ', '++02:00', '±02:00', '\u221202:00', '+02.00', 'A', '[Europe/Istanbul]'].map((offset) => `2017-01-01T00:00:34${offset}`),
  'offsets beyond 23:59': each('+24:00 -24:00 +23:60 -99:00 +14:99', (offset) => `2017-01-01T00:00:34${offset}`),
  'something else for T': [' ', '_', '', 'U', 'TT', '  '].map((t) => `2017-01-01${t}00:00:34Z`),
  'hours from 24, minutes and seconds from 60': each('24:00:00 24:00 25:00:00 99:00:00 -1:00:00 00:60:00 00:60 23:59:60 00:00:61 00:00:60.5', (time) => `2017-01-01T${time}Z`),
  'digits too few or too many': each('2017-1-01T00:00:34 2017-01-1T00:00:34 2017-01-01T0:00:34 2017-01-01T00:0:34 2017-01-01T00:00:4 2017-001-01T00:00:34 2017-01-001T00:00:34 2017-01-01T000:00:34 2017-01-01T00:00:034 20170101T000034 2017-001T00:00:34 2017-W01-1T00:00:34', (text) => `${text}Z`),
  'years of another form': ['9'.repeat(101), '17', '017', '02017', '00000', '-017', '-02017', '+2017', '--2017', '2 017', '', '-', '2e3'].map((year) => `${year}-01-01T00:00:34Z`),
  'months and days that no calendar has': each('00-01 13-01 01-00 01-32 99-99 02-30 02-31 04-31 06-31 09-31 11-31', (day) => `2024-${day}T00:00:34Z`),
  '29 February in common years': each('2023 1900 2100 1700 -0001 -0100 0100 10001', (year) => `${year}-02-29T00:00:00Z`),
  'anything before or behind': [' #', '# ', '#\n', '#\r\n', '\n#', 'x\n#', '#\n#', '\ufeff#', '#\u0000', '"#"', "datetimeoffset'#'", '#/P1D'].map((text) => text.replaceAll('#', '2017-01-01T00:00:34Z')),
  // Look-alikes that a case-insensitive or Unicode-minded pattern may let through.
  'digits and letters of other scripts': ['２０１７-01-01T00:00:34Z', '٢٠١٧-01-01T00:00:34Z', '2017-01-0१T00:00:34Z', '2017-01-01Т00:00:34Z', '2017-01-01T00:00:34Ζ', '2017-01-01T00:00:34ℤ', '2017-01-01\u0130T00:00:34Z', '2017-01-01T00:00:34\u0131', '2017-01-01\u017f00:00:34Z', '2017‐01‐01T00:00:34Z', '2017-01-01T00：00：34Z'],
  'other notations of a date': ['01/01/2017 00:00:34', 'Sun, 01 Jan 2017 00:00:34 GMT', '2017-01-01T00:00:34 Z'],
};

for (const [name, texts] of Object.entries(accepted))
  test(`an Edm.DateTimeOffset may have ${name}`, () => {
    expect(texts.filter((text) => !isDateTimeOffset(text))).toEqual([]);
  });

for (const [name, texts] of Object.entries(rejected))
  test(`no Edm.DateTimeOffset has ${name}`, () => {
    expect(texts.filter((text) => isDateTimeOffset(text))).toEqual([]);
  });

/** The difference in picoseconds; the scale's own beginning means nothing. */
function between(earlier: string, later: string): bigint {
  const [a, b] = [instantOf(earlier), instantOf(later)];
  if (a === undefined || b === undefined) throw new Error(`no date: ${earlier} or ${later}`);
  return b - a;
}

const second = 1_000_000_000_000n;
const tick = 100_000n;
const epoch = '1970-01-01T00:00:00Z';

// biome-ignore format: a row a line
const distances: readonly (readonly [between: string, earlier: string, later: string, picoseconds: bigint])[] = [
  ['offsets', '2017-01-01T00:00:34.0507931+03:00', '2016-12-31T21:00:34.0507931Z', 0n],
  ['cases', '2017-01-01T00:00:34.0507931+03:00', '2016-12-31t21:00:34.0507931z', 0n],
  ['-00:00 and zeros behind a fraction', '2016-12-31T21:00:34.0507931Z', '2016-12-31T21:00:34.050793100000-00:00', 0n],
  ['offsets a day and an hour apart', '2017-01-01T20:59:34+23:59', '2016-12-30T21:01:34-23:59', 0n],
  ['an offset with minutes', '2016-12-31T21:00:34Z', '2017-01-01T02:45:34+05:45', 0n],
  ['seconds and none', '2017-01-01T00:00:00.000Z', '2017-01-01T00:00Z', 0n],
  ['ticks', '2017-01-01T00:00:34.0507930+03:00', '2017-01-01T00:00:34.0507931+03:00', tick],
  ['seconds', '2017-01-01T00:00:34.9999999Z', '2017-01-01T00:00:35Z', tick],
  ['minutes', '2017-01-01T00:00:59.9999999Z', '2017-01-01T00:01Z', tick],
  ['hours', '2017-01-01T00:59:59.9999999Z', '2017-01-01T01:00:00Z', tick],
  ['days', '2017-01-01T23:59:59.9999999Z', '2017-01-02T00:00:00Z', tick],
  ['years', '2016-12-31T23:59:59.9999999Z', '2017-01-01T00:00:00.0Z', tick],
  ['years at an offset', '2017-01-01T02:59:59.9999999+03:00', '2017-01-01T00:00:00Z', tick],
  ['28 February of a common year and 1 March', '2023-02-28T23:59:59.9999999Z', '2023-03-01T00:00:00Z', tick],
  ['28 and 29 February', '2024-02-28T23:59:59.9999999Z', '2024-02-29T00:00:00Z', tick],
  ['29 February of 2000 and 1 March', '2000-02-29T23:59:59.9999999Z', '2000-03-01T00:00:00Z', tick],
  ['28 February of 1900 and 1 March', '1900-02-28T23:59:59.9999999Z', '1900-03-01T00:00:00Z', tick],
  ['the epoch and before', '1969-12-31T23:59:59.9999999Z', epoch, tick],
  ['years of four and of five digits', '9999-12-31T23:59:59.9999999Z', '10000-01-01T00:00:00Z', tick],
  ['the years 0 and 1', '0000-12-31T23:59:59.9999999Z', '0001-01-01T00:00:00Z', tick],
  ['the years -1 and 0', '-0001-12-31T23:59:59.9999999Z', '0000-01-01T00:00:00Z', tick],
  ['29 February of the year 0 and 1 March', '0000-02-29T23:59:59.9999999Z', '0000-03-01T00:00:00Z', tick],
  ['29 February before the year 0 and 1 March', '-0004-02-29T23:59:59.9999999Z', '-0004-03-01T00:00:00Z', tick],
  ['28 February before the year 0 and 1 March', '-0100-02-28T23:59:59.9999999Z', '-0100-03-01T00:00:00Z', tick],
  ['the years -10000 and -9999', '-10000-12-31T23:59:59.9999999Z', '-9999-01-01T00:00:00Z', tick],
  ['the finest fractions', '2017-01-01T00:00:00.000000000001Z', '2017-01-01T00:00:00.000000000002Z', 1n],
  ['far years', '99999999999999999999-12-31T23:59:59.999999999999Z', '100000000000000000000-01-01T00:00:00Z', 1n],
];

for (const [name, earlier, later, picoseconds] of distances)
  test(`between ${name} lie ${picoseconds} picoseconds`, () => {
    expect(between(earlier, later)).toBe(picoseconds);
  });

/** The year as Date.UTC and ISO 8601's extended form write it. */
function isoDay(milliseconds: number): string {
  const day = new Date(milliseconds).toISOString().slice(0, -'T00:00:00.000Z'.length);
  // Date writes ±YYYYYY outside 0000-9999; the grammar has no plus and no leading zero.
  return day.replace(/^\+0*/, '').replace(/^-0*(\d{4,})-/, '-$1-');
}

test('days all over what Date knows, and all of four hundred years, lie where Date puts them', () => {
  const day = 86_400_000;
  const days: number[] = [];
  // 3,989 is prime, so that the days fall on every month, weekday and kind of year.
  for (let n = -100_000_000; n <= 100_000_000; n += 3_989) days.push(n * day);
  for (let at = Date.UTC(1899, 11, 31); at <= Date.UTC(2300, 0, 2); at += day) days.push(at);
  const wrong = days.filter((at) => {
    const text = `${isoDay(at)}T00:00:00Z`;
    return !isDateTimeOffset(text) || between(epoch, text) !== BigInt(at) * (second / 1_000n);
  });
  expect(wrong.map(isoDay)).toEqual([]);
});

test('times, fractions and offsets lie where Date puts them', () => {
  const days = '1582-10-15 1970-01-01 2024-02-29 9999-12-31 0001-01-01'.split(' ');
  const times = '00:00:00.000 23:59:59.999 12:34:56.789 00:00:34.050'.split(' ');
  const offsets = 'Z +14:00 -14:00 +05:45 -03:30 +23:59 -23:59 -00:00'.split(' ');
  const texts = days.flatMap((date) =>
    times.flatMap((time) => offsets.map((offset) => `${date}T${time}${offset}`)),
  );
  const wrong = texts.filter(
    (text) => between(epoch, text) !== BigInt(Date.parse(text)) * (second / 1_000n),
  );
  expect(wrong).toEqual([]);
});
