import { isObject, type Json, type JsonObject } from '../../../../fixtures/mock/request.ts';
import type { MockResponse } from '../../support/mock.ts';

/** A rewriting that needs no look at the request. */
export type Rewrite = (response: MockResponse) => MockResponse;

export function header(response: MockResponse, name: string): string | undefined {
  return response.headers.find(([other]) => same(other, name))?.[1];
}

export function without(response: MockResponse, ...names: string[]): MockResponse {
  const gone = ([name]: readonly [string, string]) => names.some((other) => same(name, other));
  return { ...response, headers: response.headers.filter((line) => !gone(line)) };
}

export function withHeader(response: MockResponse, name: string, value: string): MockResponse {
  return withLine(without(response, name), name, value);
}

/** The response with one header line more, whatever else is there. */
export function withLine(response: MockResponse, name: string, value: string): MockResponse {
  return { ...response, headers: [...response.headers, [name, value]] };
}

/** The response with other bytes, and the Content-Length that belongs to them. */
export function withBody(response: MockResponse, body: Buffer | string): MockResponse {
  const bytes = Buffer.from(body);
  return { ...withHeader(response, 'Content-Length', String(bytes.length)), body: bytes };
}

export function withJson(response: MockResponse, value: Json): MockResponse {
  return withBody(response, JSON.stringify(value));
}

export function status(code: number): Rewrite {
  return (response) => ({ ...response, status: code });
}

export function typed(value: string): Rewrite {
  return (response) => withHeader(response, 'Content-Type', value);
}

/** Another body, made from its text. */
export function text(change: (body: string) => string | Buffer): Rewrite {
  return (response) => withBody(response, change(response.body.toString()));
}

/** The response with a status and nothing but it: no body, no header that describes one. */
export function bare(response: MockResponse, status: number): MockResponse {
  const rest = without(response, 'Content-Type', 'Content-Length');
  const empty = { ...rest, status, body: Buffer.alloc(0) };
  return status === 204 ? empty : withHeader(empty, 'Content-Length', '0');
}

/** The JSON object in a response's body; throws where there is none. */
export function objectIn(response: MockResponse): JsonObject {
  const value = JSON.parse(response.body.toString()) as Json;
  if (!isObject(value)) throw new Error('The body is not a JSON object.');
  return value;
}

function same(name: string, other: string): boolean {
  return name.toLowerCase() === other.toLowerCase();
}

/** The body in so many pieces, so many milliseconds apart. */
export function pieces(response: MockResponse, count: number, every: number): MockResponse {
  const size = Math.ceil(response.body.length / count);
  const chunks = Array.from({ length: count }, (_, i) =>
    response.body.subarray(i * size, (i + 1) * size),
  );
  return { ...response, wire: { chunks, every } };
}
