/** Picoseconds in a second: the finest fraction the grammar can write (12 digits). */
const PICOSECONDS = 1_000_000_000_000n;

// OData 4.01 ABNF, dateTimeOffsetValue, with years that anybody can write and no leap second.
const GRAMMAR =
  /^(?<year>-?(?:0\d{3}|[1-9]\d{3,99}))-(?<month>0[1-9]|1[0-2])-(?<day>0[1-9]|[12]\d|3[01])T(?<hour>[01]\d|2[0-3]):(?<minute>[0-5]\d)(?::(?<second>[0-5]\d)(?:\.(?<fraction>\d{1,12}))?)?(?:Z|(?<sign>[+-])(?<offsetHour>[01]\d|2[0-3]):(?<offsetMinute>[0-5]\d))$/i;

function dayNumber(year: bigint, month: number, day: number) {
  // It repeats itself every 400 years; Date knows no more than some thousands.
  const rest = ((year % 400n) + 400n) % 400n;
  const date = new Date(Date.UTC(2000 + Number(rest), month - 1, day));
  if (date.getUTCDate() !== day) return undefined;
  return ((year - rest) / 400n) * 146_097n + BigInt(date.getTime() / 86_400_000);
}

/** In picoseconds, of which only differences mean something; undefined: the grammar or the calendar has no such day. */
export function instantOf(text: string) {
  const part = GRAMMAR.exec(text)?.groups;
  if (part === undefined) return undefined;
  const number = (name: string) => Number(part[name] ?? '0');
  const days = dayNumber(BigInt(part.year ?? 0), number('month'), number('day'));
  if (days === undefined) return undefined;
  const offset = number('offsetHour') * 60 + number('offsetMinute');
  const clock = number('hour') * 60 + number('minute') - (part.sign === '-' ? -offset : offset);
  const seconds = days * 86_400n + BigInt(clock * 60 + number('second'));
  const fraction = BigInt((part.fraction ?? '').padEnd(12, '0'));
  return seconds * PICOSECONDS + fraction;
}

export function isDateTimeOffset(text: string) {
  return instantOf(text) !== undefined;
}
