import { MIMEType } from 'node:util';
import { type Exchange, headerValues, type Response } from '../../../schemas/files/recording.ts';
import { type SchemaError, schemaErrors } from '../../../schemas/validate.ts';

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

const parsed = new WeakMap<Response, Json>();

/** The answer's body as JSON; read once. */
export function jsonOf(answer: Response): Json {
  const known = parsed.get(answer) ?? readJson(answer.body);
  parsed.set(answer, known);
  return known;
}

/** What the page says a created object holds. */
export const documentedProperties = ['@odata.type', 'id', 'deletedDateTime'] as const;

/** The answer's body where it is a JSON object, and not one that only wraps another. */
export function objectOf({ response }: Exchange): Record<string, unknown> | undefined {
  const json = response && jsonOf(response);
  if (json === undefined || !('value' in json) || !isObject(json.value)) return undefined;
  return wrapperIn(json.value) === undefined ? json.value : undefined;
}

/** What an object without any documented property is instead: a wrapper around one that has them, or an error. */
export function wrapperIn(object: Record<string, unknown>): string | undefined {
  if (documentedProperties.some((name) => name in object)) return undefined;
  const wrapper = Object.keys(object).find((key) => {
    const inner = [object[key]].flat()[0];
    return isObject(inner) && documentedProperties.some((name) => name in inner);
  });
  if (wrapper !== undefined) return `the object inside "${wrapper}"`;
  return isObject(object.error) ? 'an error in place of the object' : undefined;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const checked = new WeakMap<Response, SchemaError[]>();

/** Where the answer's object breaks schemas/wire/directoryObject.json; judged once. */
export function directoryObjectErrors(exchange: Exchange): SchemaError[] {
  const object = objectOf(exchange);
  if (object === undefined || exchange.response === undefined) return [];
  const known = checked.get(exchange.response) ?? schemaErrors('directoryObject', object);
  checked.set(exchange.response, known);
  return known;
}

/** Every media type that the answer claims: header lines, and members of a list on one line. */
export function contentTypes({ headers }: Response): string[] {
  return headerValues(headers, 'content-type').flatMap(
    (value) => value.match(/(?:[^,"]|"(?:[^"\\]|\\.)*"?)+/g) ?? [''],
  );
}

/** The first Content-Type as a media type; undefined: there is none, or none that can be read. */
export function mediaType(answer: Response): MIMEType | undefined {
  return parseMediaType(contentTypes(answer)[0] ?? '');
}

export function parseMediaType(text: string): MIMEType | undefined {
  try {
    return new MIMEType(text);
  } catch {
    return undefined;
  }
}

/** How much metadata the answer says that it has: minimal, full or none (OData JSON 3.1). */
export function metadataOf({ response }: Pick<Exchange, 'response'>): string | undefined {
  const params = response && mediaType(response)?.params;
  return params?.get('odata.metadata') ?? params?.get('metadata') ?? undefined;
}

/** A media type without its parameters, but for a charset that is not UTF-8. */
function mediaTypeText(text: string): string {
  const type = parseMediaType(text);
  if (type === undefined) return show(text);
  const charset = type.params.get('charset') ?? 'utf-8';
  return isUtf8(charset) ? type.essence : `${type.essence}; charset=${charset}`;
}

/** Every media type that the answer claims, in that form; undefined: there is none. */
export function mediaTypesText(answer: Response): string | undefined {
  return contentTypes(answer).map(mediaTypeText).join(' and ') || undefined;
}

/** Whether a charset is UTF-8, in either of the spellings in use. */
export function isUtf8(charset: string): boolean {
  return /^utf-?8$/i.test(charset);
}

/** A create that was answered with success and with a body that may be judged. */
export function hasCreatedBody({ response, failure }: Exchange): boolean {
  return (
    response !== undefined &&
    failure === undefined &&
    isSuccess(response) &&
    ![204, 205].includes(response.status)
  );
}

export function isSuccess(answer: Response): boolean {
  return answer.status >= 200 && answer.status < 300;
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
