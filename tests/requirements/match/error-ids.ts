import { type Header, headerValues, requestIdHeader } from '../../../schemas/files/recording.ts';
import { isObject } from './json.ts';

/** An id in the body of a refusal that is not the one in its headers. */
export interface DisagreeingId {
  readonly name: string;
  readonly inside: string;
}

/**
 * The first id in an error's innerError that differs from the header of the same name; undefined:
 * none, or one of the two is not there. Of nested ones the outermost counts: what is inside may be
 * another service's. The ids are GUIDs, so their case means nothing (RFC 9562 §4).
 */
export function disagreeingId(
  headers: readonly Header[],
  body: unknown,
): DisagreeingId | undefined {
  const inner = innerErrors(body);
  for (const name of ['request-id', requestIdHeader]) {
    const sent = headerValues(headers, name).map((value) => value.toLowerCase());
    const inside = inner.map((each) => each[name]).find((value) => typeof value === 'string');
    if (typeof inside !== 'string' || sent.length === 0) continue;
    if (!sent.includes(inside.toLowerCase())) return { name, inside };
  }
  return undefined;
}

/** The inner errors from the outside in; the name is spelled in two ways. */
function innerErrors(body: unknown): Record<string, unknown>[] {
  const found: Record<string, unknown>[] = [];
  let error = isObject(body) ? body.error : undefined;
  while (isObject(error)) {
    error = error.innerError ?? error.innererror;
    if (isObject(error)) found.push(error);
  }
  return found;
}
