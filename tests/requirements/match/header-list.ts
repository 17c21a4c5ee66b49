/** A piece between commas; those in a quoted string do not divide (RFC 9110 §5.6.4). */
const pieces = /(?:[^,"]|"(?:[^"\\]|\\.)*"?)+/gs;

/** A header's value divided at its commas; blanks and empty pieces as they are, none of an empty value. */
export function divided(value: string): string[] {
  return value.match(pieces) ?? [];
}

/** The members of a header that is a list, over all its lines; empty ones do not count (RFC 9110 §5.3, §5.6.1). */
export function listMembers(lines: readonly string[]): string[] {
  return lines
    .flatMap(divided)
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
