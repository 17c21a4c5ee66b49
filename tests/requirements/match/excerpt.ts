/** Characters of what a target sent that a finding quotes. */
const quoted = 80;

/** What every finding quotes of a text that a target sent: its beginning, where it is long. */
export function excerpt(text: string): string {
  return text.length > quoted ? `${text.slice(0, quoted - 1)}…` : text;
}

/** A JSON value in a form that fits a line: an excerpt of its text, whatever its size and depth. */
export function show(value: unknown): string {
  return value === undefined ? 'absent' : excerpt(beginningOf(value, quoted));
}

/** The text of a JSON value, or more than so many characters of its beginning; each level writes one of them. */
function beginningOf(value: unknown, room: number): string {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, room + 1));
  if (Array.isArray(value)) return `[${listed(value, beginningOf, room - 1)}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const named = ([name, inner]: [string, unknown], left: number) =>
    `${beginningOf(name, left)}:${beginningOf(inner, left)}`;
  return `{${listed(Object.entries(value), named, room - 1)}}`;
}

function listed<T>(
  all: readonly T[],
  write: (each: T, left: number) => string,
  room: number,
): string {
  let text = '';
  for (const [i, each] of all.entries()) {
    if (text.length >= room) break;
    text += `${i > 0 ? ',' : ''}${write(each, room - text.length)}`;
  }
  return text;
}
