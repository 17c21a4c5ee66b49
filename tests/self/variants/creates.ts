import { randomUUID } from 'node:crypto';
import type { Json, JsonObject } from '../../../fixtures/mock/request.ts';
import { atOffset, withFraction } from '../mutants/defects/instant.ts';
import {
  onCreate,
  onDate,
  onEvery,
  onId,
  onObject,
  onProperty,
  then,
} from '../mutants/defects/on.ts';
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
  without,
} from '../mutants/defects/rewrite.ts';
import type { Defect, MockResponse } from '../support/mock.ts';
import { variantsOf } from './variant.ts';

/** A Location made from the id of the object and the number of the request. */
function located(change: (id: string, n: number) => string): Defect {
  return onCreate((a, { n }) =>
    withHeader(a, 'Location', change(encodeURIComponent(String(objectIn(a).id)), n)),
  );
}

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

const typedBelow = (metadata: string): Defect =>
  onProperty('@odata.type', (type) => `${metadata}${type}`);

/** The object with its properties in the reverse order. */
function reversed(response: MockResponse): MockResponse {
  return withJson(response, Object.fromEntries(Object.entries(objectIn(response)).toReversed()));
}

/** What full metadata adds. */
const linked = (object: JsonObject): JsonObject => ({
  ...object,
  '@odata.id': `directoryObjects('${object.id}')`,
  '@odata.editLink': `directoryObjects('${object.id}')`,
  'deletedDateTime@odata.type': '#DateTimeOffset',
});

