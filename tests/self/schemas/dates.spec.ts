import { expect, test } from '@playwright/test';
import { instantOf, isDateTimeOffset } from '../../../schemas/edm-date-time-offset.ts';
import dates from './dates.json' with { type: 'json' };

// OData 4.01 ABNF, dateTimeOffsetValue, and a day that the proleptic Gregorian calendar has.
for (const [name, texts] of Object.entries(dates.accepted))
  test(`an Edm.DateTimeOffset may have ${name}`, () => {
    expect(texts.filter((text) => !isDateTimeOffset(text))).toEqual([]);
  });

for (const [name, texts] of Object.entries(dates.refused))
  test(`no Edm.DateTimeOffset has ${name}`, () => {
    expect(texts.filter(isDateTimeOffset)).toEqual([]);
  });

/** The difference in picoseconds; the scale's own beginning means nothing. */
function between(earlier: string, later: string): bigint {
  const [a, b] = [instantOf(earlier), instantOf(later)];
  if (a === undefined || b === undefined) throw new Error(`no date: ${earlier} or ${later}`);
  return b - a;
}

test('two instants lie as far apart as the calendar, the clock and the offsets say', () => {
  for (const [name, earlier, later, picoseconds] of dates.distances)
    expect(between(String(earlier), String(later)), String(name)).toBe(BigInt(picoseconds ?? ''));
});

const epoch = '1970-01-01T00:00:00Z';
const millisecond = 1_000_000_000n;

test('days all over what Date knows, and all of four hundred years, lie where Date puts them', () => {
  const day = 86_400_000;
  const days: number[] = [];
  // 3,989 is prime, so that the days fall on every month, weekday and kind of year.
  for (let n = -100_000_000; n <= 100_000_000; n += 3_989) days.push(n * day);
  for (let at = Date.UTC(1899, 11, 31); at <= Date.UTC(2300, 0, 2); at += day) days.push(at);
  const wrong = days.filter((at) => {
    // Date writes ±YYYYYY outside 0000-9999; the grammar has no plus and no leading zero.
    const text = new Date(at)
      .toISOString()
      .replace(/^\+0*/, '')
      .replace(/^-0*(\d{4,})-/, '-$1-');
    return between(epoch, text) !== BigInt(at) * millisecond;
  });
  expect(wrong).toEqual([]);
});

test('times, fractions and offsets lie where Date puts them', () => {
  const days = '1582-10-15 1970-01-01 2024-02-29 9999-12-31 0001-01-01'.split(' ');
  const times = '00:00:00.000 23:59:59.999 12:34:56.789 00:00:34.050'.split(' ');
  const offsets = 'Z +14:00 -14:00 +05:45 -03:30 +23:59 -23:59 -00:00'.split(' ');
  const texts = days.flatMap((date) =>
    times.flatMap((time) => offsets.map((offset) => `${date}T${time}${offset}`)),
  );
  const wrong = texts.filter(
    (text) => between(epoch, text) !== BigInt(Date.parse(text)) * millisecond,
  );
  expect(wrong).toEqual([]);
});
