import type { Json } from '../../../fixtures/mock/request.ts';
import { onCreate, onEvery, onObject, onProperty } from '../mutants/defects/on.ts';
import { objectIn, text, typed, withBody, withJson } from '../mutants/defects/rewrite.ts';
import type { MockResponse } from '../support/mock.ts';
import { type Variant, variant } from './variant.ts';

/** A JSON text with every character of every string escaped (RFC 8259 §7). */
function escaped(value: Json): string {
  if (typeof value === 'string') {
    const unit = (i: number) => value.charCodeAt(i).toString(16).padStart(4, '0');
    return `"${Array.from({ length: value.length }, (_, i) => `\\u${unit(i)}`).join('')}"`;
  }
  if (Array.isArray(value)) return `[${value.map(escaped).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const members = Object.entries(value).map(
    ([name, inner]) => `${escaped(name)}:${escaped(inner)}`,
  );
  return `{${members.join(',')}}`;
}

/** The documented example's own response: two headers, three properties. */
function asInTheExample(response: MockResponse): MockResponse {
  const { '@odata.context': _, ...object } = objectIn(response);
  const kept = response.headers.filter(([name]) => /^content-(type|length)$/i.test(name));
  return withJson(typed('application/json')({ ...response, headers: kept }), object);
}

export const bodies: Variant[] = [
  variant('properties-extra', 'OData 11.4.2: directoryObject is open.', () =>
    onObject((object) => ({
      ...object,
      displayName: 'Ürün №1 😀',
      accountEnabled: true,
      physicalIds: [],
      alternativeSecurityIds: [{ type: 2, key: null }],
      approximateLastSignInDateTime: null,
    })),
  ),
  variant('annotations-extra', 'OData JSON 4.5: unknown annotations are never an error.', () =>
    onObject(({ '@odata.context': context = '', '@odata.type': type = '', ...properties }) => ({
      '@odata.context': context,
      '@odata.type': type,
      '@odata.etag': 'W/"1"',
      '@vendor.note': { any: ['thing'] },
      'id@vendor.note': 1,
      ...properties,
    })),
  ),
  variant(
    'context-absent',
    'The page shows no @odata.context; only OData asks for it.',
    () => onProperty('@odata.context', () => undefined),
    ['odata-context'],
  ),
  variant(
    'metadata-none',
    'OData JSON 3.1.3: without metadata there is no context and no type.',
    () =>
      onCreate((a) => {
        const { '@odata.context': _, '@odata.type': __, ...object } = objectIn(a);
        return withJson(typed('application/json;odata.metadata=none')(a), object);
      }),
  ),
  ...Object.entries({
    'context-relative': '../$metadata#directoryObjects/$entity',
    'context-in-place': '$metadata#users/$entity',
    'context-of-schema-version': '/v1.0/%24metadata?$schemaversion=7#directoryObjects/$entity',
  }).map(([name, context]) =>
    variant(name, 'OData JSON 4.5.1: the context URL may be relative.', () =>
      onProperty('@odata.context', () => context),
    ),
  ),
  ...Object.entries({
    'type-below-metadata': 'https://graph.microsoft.com/v1.0/$metadata',
    'type-of-schema-version': 'https://graph.microsoft.com/v1.0/$metadata?$schemaversion=7',
    'type-relative': '$metadata',
    'type-in-capitals': 'HTTPS://GRAPH.MICROSOFT.COM:443/v1.0/$metadata',
  }).map(([name, metadata]) =>
    variant(name, 'OData JSON 4.5.3: the type may be named below the metadata document.', () =>
      onProperty('@odata.type', (type) => `${metadata}${type}`),
    ),
  ),
  variant('property-annotations', 'OData JSON 4.5: control information of properties.', () =>
    onObject((object) => ({
      ...object,
      'deletedDateTime@odata.type': '#DateTimeOffset',
      'memberOf@odata.navigationLink': 'directoryObjects/1/memberOf',
      'memberOf@odata.count': 3,
    })),
  ),
  variant('body-large', 'The page: a real request returns all properties, however many.', () =>
    onEvery(20, (a) => withJson(a, { ...objectIn(a), notes: 'x'.repeat(600_000) })),
  ),
  variant('names-in-several-objects', 'RFC 8259 4: unique are the names within one object.', () =>
    onObject((object) => ({
      ...object,
      owner: { id: '"id":', name: '\\"id": {' },
      list: [{ id: 1 }, { id: 2, ID: 3 }],
    })),
  ),
  variant('json-indented', 'RFC 8259 2: white space between tokens.', () =>
    onCreate(
      text((body) => JSON.stringify(JSON.parse(body), undefined, '\t').replace(/\n/g, '\r\n')),
    ),
  ),
  variant('json-surrounded', 'RFC 8259 2: white space around the value.', () =>
    onCreate(text((body) => `\r\n\t ${body} \n\n`)),
  ),
  ...Object.entries({
    'json-reordered': 'application/json;odata.metadata=minimal;charset=utf-8',
    'streaming-false': 'application/json;odata.metadata=minimal;odata.streaming=false',
  }).map(([name, type]) =>
    variant(name, 'OData JSON 4.4: any order, where no streaming is announced.', () =>
      onCreate((a) =>
        withJson(typed(type)(a), Object.fromEntries(Object.entries(objectIn(a)).toReversed())),
      ),
    ),
  ),
  variant('json-escaped', 'RFC 8259 7: any character may be escaped, in names too.', () =>
    onCreate((a) => withBody(a, escaped(objectIn(a)))),
  ),
  variant(
    'as-in-the-example',
    "The page's example shows no more than this.",
    () => onCreate(asInTheExample),
    [
      'client-request-id',
      'location',
      'odata-context',
      'odata-metadata',
      'odata-version',
      'request-id',
    ],
  ),
];
