import { expect, test } from '@playwright/test';
import { instantOf, isDateTimeOffset } from '../../../schemas/edm-date-time-offset.ts';

// OData 4.01 ABNF, dateTimeOffsetValue, and a day that the proleptic Gregorian calendar has.
const accepted: Readonly<Record<string, readonly string[]>> = {
  'the documented example': ['2017-01-01T00:00:34.0507931+03:00'],
  'every number of fraction digits to twelve': Array.from(
    { length: 12 },
    (_, i) => `2017-01-01T00:00:34.${'123456789012'.slice(0, i + 1)}Z`,
  ),
  'a fraction of zeros': ['2017-01-01T00:00:34.0Z', '2017-01-01T00:00:34.000000000000Z'],
  'no fraction': ['2017-01-01T00:00:34Z', '2017-01-01T00:00:34+03:00'],
  'no seconds': ['2017-01-01T00:00Z', '2017-01-01T23:59-08:00', '2017-01-01t23:59z'],
  'lower case': ['2017-01-01t00:00:34Z', '2017-01-01T00:00:34z', '2017-01-01t00:00:34.5z'],
  'every hour to 23 and every minute and second to 59': [
    '2017-01-01T00:00:00Z',
    '2017-01-01T09:09:09Z',
    '2017-01-01T19:19:19Z',
    '2017-01-01T20:30:40Z',
    '2017-01-01T23:59:59Z',
  ],
  'offsets to 23:59 either way': [
    '2017-01-01T00:00:34+00:00',
    '2017-01-01T00:00:34-00:00',
    '2017-01-01T00:00:34+05:45',
    '2017-01-01T00:00:34+14:00',
    '2017-01-01T00:00:34-14:00',
    '2017-01-01T00:00:34+19:00',
    '2017-01-01T00:00:34+23:59',
    '2017-01-01T00:00:34-23:59',
  ],
  'every year of four digits': [
    '0000-01-01T00:00:00Z',
    '0001-01-01T00:00:00Z',
    '9999-12-31T23:59:59Z',
  ],
  'years of more digits that begin with none of zero': [
    '10000-01-01T00:00:00Z',
    '123456789-06-15T12:00:00Z',
  ],
  'years before zero': ['-0001-01-01T00:00:00Z', '-0000-01-01T00:00:00Z', '-10000-12-31T00:00:00Z'],
  'the last day of every month': [
    ...['01-31', '03-31', '04-30', '05-31', '06-30', '07-31'],
    ...['08-31', '09-30', '10-31', '11-30', '12-31', '02-28'],
  ].map((day) => `2023-${day}T00:00:00Z`),
  '29 February in leap years': [
    '2024',
    '2000',
    '1600',
    '0004',
    '0000',
    '-0004',
    '-0400',
    '10000',
  ].map((year) => `${year}-02-29T00:00:00Z`),
};

