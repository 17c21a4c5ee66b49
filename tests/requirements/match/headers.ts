import { MIMEType } from 'node:util';
import { excerpt, show } from './json.ts';

/** A piece between commas; those in a quoted string do not divide (RFC 9110 §5.6.4). */
const pieces = /(?:[^,"]|"(?:[^"\\]|\\.)*"?)+/gs;

/** The members of a header that is a list, over all its lines; empty ones do not count (RFC 9110 §5.3, §5.6.1). */
export function listMembers(lines: readonly string[]): string[] {
  return lines
    .flatMap((line) => line.match(pieces) ?? [])
    .map((member) => member.trim())
    .filter((member) => member !== '');
}

// RFC 9110 §11.2: a scheme alone, with a token68, or with parameters, of which commas divide the others.
const token = "[!#$%&'*+.^_`|~\\w-]+";
const parameter = `${token}[ \\t]*=[ \\t]*(?:${token}|"(?:[^"\\\\]|\\\\.)*")`;
const oneParameter = new RegExp(`^${parameter}$`, 's');
const challenge = new RegExp(`^(${token})(?:[ \\t]+(?:${parameter}|[\\w.~+/-]+=*))?$`, 's');

/**
 * The schemes that the WWW-Authenticate lines of a response challenge with, in lower case, because
 * their names have no case (RFC 9110 §11.1, §11.6.1); undefined: the lines are not challenges.
 */
export function challengedSchemes(lines: readonly string[]): string[] | undefined {
  const schemes: string[] = [];
  for (const member of listMembers(lines)) {
    const scheme = oneParameter.test(member) ? undefined : challenge.exec(member)?.[1];
    if (scheme !== undefined) schemes.push(scheme.toLowerCase());
    else if (schemes.length === 0 || !oneParameter.test(member)) return undefined;
  }
  return schemes;
}

/** Every media type that the Content-Type lines of a message claim, also as members of a list on one line. */
export function contentTypes(lines: readonly string[]): string[] {
  return lines.flatMap((value) => (value === '' ? [''] : (value.match(pieces) ?? [])));
}

/** A text as a media type; undefined where it is not one. */
export function parseMediaType(text: string): MIMEType | undefined {
  try {
    return new MIMEType(text);
  } catch {
    return undefined;
  }
}

/** All of these, without parameters but for a charset that is not UTF-8; undefined: there is none. */
export function mediaTypesText(types: readonly string[]): string | undefined {
  return excerpt(types.map(mediaTypeText).join(' and ')) || undefined;
}

function mediaTypeText(text: string): string {
  const type = parseMediaType(text);
  if (type === undefined) return show(text);
  const charset = type.params.get('charset') ?? 'utf-8';
  return isUtf8(charset) ? type.essence : `${type.essence}; charset=${charset}`;
}

/** Whether a charset is UTF-8, in either of the spellings in use. */
export function isUtf8(charset: string): boolean {
  return /^utf-?8$/i.test(charset);
}
