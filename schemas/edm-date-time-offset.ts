/** Picoseconds in a second: the finest fraction the grammar can write (12 digits). */
const PICOSECONDS = 1_000_000_000_000n;

/** Digits of a year up to which an instant is exact. */
const longestYear = 1_000;

// OData 4.01 ABNF, dateTimeOffsetValue: seconds optional, T and Z in either case, second 60 only
// in the newer grammar and in no calendar the type has, so it is left out.
const GRAMMAR =
  /^(?<year>-?(?:0\d{3}|[1-9]\d{3,}))-(?<month>0[1-9]|1[0-2])-(?<day>0[1-9]|[12]\d|3[01])T(?<hour>[01]\d|2[0-3]):(?<minute>[0-5]\d)(?::(?<second>[0-5]\d)(?:\.(?<fraction>\d{1,12}))?)?(?:Z|(?<sign>[+-])(?<offsetHour>[01]\d|2[0-3]):(?<offsetMinute>[0-5]\d))$/i;

/** Days from a day of the year 0 on, in the proleptic Gregorian calendar; undefined: it has no such day. */
function dayNumber(year: string, month: number, day: number): bigint | undefined {
  // The calendar repeats itself every 400 years, so that the last four digits of a year say all of its days.
  const sign = year.startsWith('-') ? -1 : 1;
  const rest = (((sign * Number(year.slice(-4).replace('-', ''))) % 400) + 400) % 400;
  const date = new Date(Date.UTC(2000 + rest, month - 1, day));
  if (date.getUTCDate() !== day) return undefined;
  const cycles = (yearNumber(year) - BigInt(rest)) / 400n;
  return cycles * 146_097n + BigInt(date.getTime() / 86_400_000);
}

/** A year of any length as a number; arithmetic with millions of digits would take minutes, so that longer ones all count alike. */
function yearNumber(year: string): bigint {
  const digits = year.replace('-', '');
  // A multiple of 400, as far as days go, and of the same rest.
  const number =
    digits.length > longestYear
      ? 10n ** BigInt(longestYear) + BigInt(digits.slice(-4))
      : BigInt(digits);
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
  const number = (name: string) => Number(part[name] ?? '0');
  const days = dayNumber(part.year ?? '', number('month'), number('day'));
  if (days === undefined) return undefined;
  const offset = number('offsetHour') * 60 + number('offsetMinute');
  const clock = number('hour') * 60 + number('minute') - (part.sign === '-' ? -offset : offset);
  const seconds = days * 86_400n + BigInt(clock * 60 + number('second'));
  const fraction = BigInt((part.fraction ?? '').padEnd(12, '0'));
  return seconds * PICOSECONDS + fraction;
}

/** Whether the text is an Edm.DateTimeOffset: the OData grammar and a day that exists. */
export function isDateTimeOffset(text: string): boolean {
  return instantOf(text) !== undefined;
}
