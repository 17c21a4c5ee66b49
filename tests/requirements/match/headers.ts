import { MIMEType } from 'node:util';
import { excerpt, show } from './json.ts';

/** A piece between commas; those in a quoted string do not divide (RFC 9110 §5.6.4). */
const pieces = /(?:[^,"]|"(?:[^"\\]|\\.)*"?)+/gs;

/** The members of a list, over all lines of a header; empty ones do not count (RFC 9110 §5.6.1). */
export function listMembers(lines: readonly string[]) {
  return lines
    .flatMap((line) => line.match(pieces) ?? [])
    .map((member) => member.trim())
    .filter((member) => member !== '');
}

/** Every media type that is claimed, also as members of a list on one line. */
export function contentTypes(lines: readonly string[]) {
  return lines.flatMap((value) => (value === '' ? [''] : (value.match(pieces) ?? [])));
}

export function parseMediaType(text: string) {
  try {
    return new MIMEType(text);
  } catch {
    return undefined;
  }
}

export function mediaTypesText(types: readonly string[]) {
  return excerpt(types.map(mediaTypeText).join(' and ')) || undefined;
}

function mediaTypeText(text: string) {
  const type = parseMediaType(text);
  if (type === undefined) return show(text);
  const charset = type.params.get('charset') ?? 'utf-8';
  return isUtf8(charset) ? type.essence : `${type.essence}; charset=${charset}`;
}

export function isUtf8(charset: string) {
  return /^utf-?8$/i.test(charset);
}
