import { isObject, type Json, type JsonObject } from '../../../../fixtures/mock/request.ts';
import type { MockResponse } from '../../../../fixtures/mock/server.ts';

/** A rewriting that needs no look at the request. */
export type Rewrite = (answer: MockResponse) => MockResponse;

/** The first value of a header, its name in any case. */
export function header(answer: MockResponse, name: string): string | undefined {
  return answer.headers.find(([other]) => same(other, name))?.[1];
}

/** The answer without a header. */
export function without(answer: MockResponse, ...names: string[]): MockResponse {
  const gone = ([name]: readonly [string, string]) => names.some((other) => same(name, other));
  return { ...answer, headers: answer.headers.filter((line) => !gone(line)) };
}

/** The answer with a header in place of any of that name. */
export function withHeader(answer: MockResponse, name: string, value: string): MockResponse {
  return withLine(without(answer, name), name, value);
}

/** The answer with one header line more, whatever else is there. */
export function withLine(answer: MockResponse, name: string, value: string): MockResponse {
  return { ...answer, headers: [...answer.headers, [name, value]] };
}

/** The answer with other bytes, and the Content-Length that belongs to them. */
export function withBody(answer: MockResponse, body: Buffer | string): MockResponse {
  const bytes = Buffer.from(body);
  return { ...withHeader(answer, 'Content-Length', String(bytes.length)), body: bytes };
}

/** The answer with another JSON value as its body. */
export function withJson(answer: MockResponse, value: Json): MockResponse {
  return withBody(answer, JSON.stringify(value));
}

/** Another status, nothing else. */
export function status(code: number): Rewrite {
  return (answer) => ({ ...answer, status: code });
}

/** Another Content-Type. */
export function typed(value: string): Rewrite {
  return (answer) => withHeader(answer, 'Content-Type', value);
}

/** Another body, made from its text. */
export function text(change: (body: string) => string | Buffer): Rewrite {
  return (answer) => withBody(answer, change(answer.body.toString()));
}

/** The answer with a status and nothing but it: no body, no header that describes one. */
export function bare(answer: MockResponse, status: number): MockResponse {
  const rest = without(answer, 'Content-Type', 'Content-Length');
  const empty = { ...rest, status, body: Buffer.alloc(0) };
  return status === 204 ? empty : withHeader(empty, 'Content-Length', '0');
}

/** The JSON object in an answer's body; throws where there is none. */
export function objectIn(answer: MockResponse): JsonObject {
  const value = JSON.parse(answer.body.toString()) as Json;
  if (!isObject(value)) throw new Error('The body is no JSON object.');
  return value;
}

function same(name: string, other: string): boolean {
  return name.toLowerCase() === other.toLowerCase();
}
