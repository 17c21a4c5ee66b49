import type { Response } from '../../../schemas/files/recording.ts';

/** A body read as strict JSON: its value, or what keeps it from being JSON. */
export type Json =
  | { readonly value: unknown }
  | { readonly fault: string; readonly detail?: string };

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Reads bytes as one JSON text to the last byte, UTF-8 and without a mark before it (RFC 8259 §8.1). */
export function readJson(body: Buffer): Json {
  if (body.length === 0) return { fault: 'an empty body' };
  if (body.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf])))
    return { fault: 'a byte order mark before the JSON' };
  let text: string;
  try {
    text = utf8.decode(body);
  } catch {
    return { fault: 'bytes that are not UTF-8' };
  }
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    return { fault: 'no JSON', detail: error instanceof Error ? error.message : '' };
  }
}

const read = new WeakMap<Response, Json>();

/** The response's body as JSON; read once. Of one that is recorded in part nobody knows what it is. */
export function jsonOf(response: Response): Json {
  const known =
    read.get(response) ??
    (response.cut === undefined ? readJson(response.body) : { fault: 'a body recorded in part' });
  read.set(response, known);
  return known;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

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
  if (!isObject(value)) return JSON.stringify(value);
  const named = (name: string, left: number) =>
    `${beginningOf(name, left)}:${beginningOf(value[name], left)}`;
  return `{${listed(Object.keys(value), named, room - 1)}}`;
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
