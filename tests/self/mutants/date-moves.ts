import type { Defect } from '../support/mock.ts';
import { later, offsetOf, readInstant, secondsOf, showInstant } from './defects/instant.ts';
import { onDate } from './defects/on.ts';
import { type Mutant, mutant } from './mutant.ts';

/** The date, spoilt only where its text matches. */
function where(pattern: RegExp, change: (date: string) => string): Defect {
  return onDate((date) => (pattern.test(date) ? change(date) : date));
}

const clamped = (date: string, seconds: number): string =>
  showInstant({ ...readInstant(date), seconds });
const NANOSECONDS_LIMIT = 9_223_372_036;

export const dateMoves: Mutant[] = [
  mutant('date-now', "The date is the server's clock.", () =>
    onDate(() => new Date().toISOString()),
  ),
  mutant('date-of-first', 'Every create is answered with the date of the first.', () => {
    let first: string | undefined;
    return onDate((date) => (first ??= date));
  }),
  mutant('date-hour-late', 'The date is an hour late.', () => onDate((date) => later(date, 3600))),
  mutant('date-offset-dropped', 'The offset is replaced by Z.', () =>
    onDate((date) => date.replace(/[+-]\d\d:\d\d$/, 'Z')),
  ),
  mutant('date-offset-twice', 'The clock is set to UTC and the offset kept.', () =>
    onDate((date) => later(date, -60 * offsetOf(date))),
  ),
  mutant('date-offset-flipped', 'The sign of the offset is flipped.', () =>
    onDate((date) => date.replace(/[+-](?=\d\d:\d\d$)/, (sign) => (sign === '+' ? '-' : '+'))),
  ),
  mutant('date-negative-offset', 'A negative offset is read as positive.', () =>
    onDate((date) => date.replace(/-(\d\d:\d\d)$/, '+$1')),
  ),
  mutant('date-half-hour-offset', 'The minutes of an offset are lost.', () =>
    where(/[+-]\d\d:(?!00)\d\d$/, (date) => date.replace(/:\d\d$/, ':00')),
  ),
  mutant('date-offset-plus-14', 'Only the offset +14:00 is taken for +12:00.', () =>
    where(/\+14:00$/, (date) => date.replace(/\+14:00$/, '+12:00')),
  ),
  mutant('date-offset-minus-14', 'Only the offset -14:00 is taken for -12:00.', () =>
    where(/-14:00$/, (date) => date.replace(/-14:00$/, '-12:00')),
  ),
  mutant('date-summer-time', 'Dates from April to October are an hour late.', () =>
    where(/^\d+-(?:0[4-9]|10)-/, (date) => later(date, 3600)),
  ),
  mutant('date-before-1970', 'Dates before 1970 become its first moment.', () =>
    onDate((date) => (secondsOf(date) < 0 ? clamped(date, 0) : date)),
  ),
  mutant('date-before-1900', 'Dates before 1900 are moved to local mean time.', () =>
    where(/^(?:0|1[0-8])/, (date) => later(date, -561)),
  ),
  mutant('date-julian', 'Dates before 15 October 1582 are given in the Julian calendar.', () =>
    onDate((date) => (secondsOf(date) < -12_219_292_800 ? later(date, 172_800) : date)),
  ),
  mutant('date-year-1', 'The year 0001 becomes 2001.', () =>
    where(/^0001/, (date) => date.replace(/^0001/, '2001')),
  ),
  mutant('date-minimum-unset', 'The first moment of the year 0001 becomes null.', () =>
    onDate((date) => (date.startsWith('0001-01-01T00:00:00') ? null : date)),
  ),
  mutant('date-after-2038', 'Dates after January 2038 overflow 32 bits.', () =>
    onDate((date) => (secondsOf(date) >= 2 ** 31 ? later(date, -(2 ** 32)) : date)),
  ),
  mutant('date-nanoseconds', 'Dates outside 1677 to 2262 end at 64 bits of nanoseconds.', () =>
    onDate((date) => {
      const seconds = secondsOf(date);
      if (Math.abs(seconds) <= NANOSECONDS_LIMIT) return date;
      return clamped(date, Math.sign(seconds) * NANOSECONDS_LIMIT);
    }),
  ),
  mutant('date-year-9999', 'Dates in the year 9999 lose their fraction.', () =>
    where(/^9999/, (date) => date.replace(/\.\d+/, '')),
  ),
  mutant('date-leap-day', 'The 29th of February becomes the 1st of March.', () =>
    where(/-02-29T/, (date) => date.replace('-02-29T', '-03-01T')),
  ),
  mutant('date-last-of-year', 'The 31st of December gets the year of its week.', () =>
    where(/-12-31T/, (date) =>
      date.replace(/^\d+/, (year) => String(Number(year) + 1).padStart(4, '0')),
    ),
  ),
  mutant('date-day-month-swapped', 'Day and month are swapped where both could be either.', () =>
    onDate((date) => date.replace(/-(\d\d)-(0[1-9]|1[0-2])T/, '-$2-$1T')),
  ),
  mutant('date-midnight-24', 'Midnight is written 24:00 of the day before.', () =>
    where(/T00:00:00(?:\.0+)?(?!\.?\d)/, (date) => later(date, -86_400).replace('T00', 'T24')),
  ),
  mutant('date-twelve-hour-clock', 'Hours after noon are given on a twelve-hour clock.', () =>
    where(/T(?:1[3-9]|2\d):/, (date) => later(date, -43_200)),
  ),
];
