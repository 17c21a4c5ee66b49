import type { Defect } from '../support/mock.ts';
import {
  atOffset,
  later,
  offsetOf,
  readInstant,
  secondsOf,
  showInstant,
  ticksOf,
  withFraction,
  withTicks,
} from './defects/instant.ts';
import { onDate } from './defects/on.ts';
import { mutantsOf } from './mutant.ts';

/** The date, changed only where its text matches. */
function where(pattern: RegExp, change: (date: string) => string): Defect {
  return onDate((date) => (pattern.test(date) ? change(date) : date));
}

const clamped = (date: string, seconds: number): string =>
  showInstant({ ...readInstant(date), seconds });
/** Seconds from 1970 on that 64 bits of nanoseconds hold. */
const NANOSECONDS_LIMIT = 9_223_372_036;

function rounded(date: string, digits: number): string {
  const unit = 10 ** (7 - digits);
  return withTicks(date, (ticks) => Math.round(ticks / unit) * unit);
}

/** The date after a detour through one floating-point number of seconds. */
function throughDouble(date: string): string {
  const instant = readInstant(date);
  const total = instant.seconds + ticksOf(instant) / 1e7;
  const seconds = Math.floor(total);
  const whole = showInstant({ ...instant, seconds, fraction: '0' });
  return withTicks(whole, () => Math.round((total - seconds) * 1e7));
}

function ofFirst(): Defect {
  let first: string | undefined;
  return onDate((date) => (first ??= date));
}

/** The date at the end of what 64 bits of nanoseconds hold, where it is beyond. */
function inNanoseconds(date: string): string {
  const seconds = secondsOf(date);
  return Math.abs(seconds) <= NANOSECONDS_LIMIT
    ? date
    : clamped(date, Math.sign(seconds) * NANOSECONDS_LIMIT);
}

/** Dates that come back in another form, or as another instant. */
// biome-ignore format: a row a line
export const dates = mutantsOf([
  ['date-epoch', 'date-form example-exchange', () => onDate((date) => secondsOf(date) * 1000)],
  ['date-odata-2', 'date-form example-exchange', () => onDate((date) => `/Date(${secondsOf(date) * 1000})/`)],
  ['date-rfc-1123', 'date-form example-exchange', () => onDate((date) => new Date(secondsOf(date) * 1000).toUTCString())],
  ['date-thirteen-digits', 'date-form example-exchange', () => onDate((date) => withFraction(date, (fraction) => fraction.padEnd(13, '0')))],
  ['date-offset-no-colon', 'date-form example-exchange', () => onDate((date) => atOffset(date, offsetOf(date)).replace(/:(\d\d)$/, '$1'))],
  ['date-rounded-to-milliseconds', 'date-instant example-exchange', () => onDate((date) => rounded(date, 3))],
  ['date-rounded-to-microseconds', 'date-instant example-exchange', () => onDate((date) => rounded(date, 6))],
  ['date-tick-late', 'date-instant example-exchange', () => onDate((date) => withTicks(date, (ticks) => ticks + 1))],
  ['date-through-double', 'date-instant example-exchange', () => onDate(throughDouble)],
  ['date-short-fraction', 'date-instant', () => onDate((date) => date.replace(/\.(\d{1,6})(?!\d)/, (_, f: string) => `.${f.padStart(7, '0')}`)), 'A fraction of fewer than seven digits is read as ticks.'],
  ['date-now', 'date-instant example-exchange', () => onDate(() => new Date().toISOString())],
  ['date-of-first', 'date-instant', ofFirst],
  ['date-hour-late', 'date-instant example-exchange', () => onDate((date) => later(date, 3600))],
  ['date-offset-twice', 'date-instant example-exchange', () => onDate((date) => later(date, -60 * offsetOf(date)))],
  ['date-offset-flipped', 'date-instant example-exchange', () => onDate((date) => date.replace(/[+-](?=\d\d:\d\d$)/, (sign) => (sign === '+' ? '-' : '+')))],
  ['date-summer-time', 'date-instant', () => where(/^\d+-(?:0[4-9]|10)-/, (date) => later(date, 3600))],
  ['date-before-1970', 'date-instant', () => onDate((date) => (secondsOf(date) < 0 ? clamped(date, 0) : date))],
  ['date-before-1900', 'date-instant', () => where(/^(?:0|1[0-8])/, (date) => later(date, -561)), 'Dates before 1900 are moved to local mean time.'],
  ['date-julian', 'date-instant', () => onDate((date) => (secondsOf(date) < -12_219_292_800 ? later(date, 172_800) : date)), 'Dates before 15 October 1582 are given in the Julian calendar.'],
  ['date-minimum-unset', 'date-instant', () => onDate((date) => (date.startsWith('0001-01-01T00:00:00') ? null : date))],
  ['date-after-2038', 'date-instant', () => onDate((date) => (secondsOf(date) >= 2 ** 31 ? later(date, -(2 ** 32)) : date))],
  ['date-nanoseconds', 'date-instant', () => onDate(inNanoseconds), 'Dates outside 1677 to 2262 end at 64 bits of nanoseconds.'],
  ['date-last-of-year', 'date-instant', () => where(/-12-31T/, (date) => date.replace(/^\d+/, (year) => String(Number(year) + 1).padStart(4, '0'))), 'The 31st of December gets the year of its week.'],
  ['date-midnight-24', 'date-form', () => where(/T00:00:00(?:\.0+)?(?!\.?\d)/, (date) => later(date, -86_400).replace('T00', 'T24'))],
  ['date-twelve-hour-clock', 'date-instant', () => where(/T(?:1[3-9]|2\d):/, (date) => later(date, -43_200))],
]);
