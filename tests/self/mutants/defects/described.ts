import { randomUUID } from 'node:crypto';
import type { RefusalReason } from '../../../../fixtures/mock/refusals.ts';
import type { JsonObject, Route } from '../../../../fixtures/mock/request.ts';
import type { Defect, MockRequest, MockResponse } from '../../support/mock.ts';
import { failing } from './failing.ts';
import {
  bare,
  header,
  objectIn,
  text,
  withBody,
  withHeader,
  withJson,
  withLine,
  without,
} from './rewrite.ts';

type Replacing = readonly [pattern: string, by: string];

/** A defect as a table of data holds it: which answers, and what becomes of them. */
export interface Described {
  /** Creates where it is not said; 'refusal': each; a list: those for these reasons. */
  readonly on?: 'any' | 'refusal' | readonly RefusalReason[];
  readonly route?: Route;
  readonly method?: string;
  /** Every so many of the creates alone. */
  readonly every?: number;
  /** The names of the requests; in memory alone. */
  readonly requests?: readonly string[];
  /** What body and header of the request match. */
  readonly sends?: string;
  readonly header?: readonly [name: string, pattern: string];
  readonly accept?: true;
  readonly fails?: readonly [status: number, code: string];
  readonly bare?: number;
  readonly status?: number;
  readonly reason?: string;
  readonly delay?: number;
  readonly wire?: 'drop' | 'reset' | 'hang';
  readonly without?: readonly string[];
  /** Headers in place of others and beside them; `{n}`, `{id}`, `{path}`, `{method}`, `{uuid}` are filled in. */
  readonly set?: Readonly<Record<string, string>>;
  readonly add?: Readonly<Record<string, string>>;
  /** Another body, or another text in it. */
  readonly body?: string;
  readonly replace?: Replacing;
  /** Properties of the created object: other ones, none, another text in one. */
  readonly object?: JsonObject;
  readonly lacks?: readonly string[];
  readonly property?: readonly [name: string, ...Replacing];
  /** Another text in the date, where it matches `where`. */
  readonly date?: Replacing;
  readonly where?: string;
  readonly id?: string;
  /** Properties of an error; null: none. */
  readonly error?: JsonObject;
}

function applies({ on, sends = '', ...row }: Described, request: MockRequest): boolean {
  const { refusal, created, route, method, body, name = '', headers } = request;
  const isOn = on === undefined ? created > 0 : on === 'any' || refusal !== undefined;
  const isReason = !Array.isArray(on) || (refusal !== undefined && on.includes(refusal));
  const [headerName = '', pattern = ''] = row.header ?? [];
  return (
    isOn &&
    isReason &&
    (row.route ?? route) === route &&
    (row.method ?? method) === method &&
    created % (row.every ?? 1) === 0 &&
    (row.requests?.includes(name) ?? true) &&
    new RegExp(sends).test(body.toString()) &&
    new RegExp(pattern, 'i').test(String(headers[headerName] ?? ''))
  );
}

/** The defect that a row describes. */
export function described(row: Described): Defect {
  return (response, request) => {
    if (!applies(row, request)) return response;
    const { reason, delay, wire } = row;
    return {
      ...withBodyOf(row, withHeadOf(row, response, request), request),
      ...(reason !== undefined && { reason }),
      ...(delay && { delay }),
      ...(wire && { wire }),
    };
  };
}

function withHeadOf(row: Described, response: MockResponse, request: MockRequest): MockResponse {
  const { accept, fails, status, set = {}, add = {} } = row;
  let changed = accept ? request.accept() : response;
  const { n, path, method } = request;
  const words: Readonly<Record<string, unknown>> = {
    ...{ n, path, method, uuid: randomUUID() },
    ...(set.Location && { id: encodeURIComponent(String(objectIn(changed).id)) }),
  };
  const filled = (text: string) => text.replace(/\{(\w+)\}/g, (_, word) => String(words[word]));
  if (fails) changed = failing(...fails)(changed);
  if (row.bare) changed = bare(changed, row.bare);
  if (status) changed = { ...changed, status };
  changed = without(changed, ...(row.without ?? []));
  for (const [name, value] of Object.entries(set))
    changed = withHeader(changed, name, filled(value));
  for (const [name, value] of Object.entries(add)) changed = withLine(changed, name, filled(value));
  return changed;
}

function withBodyOf(row: Described, response: MockResponse, { n }: MockRequest): MockResponse {
  const { body, replace, object, lacks = [], property, date, where = '', id, error } = row;
  if (body !== undefined) return withBody(response, body);
  if (replace) return text((all) => all.replace(new RegExp(replace[0]), replace[1]))(response);
  const isSame = !(object || row.lacks || property || date || id || error);
  if (isSame) return response;
  const sent = objectIn(response);
  const changed: JsonObject = { ...sent, ...object };
  for (const name of lacks) delete changed[name];
  const rewrite = (name: string, pattern: string, by: string) => {
    changed[name] = String(sent[name]).replace(new RegExp(pattern), by);
  };
  if (property) rewrite(...property);
  if (date && new RegExp(where).test(String(sent.deletedDateTime)))
    rewrite('deletedDateTime', ...date);
  if (error) {
    const all = { ...Object(sent.error), ...error };
    changed.error = Object.fromEntries(
      Object.entries(all as JsonObject).filter(([, value]) => value !== null),
    );
  }
  if (id === undefined) return withJson(response, changed);
  const words: Readonly<Record<string, string>> = {
    n: String(n),
    id: String(sent.id),
    uuid: randomUUID(),
  };
  const other = id.replace(/\{(\w+)\}/g, (_, word) => words[word] ?? '');
  const location = header(response, 'Location')?.replace(/[^/]*$/, encodeURIComponent(other)) ?? '';
  return withHeader(withJson(response, { ...changed, id: other }), 'Location', location);
}
