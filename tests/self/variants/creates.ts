import type { Json, JsonObject } from '../../../fixtures/mock/request.ts';
import { atOffset, withFraction } from '../mutants/defects/instant.ts';
import { onCreate, onDate, onEvery, onId, onObject, then } from '../mutants/defects/on.ts';
import {
  header,
  objectIn,
  type Rewrite,
  text,
  typed,
  withBody,
  withHeader,
  withJson,
  withLine,
} from '../mutants/defects/rewrite.ts';
import type { MockResponse } from '../support/mock.ts';
import { variantsOf } from './variant.ts';

const recased = (change: (name: string) => string): Rewrite => {
  return (response) => ({
    ...response,
    headers: response.headers.map(([name, value]) => [change(name), value]),
  });
};

/** The object with more between its context and type, which come first, and its properties. */
function inserted(
  { '@odata.context': context = '', '@odata.type': type = '', ...rest }: JsonObject,
  more: JsonObject,
): JsonObject {
  return { '@odata.context': context, '@odata.type': type, ...more, ...rest };
}

function reversed(response: MockResponse): MockResponse {
  return withJson(response, Object.fromEntries(Object.entries(objectIn(response)).toReversed()));
}

const linked = (object: JsonObject): JsonObject => ({
  ...object,
  '@odata.id': `directoryObjects('${object.id}')`,
  '@odata.editLink': `directoryObjects('${object.id}')`,
  'deletedDateTime@odata.type': '#DateTimeOffset',
});

