/** Picoseconds in a second: the finest fraction the grammar can write (12 digits). */
const PICOSECONDS = 1_000_000_000_000n;

/** Digits of a year up to which an instant is exact. */
const longestYear = 1_000;

// OData 4.01 ABNF, dateTimeOffsetValue: seconds optional, T and Z in either case, second 60 only
// in the newer grammar and in no calendar the type has, so it is left out.
const GRAMMAR =
  /^(?<year>-?(?:0\d{3}|[1-9]\d{3,}))-(?<month>0[1-9]|1[0-2])-(?<day>0[1-9]|[12]\d|3[01])T(?<hour>[01]\d|2[0-3]):(?<minute>[0-5]\d)(?::(?<second>[0-5]\d)(?:\.(?<fraction>\d{1,12}))?)?(?:Z|(?<sign>[+-])(?<offsetHour>[01]\d|2[0-3]):(?<offsetMinute>[0-5]\d))$/i;

/** Days from 0000-03-01 to the given day of the proleptic Gregorian calendar. */
function dayNumber(year: bigint, month: bigint, day: bigint): bigint {
  // Years begin in March here, so that a leap day is the last day of its year.
  const y = month > 2n ? year : year - 1n;
  const m = (month + 9n) % 12n;
  return (
    y * 365n +
    floorDivide(y, 4n) -
    floorDivide(y, 100n) +
    floorDivide(y, 400n) +
    (m * 306n + 5n) / 10n +
    day -
    1n
  );
}

function floorDivide(a: bigint, b: bigint): bigint {
  return a >= 0n ? a / b : -((b - 1n - a) / b);
}

function daysInMonth(year: bigint, month: bigint): bigint {
  const next = month === 12n ? dayNumber(year + 1n, 1n, 1n) : dayNumber(year, month + 1n, 1n);
  return next - dayNumber(year, month, 1n);
}

/** The calendar repeats itself every 400 years, so that the last four digits of a year say all of its days. */
function daysInMonthOf(year: string, month: bigint): bigint {
  return daysInMonth(BigInt(year.slice(-4)), month);
}

/** A year of any length as a number; arithmetic with millions of digits would take minutes, so that longer ones all count alike. */
function yearNumber(year: string): bigint {
  const digits = year.replace('-', '');
  const number = digits.length > longestYear ? 10n ** BigInt(longestYear) : BigInt(digits);
  return year.startsWith('-') ? -number : number;
}

/**
 * Reads an Edm.DateTimeOffset exactly, but for years of more than 1,000 digits: the grammar has no
 * bound, and they all count as the year 10^1000, of either sign.
 *
 * In: any text. Out: the instant in picoseconds on a scale of its own (only differences mean
 * something), or undefined where the text is not an Edm.DateTimeOffset: wrong form, no offset, or a
 * day the calendar does not have. Never throws. Source: OData 4.01 ABNF `dateTimeOffsetValue`.
 */
export function instantOf(text: string): bigint | undefined {
  const part = GRAMMAR.exec(text)?.groups;
  if (part === undefined) return undefined;
  const number = (name: string) => BigInt(part[name] ?? '0');
  const [year = '', month, day] = [part.year, number('month'), number('day')];
  if (day > daysInMonthOf(year, month)) return undefined;
  const offset =
    (number('offsetHour') * 60n + number('offsetMinute')) * (part.sign === '-' ? -1n : 1n);
  const minutes =
    dayNumber(yearNumber(year), month, day) * 1440n +
    number('hour') * 60n +
    number('minute') -
    offset;
  const fraction = BigInt((part.fraction ?? '').padEnd(12, '0'));
  return (minutes * 60n + number('second')) * PICOSECONDS + fraction;
}

/** Whether the text is an Edm.DateTimeOffset: the OData grammar and a day that exists. */
export function isDateTimeOffset(text: string): boolean {
  return instantOf(text) !== undefined;
}
