import type { JsonObject } from '../../../fixtures/mock/request.ts';
import { onError, onRefusal } from '../mutants/defects/on.ts';
import { text, typed, withJson, without } from '../mutants/defects/rewrite.ts';
import { singles } from '../mutants/one-request.ts';
import type { MockResponse } from '../support/mock.ts';
import { reading } from './frameworks.ts';
import { variantsOf } from './variant.ts';

const PROBES = singles.flatMap(({ kind, name }) => (kind === 'probe' ? [name] : []));

/** A list of references, as GET on a collection's $ref gives it (OData 11.2.8). */
function references(response: MockResponse): MockResponse {
  const list = {
    '@odata.context': 'http://127.0.0.1/v1.0/$metadata#Collection($ref)',
    value: [{ '@odata.id': 'directoryObjects/1' }],
  };
  const type = 'application/json;odata.metadata=minimal;charset=utf-8';
  return { ...withJson(typed(type)(without(response, 'Allow')), list), status: 200 };
}

/** The ids in capitals, and around other ones of a service behind this one. */
function layered({ innerError, ...rest }: JsonObject): JsonObject {
  const own = JSON.parse(JSON.stringify(innerError).toUpperCase());
  const ids = { 'request-id': own['REQUEST-ID'], 'client-request-id': own['CLIENT-REQUEST-ID'] };
  return { ...rest, innerError: { ...ids, innererror: { 'request-id': 'behind' } } };
}

function inner({ innerError = {}, ...rest }: JsonObject): JsonObject {
  return { ...rest, innererror: { code: 'outer', innererror: innerError } };
}

/** Errors of other forms, other refusals, and what need not be refused. */
// biome-ignore format: a row a line
export const refusals = variantsOf([
  ['error-inner-nested', 'The general error page: innererror in lower case, and nested.', () => onError((error) => ({ error: inner(error) }))],
  ['error-ids-layered', 'RFC 9562 4', () => onError((error) => ({ error: layered(error) }))],
  ['error-annotated', 'OData JSON 21.1', () => onError((error) => ({ error: { ...error, '@vendor.retry': false }, '@vendor.note': 1 }))],
  ['error-indented', 'RFC 8259 2', () => onRefusal('all', text((body) => `${JSON.stringify(JSON.parse(body), undefined, 2)}\n`))],
  ['probes-accepted', 'What the sources allow in both ways may be accepted.', () => reading(...PROBES)],
  ['head-as-get', 'RFC 9110 9.3.2, 8.6', () => onRefusal(['method'], (a, { method }) => ['GET', 'HEAD'].includes(method) ? references(a) : a)],
]);
