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

/** The response's body as JSON; read once. Of one that is not kept nobody knows what it is. */
export function jsonOf(response: Response): Json {
  const known =
    read.get(response) ??
    (response.notKept === undefined ? readJson(response.body) : { fault: response.notKept });
  read.set(response, known);
  return known;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
