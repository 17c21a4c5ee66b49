import { type Header, headerValues } from '../../../schemas/files/recording.ts';

/** A piece between commas; those in a quoted string do not divide (RFC 9110 §5.6.4). */
const pieces = /(?:[^,"]|"(?:[^"\\]|\\.)*"?)+/gs;

/** A header's value divided at its commas; blanks and empty pieces as they are, none of an empty value. */
export function divided(value: string): string[] {
  return value.match(pieces) ?? [];
}

/** The members of a header that is a list, over all its lines; empty ones do not count (RFC 9110 §5.3, §5.6.1). */
export function listMembers(headers: readonly Header[], name: string): string[] {
  return headerValues(headers, name)
    .flatMap(divided)
    .map((member) => member.trim())
    .filter((member) => member !== '');
}
