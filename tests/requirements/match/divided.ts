/** A piece between commas; those in a quoted string do not divide (RFC 9110 §5.6.4). */
const pieces = /(?:[^,"]|"(?:[^"\\]|\\.)*"?)+/gs;

/** A header's value divided at its commas; blanks and empty pieces as they are, none of an empty value. */
export function divided(value: string): string[] {
  return value.match(pieces) ?? [];
}
