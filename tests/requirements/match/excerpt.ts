/** Characters of what a target sent that a finding quotes. */
const quoted = 80;

/** What every finding quotes of a text that a target sent: its beginning, where it is long. */
export function excerpt(text: string): string {
  return text.length > quoted ? `${text.slice(0, quoted - 1)}…` : text;
}

/** A JSON value in a form that fits a line. */
export function show(value: unknown): string {
  if (value === undefined) return 'absent';
  try {
    return excerpt(JSON.stringify(value));
  } catch {
    // Writing descends as deep as the value, which reading does not.
    return 'a value that is nested too deep to be shown';
  }
}
