import { cut, readInstant, showInstant, ticksOf, withTicks } from './defects/instant.ts';
import { onDate } from './defects/on.ts';
import { type Mutant, mutant } from './mutant.ts';

/** The date rounded to so many digits of a second. */
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

export const dateFractions: Mutant[] = [
  mutant('date-cut-to-milliseconds', 'The fraction is cut to three digits.', () =>
    onDate((date) => cut(date, 3)),
  ),
  mutant('date-cut-to-microseconds', 'The fraction is cut to six digits.', () =>
    onDate((date) => cut(date, 6)),
  ),
  mutant('date-rounded-to-milliseconds', 'The fraction is rounded to milliseconds.', () =>
    onDate((date) => rounded(date, 3)),
  ),
  mutant('date-rounded-to-microseconds', 'The fraction is rounded to microseconds.', () =>
    onDate((date) => rounded(date, 6)),
  ),
  mutant('date-fraction-dropped', 'The fraction is dropped.', () =>
    onDate((date) => date.replace(/\.\d+/, '')),
  ),
  mutant('date-seconds-dropped', 'Seconds and fraction are dropped.', () =>
    onDate((date) => date.replace(/(T\d\d:\d\d):[\d.]+/, '$1')),
  ),
  mutant('date-tick-late', 'The date is 100 ns late.', () =>
    onDate((date) => withTicks(date, (ticks) => ticks + 1)),
  ),
  mutant('date-through-double', 'The date went through one floating-point number.', () =>
    onDate(throughDouble),
  ),
  mutant('date-fraction-leading-zeros', 'The fraction loses its leading zeros.', () =>
    onDate((date) => date.replace(/\.0+(?=\d)/, '.')),
  ),
  mutant('date-fraction-trailing-zeros', 'Trailing zeros of the fraction move to its front.', () =>
    onDate((date) => date.replace(/\.(\d*[1-9])(0+)(?!\d)/, '.$2$1')),
  ),
  mutant('date-short-fraction', 'A fraction of fewer than seven digits is read as ticks.', () =>
    onDate((date) => date.replace(/\.(\d{1,6})(?!\d)/, (_, f: string) => `.${f.padStart(7, '0')}`)),
  ),
];