const extra: JsonObject = {
  displayName: 'Ürün №1 😀',
  accountEnabled: true,
  physicalIds: [],
  alternativeSecurityIds: [{ type: 2, key: null }],
  approximateLastSignInDateTime: null,
};

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
  ['charset-quoted', 'RFC 9110 8.3.1', () => onCreate(typed('application/json;odata.metadata=minimal;charset="UTF-8"'))],
  ['charset-absent', 'RFC 8259 8.1', () => onCreate(typed('application/json;odata.metadata=minimal'))],
  ['media-type-case', 'RFC 9110 8.3.1', () => onCreate(typed('Application/JSON; OData.Metadata=minimal; Charset=utf-8'))],
  ['parameters-reordered', 'OData JSON 3.1', () => onCreate(typed('application/json; charset=utf-8; IEEE754Compatible=false; odata.metadata=minimal'))],
  ['parameters-in-capitals', 'OData JSON 3', () => onCreate(typed('application/json;ODATA.METADATA=Minimal;odata.streaming=TRUE'))],
  ['length-with-zeros', 'RFC 9110 8.6', () => (a) => withHeader(a, 'Content-Length', String(a.body.length).padStart(8, '0'))],
  ['client-request-id-in-capitals', 'RFC 9562 4', () => (a) => withHeader(a, 'client-request-id', (header(a, 'client-request-id') ?? '').toUpperCase())],
  ['no-date', 'RFC 9110 6.6.1', () => (a) => without(a, 'Date')],
  ['date-header-obsolete', 'RFC 9110 5.6.7', () => (a) => withHeader(a, 'Date', 'Thu Nov 26 02:01:50 2026')],
  ['etag-weak', 'RFC 9110 8.8.3', () => (a) => withHeader(a, 'ETag', 'W/""')],
  ['parameters-4.01', 'OData JSON 3.1', () => onCreate((a) => withHeader(typed('application/json;metadata=minimal;streaming=true')(a), 'OData-Version', '4.01'))],
  ['metadata-full', 'OData JSON 3.1', () => then(onObject(linked), onCreate(typed('application/json;odata.metadata=full;charset=utf-8')))],
  ['media-type-bare', 'The page shows application/json alone.', () => onCreate(typed('application/json')), ['odata-metadata']],
  ['head-long', 'RFC 9110 5.4', () => (response) => withLine(response, 'Content-Security-Policy', `x ${'y'.repeat(40_000)}`)],
  ['header-names-lower', 'RFC 9110 5.1', () => recased((name) => name.toLowerCase())],
  ['header-names-upper', 'RFC 9110 5.1', () => recased((name) => name.toUpperCase())],
  ['headers-reversed', 'RFC 9110 5.3', () => (a) => ({ ...a, headers: a.headers.toReversed() })],
  ['headers-extra', 'RFC 9110 5.1', () => (a) => withLine(withLine(a, 'Strict-Transport-Security', 'max-age=31536000'), 'X-Served', '1')],
  ['cookies', 'RFC 6265 3', () => (a) => withLine(withLine(a, 'Set-Cookie', 'a=1; Path=/'), 'Set-Cookie', 'b=2; HttpOnly')],
  ['reason-empty', 'RFC 9112 4', () => (a) => ({ ...a, reason: '' })],
  ['reason-unusual', 'RFC 9112 4', () => (a) => ({ ...a, reason: a.status === 201 ? 'All Right' : 'No Way' })],
  ['location-relative', 'RFC 9110 10.2.2', () => located((id) => `directoryObjects/${id}`)],
  ['location-key', 'OData URL 4.3.1', () => located((id) => `/v1.0/devices('${id}')`)],
  ['location-reference', 'OData 8.3 speaks of the entity, at any of its URLs.', () => located((id) => `${id}/$ref`)],
  ['location-cast', 'The name of a type follows the id in a live Location.', () => located((id) => `https://graph.example/v2/t/directoryObjects/${id}/Example.Device`)],
  ['location-in-capitals', "The service's documentation: ids are opaque; in which case, nobody says.", () => located((id) => `https://graph.example/v1.0/devices/${id.toUpperCase()}`)],
  ['location-opaque', 'RFC 3986', () => located((_, n) => `https://graph.example/v2/handles/${n}`)],
  ['location-other-key', 'OData 4.01 URL 4.3.2', () => located((_, n) => `devices(deviceId='${n}')`)],
  ['location-linked', 'OData JSON 4.5.9', () => onCreate((a, { n }) => withHeader(withJson(a, inserted(objectIn(a), { '@odata.editLink': `devices/${n}` })), 'Location', `/v1.0/devices/${n}`))],
  ['headers-repeated', 'RFC 9110 5.3 is about different values; the same twice says the same.', () => (a) => withLine(a, 'OData-Version', '4.0')],
  ['location-elsewhere', "A live 201's Location is not under /v1.0.", () => located((_, n) => `https://graph.example/v2/tenant/directoryObjects/${n}/Device`)],
  ['entity-id', 'OData 8.3', () => onCreate((a) => withHeader(a, 'OData-EntityId', header(a, 'Location') ?? ''))],
  ['id-upper-case', 'The page states a String, no spelling.', () => onId((id) => id.toUpperCase())],
  ['id-opaque', "The service's documentation: ids are opaque strings.", () => onId((_, { n }) => `device_${n}.ABC-xyz~`)],
  ['id-short', 'The page: a non-empty string is enough.', () => onId((_, { n }) => `${n}`)],
  ['id-long', 'The page states no length.', () => onId((_, { n }) => `${n}-`.padEnd(3000, 'x'))],
  ['id-unicode', 'The page states a String, of any characters.', () => onId((_, { n }) => `设备/${n} "é" 😀`)],
  ['id-not-rfc-9562', "The example's id is not an RFC 9562 UUID either.", () => onId((_, { n }) => `98b7e341-e341-98b7-41e3-${String(n).padStart(12, '0')}`)],
  ['id-differs-in-case', "The service's documentation: ids are opaque, so a and A are two.", () => onId((_, { n }) => n.toString(2).replaceAll('0', 'a').replaceAll('1', 'A'))],
  ['id-with-blanks', 'The page states a String, of any characters.', () => onId((_, { n }) => ` device  ${n} `)],
  ['id-new', 'OData 11.4.2', () => onId(() => randomUUID())],
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
  ['properties-extra', 'OData 11.4.2', () => onObject((object) => ({ ...object, ...extra }))],
  ['annotations-extra', 'OData JSON 4.5', () => onObject((object) => inserted(object, { '@odata.etag': 'W/"1"', '@vendor.note': { any: ['thing'] }, 'id@vendor.note': 1 }))],
  ['context-absent', 'The page shows no @odata.context; only OData asks for it.', () => onProperty('@odata.context', () => undefined), ['odata-context']],
  ['metadata-none', 'OData JSON 3.1.3', () => then(onProperty('@odata.context', () => undefined), onProperty('@odata.type', () => undefined), onCreate(typed('application/json;odata.metadata=none')))],
  ['property-annotations', 'OData JSON 4.5', () => onObject((object) => ({ ...object, 'deletedDateTime@odata.type': '#DateTimeOffset', 'memberOf@odata.navigationLink': 'directoryObjects/1/memberOf', 'memberOf@odata.count': 3 }))],
  ['body-large', 'The page: a real request returns all properties, however many.', () => onEvery(20, (a) => withJson(a, { ...objectIn(a), notes: 'x'.repeat(600_000) }))],
  ['names-in-several-objects', 'RFC 8259 4', () => onObject((object) => ({ ...object, owner: { id: '"id":', name: '\\"id": {' }, list: [{ id: 1 }, { id: 2, ID: 3 }] }))],
  ['json-indented', 'RFC 8259 2', () => onCreate(text((body) => JSON.stringify(JSON.parse(body), undefined, '\t').replace(/\n/g, '\r\n')))],
  ['json-surrounded', 'RFC 8259 2', () => onCreate(text((body) => `\r\n\t ${body} \n\n`))],
  ['json-escaped', 'RFC 8259 7', () => onCreate((a) => withBody(a, escaped(objectIn(a))))],
  ['as-in-the-example', "The page's example shows no more than this.", () => onCreate(asInTheExample), ['client-request-id', 'location', 'odata-context', 'odata-metadata', 'odata-version', 'request-id']],
  ['context-relative', 'OData JSON 4.5.1', () => onProperty('@odata.context', () => '../$metadata#directoryObjects/$entity')],
  ['context-in-place', 'OData JSON 4.5.1', () => onProperty('@odata.context', () => '$metadata#users/$entity')],
  ['context-of-schema-version', 'OData JSON 4.5.1', () => onProperty('@odata.context', () => '/v1.0/%24metadata?$schemaversion=7#directoryObjects/$entity')],
  ['type-below-metadata', 'OData JSON 4.5.3', () => typedBelow('https://graph.microsoft.com/v1.0/$metadata')],
  ['type-of-schema-version', 'OData JSON 4.5.3', () => typedBelow('https://graph.microsoft.com/v1.0/$metadata?$schemaversion=7')],
  ['type-relative', 'OData JSON 4.5.3', () => typedBelow('$metadata')],
  ['type-in-capitals', 'OData JSON 4.5.3', () => typedBelow('HTTPS://GRAPH.MICROSOFT.COM:443/v1.0/$metadata')],
  ['json-reordered', 'OData JSON 4.4', () => onCreate((a) => reversed(typed('application/json;odata.metadata=minimal;charset=utf-8')(a)))],
  ['streaming-false', 'OData JSON 4.4', () => onCreate((a) => reversed(typed('application/json;odata.metadata=minimal;odata.streaming=false')(a)))],
  ['takes-300-ms', 'The page says nothing about time.', () => (a) => ({ ...a, delay: 300 })],
]);