const rejected: Readonly<Record<string, readonly string[]>> = {
  'no text at all': ['', ' ', 'null', 'tomorrow', '1483218034', '/Date(1483218034000)/'],
  'no offset': ['2017-01-01T00:00:34', '2017-01-01T00:00:34.0507931', '2017-01-01T00:00'],
  'no time': ['2017-01-01', '2017-01-01Z', '2017-01-01T', '2017-01-01TZ', '2017-01-01+03:00'],
  'no minutes': ['2017-01-01T00Z', '2017-01-01T00:Z'],
  'a fraction without seconds or digits': ['2017-01-01T00:00.5Z', '2017-01-01T00:00:34.Z'],
  'thirteen fraction digits': ['2017-01-01T00:00:34.1234567890123Z'],
  'a comma for the point': ['2017-01-01T00:00:34,5Z'],
  'offsets of another form': [
    ...['+0200', '+02', '+2:00', '+02:0', '+02:000', '02:00', ' +02:00', '+02:00:00', '+ 02:00'],
    ...[
      'Z+02:00',
      'UTC',
      'ZZ',
      '++02:00',
      '±02:00',
      '\u221202:00',
      '+02.00',
      'A',
      '[Europe/Istanbul]',
    ],
  ].map((offset) => `2017-01-01T00:00:34${offset}`),
  'offsets beyond 23:59': ['+24:00', '-24:00', '+23:60', '-99:00', '+14:99'].map(
    (offset) => `2017-01-01T00:00:34${offset}`,
  ),
  'something else for T': [' ', '_', '', 'U', 'TT', '  '].map((t) => `2017-01-01${t}00:00:34Z`),
  '24:00 and hours beyond': ['24:00:00', '24:00', '25:00:00', '99:00:00', '-1:00:00'].map(
    (time) => `2017-01-01T${time}Z`,
  ),
  'minutes and seconds from 60': ['00:60:00', '00:60', '23:59:60', '00:00:61', '00:00:60.5'].map(
    (time) => `2017-01-01T${time}Z`,
  ),
  'digits too few or too many': [
    '2017-1-01T00:00:34Z',
    '2017-01-1T00:00:34Z',
    '2017-01-01T0:00:34Z',
    '2017-01-01T00:0:34Z',
    '2017-01-01T00:00:4Z',
    '2017-001-01T00:00:34Z',
    '2017-01-001T00:00:34Z',
    '2017-01-01T000:00:34Z',
    '2017-01-01T00:00:034Z',
    '20170101T000034Z',
    '2017-001T00:00:34Z',
    '2017-W01-1T00:00:34Z',
  ],
  'years of another form': [
    ...[
      '17',
      '017',
      '02017',
      '00000',
      '-017',
      '-02017',
      '+2017',
      '--2017',
      '2 017',
      '',
      '-',
      '2e3',
    ],
  ].map((year) => `${year}-01-01T00:00:34Z`),
  'months and days that no calendar has': ['00-01', '13-01', '01-00', '01-32', '99-99'].map(
    (day) => `2017-${day}T00:00:34Z`,
  ),
  '31 days in a month of 30': ['02-30', '02-31', '04-31', '06-31', '09-31', '11-31'].map(
    (day) => `2024-${day}T00:00:34Z`,
  ),
  '29 February in common years': [
    '2023',
    '1900',
    '2100',
    '1700',
    '-0001',
    '-0100',
    '0100',
    '10001',
  ].map((year) => `${year}-02-29T00:00:00Z`),
  'anything before or behind': [
    ' 2017-01-01T00:00:34Z',
    '2017-01-01T00:00:34Z ',
    '2017-01-01T00:00:34Z\n',
    '2017-01-01T00:00:34Z\r\n',
    '\n2017-01-01T00:00:34Z',
    'x\n2017-01-01T00:00:34Z',
    '2017-01-01T00:00:34Z\n2017-01-01T00:00:34Z',
    '\ufeff2017-01-01T00:00:34Z',
    '2017-01-01T00:00:34Z\u0000',
    '"2017-01-01T00:00:34Z"',
  ],
  // Look-alikes that a case-insensitive or Unicode-minded pattern may let through.
  'digits and letters of other scripts': [
    '２０１７-01-01T00:00:34Z',
    '٢٠١٧-01-01T00:00:34Z',
    '2017-01-0१T00:00:34Z',
    '2017-01-01Т00:00:34Z',
    '2017-01-01T00:00:34Ζ',
    '2017-01-01T00:00:34ℤ',
    '2017-01-01\u0130T00:00:34Z',
    '2017-01-01T00:00:34\u0131',
    '2017-01-01\u017f00:00:34Z',
    '2017‐01‐01T00:00:34Z',
    '2017-01-01T00：00：34Z',
  ],
  'other notations of a date': [
    '01/01/2017 00:00:34',
    'Sun, 01 Jan 2017 00:00:34 GMT',
    '2017-01-01T00:00:34 Z',
    "datetimeoffset'2017-01-01T00:00:34Z'",
    '2017-01-01T00:00:34Z/P1D',
  ],
};

for (const [name, texts] of Object.entries(accepted))
  test(`an Edm.DateTimeOffset may have ${name}`, () => {
    expect(texts.filter((text) => !isDateTimeOffset(text))).toEqual([]);
  });

for (const [name, texts] of Object.entries(rejected))
  test(`no Edm.DateTimeOffset has ${name}`, () => {
    expect(texts.filter((text) => isDateTimeOffset(text))).toEqual([]);
    expect(texts.filter((text) => instantOf(text) !== undefined)).toEqual([]);
  });

test('the tables hold more than a hundred dates, none of them twice', () => {
  const all = [...Object.values(accepted), ...Object.values(rejected)].flat();
  expect(all.length).toBeGreaterThan(100);
  expect(new Set(all).size).toBeGreaterThan(all.length - 10);
});

test('a year of a thousand digits is read, and as many digits that end in nothing are refused', () => {
  const year = '9'.repeat(1_000);
  expect(isDateTimeOffset(`${year}-12-31T23:59:59Z`)).toBe(true);
  expect(isDateTimeOffset(`${year}-12-32T23:59:59Z`)).toBe(false);
  expect(isDateTimeOffset('9'.repeat(200_000))).toBe(false);
});