/** A JSON text with every character of every string escaped (RFC 8259 §7). */
function escaped(value: Json): string {
  if (typeof value === 'string') {
    const unit = (i: number) => value.charCodeAt(i).toString(16).padStart(4, '0');
    return `"${Array.from({ length: value.length }, (_, i) => `\\u${unit(i)}`).join('')}"`;
  }
  if (Array.isArray(value)) return `[${value.map(escaped).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const members = Object.entries(value).map(([name, each]) => `${escaped(name)}:${escaped(each)}`);
  return `{${members.join(',')}}`;
}

/** The documented example's own response: two headers, three properties. */
function asInTheExample(response: MockResponse): MockResponse {
  const { '@odata.context': _, ...object } = objectIn(response);
  const kept = response.headers.filter(([name]) => /^content-(type|length)$/i.test(name));
  return withJson(typed('application/json')({ ...response, headers: kept }), object);
}

/** Created objects with other headers, ids, dates and bodies. */
// biome-ignore format: a row a line
export const creates = variantsOf([
  ['id-differs-in-case', "The service's documentation: ids are opaque, so a and A are two.", () => onId((_, { n }) => n.toString(2).replaceAll('0', 'a').replaceAll('1', 'A'))],
  ['id-not-rfc-9562', "The example's id is not an RFC 9562 UUID either.", () => onId((_, { n }) => `98b7e341-e341-98b7-41e3-${String(n).padStart(12, '0')}`)],
  ['location-in-capitals', "The service's documentation: ids are opaque; in which case, nobody says.", () => onCreate((a) => withHeader(a, 'Location', `https://graph.example/v1.0/devices/${encodeURIComponent(String(objectIn(a).id)).toUpperCase()}`))],
  ['reason-unusual', 'RFC 9112 4', () => (a) => ({ ...a, reason: a.status === 201 ? 'All Right' : 'No Way' })],
  ['cookies', 'RFC 6265 3', () => (a) => withLine(withLine(a, 'Set-Cookie', 'a=1; Path=/'), 'Set-Cookie', 'b=2; HttpOnly')],
  ['backends-in-turns', 'OData 11.4.1.2: of two servers behind one address each writes the offset as it likes.', () => { const utc = onDate((date) => atOffset(date, undefined)); return (a, r) => (r.n % 2 === 0 ? utc(a, r) : a); }],
  ['head-long', 'RFC 9110 5.4', () => (response) => withLine(response, 'Content-Security-Policy', `x ${'y'.repeat(40_000)}`)],
  ['length-with-zeros', 'RFC 9110 8.6', () => (a) => withHeader(a, 'Content-Length', String(a.body.length).padStart(8, '0'))],
  ['client-request-id-in-capitals', 'RFC 9562 4', () => (a) => withHeader(a, 'client-request-id', (header(a, 'client-request-id') ?? '').toUpperCase())],
  ['metadata-full', 'OData JSON 3.1', () => then(onObject(linked), onCreate(typed('application/json;odata.metadata=full;charset=utf-8')))],
  ['header-names-lower', 'RFC 9110 5.1', () => recased((name) => name.toLowerCase())],
  ['header-names-upper', 'RFC 9110 5.1', () => recased((name) => name.toUpperCase())],
  ['headers-reversed', 'RFC 9110 5.3', () => (a) => ({ ...a, headers: a.headers.toReversed() })],
  ['location-linked', 'OData JSON 4.5.9', () => onCreate((a, { n }) => withHeader(withJson(a, inserted(objectIn(a), { '@odata.editLink': `devices/${n}` })), 'Location', `/v1.0/devices/${n}`))],
  ['entity-id', 'OData 8.3', () => onCreate((a) => withHeader(a, 'OData-EntityId', header(a, 'Location') ?? ''))],
  ['id-upper-case', 'The page states a String, no spelling.', () => onId((id) => id.toUpperCase())],
  ['id-long', 'The page states no length.', () => onId((_, { n }) => `${n}-`.padEnd(3000, 'x'))],
  ['date-utc', 'OData 11.4.1.2', () => onDate((date) => atOffset(date, undefined))],
  ['date-plus-zero', 'OData ABNF: +00:00 is an offset like any other.', () => onDate((date) => atOffset(date, 0))],
  ['date-minus-zero', 'OData ABNF: -00:00 matches.', () => onDate((date) => atOffset(date, 0).replace('+00:00', '-00:00'))],
  ['date-east', 'OData 11.4.1.2', () => onDate((date) => atOffset(date, 345))],
  ['date-west', 'OData 11.4.1.2', () => onDate((date) => atOffset(date, -570))],
  ['date-far-offset', 'OData ABNF: offsets go to 23:59.', () => onDate((date) => atOffset(date, 23 * 60 + 59))],
  ['date-twelve-digits', 'OData ABNF: up to twelve digits, here zeros.', () => onDate((date) => withFraction(date, (fraction) => fraction.padEnd(12, '0')))],
  ['date-shortest-fraction', 'OData ABNF: trailing zeros say nothing.', () => onDate((date) => withFraction(date, (fraction) => fraction.replace(/0+$/, '')))],
  ['date-no-zero-seconds', 'OData ABNF: seconds are optional.', () => onDate((date) => date.replace(/(T\d\d:\d\d):00(?:\.0+)?(?=[Z+-])/i, '$1'))],
  ['date-lower-case', 'OData ABNF: T and Z match in lower case.', () => onDate((date) => atOffset(date, undefined).toLowerCase())],
  ['annotations-extra', 'OData JSON 4.5', () => onObject((object) => inserted(object, { '@odata.etag': 'W/"1"', '@vendor.note': { any: ['thing'] }, 'id@vendor.note': 1 }))],
  ['body-large', 'The page: a real request returns all properties, however many.', () => onEvery(20, (a) => withJson(a, { ...objectIn(a), notes: 'x'.repeat(600_000) }))],
  ['json-indented', 'RFC 8259 2', () => onCreate(text((body) => JSON.stringify(JSON.parse(body), undefined, '\t').replace(/\n/g, '\r\n')))],
  ['json-escaped', 'RFC 8259 7', () => onCreate((a) => withBody(a, escaped(objectIn(a))))],
  ['as-in-the-example', "The page's example shows no more than this.", () => onCreate(asInTheExample), ['client-request-id', 'location', 'odata-context', 'odata-metadata', 'odata-version', 'request-id']],
  ['json-reordered', 'OData JSON 4.4', () => onCreate((a) => reversed(typed('application/json;odata.metadata=minimal;charset=utf-8')(a)))],
  ['streaming-false', 'OData JSON 4.4', () => onCreate((a) => reversed(typed('application/json;odata.metadata=minimal;odata.streaming=false')(a)))],
]);
