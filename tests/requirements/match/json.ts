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

/** The response's body as JSON; read once. */
export function jsonOf(response: Response): Json {
  const known = read.get(response) ?? readJson(response.body);
  read.set(response, known);
  return known;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A JSON value in a form that fits a line. */
export function show(value: unknown): string {
  if (value === undefined) return 'absent';
  const text = written(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

/** JSON.parse reads what JSON.stringify is too deep to write. */
function written(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    return 'a value nested too deep to show';
  }
}
