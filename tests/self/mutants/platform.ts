import { randomUUID } from 'node:crypto';
import type { Defect, MockRequest, MockResponse } from '../support/mock.ts';
import { crash, failing } from './defects/failing.ts';
import { cut, secondsOf } from './defects/instant.ts';
import {
  accepting,
  has,
  onCreate,
  onDate,
  only,
  onObject,
  onProperty,
  onRefusal,
  onRoute,
  sends,
  when,
} from './defects/on.ts';
import {
  bare,
  header,
  status,
  typed,
  withBody,
  withHeader,
  withLine,
  without,
} from './defects/rewrite.ts';
import { mutantsOf } from './mutant.ts';

const withId = sends(/"id"/);

/** The response with another id in the header and, where it is there, in the body. */
function named(response: MockResponse, name: string, id: string): MockResponse {
  const body = response.body.toString().replaceAll(header(response, name) ?? id, id);
  return withHeader(withBody(response, body), name, id);
}

/** Another Location in place of the right one. */
function located(change: (right: string, request: MockRequest) => string): Defect {
  return onCreate((response, request) =>
    withHeader(response, 'Location', change(header(response, 'Location') ?? '', request)),
  );
}

/** The Location of the create before. */
function previous(): Defect {
  let last: string | undefined;
  return located((right) => {
    const before = last ?? right;
    last = right;
    return before;
  });
}

/** A header that the k-th create of one route shares with the k-th of the other. */
function onTwins(name: string, value?: (k: number) => string): Defect {
  const values: string[] = [];
  const counts = { me: 0, users: 0 };
  return onCreate((a, { route = 'me' }) => {
    const k = counts[route]++;
    values[k] ??= value?.(k) ?? header(a, name) ?? '';
    return withHeader(a, name, values[k]);
  });
}

/** The last second of April 2024 in UTC. */
const endOfApril = Date.UTC(2024, 4, 1) / 1_000 - 1;
const isTyped = ({ body }: MockRequest) => '@odata.type' in JSON.parse(body.toString());

/** Changes what is answered on a connection that is kept, by what was answered on it before. */
function onKept(change: (response: MockResponse, before: MockResponse) => MockResponse) {
  return () => {
    let last: MockResponse | undefined;
    return onCreate(
      when(has('connection', /^keep-alive$/), (response) => {
        const before = last ?? response;
        last = response;
        return change(response, before);
      }),
    );
  };
}

/** Headers and annotations that OData and HTTP demand, where an object is, and routes that differ. */
// biome-ignore format: a row a line
export const platform = mutantsOf([
  ['no-odata-version', 'odata-version', () => (a) => without(a, 'OData-Version')],
  ['no-odata-version-on-errors', 'odata-version', () => onRefusal('all', (a) => without(a, 'OData-Version'))],
  ['date-header-iso', 'header-form', () => (a) => withHeader(a, 'Date', '2026-11-26T02:01:50Z')],
  ['last-modified-local', 'header-form', () => onCreate((a) => withHeader(a, 'Last-Modified', 'Thu, 26 Nov 2026 02:01:50 +0300'))],
  ['etag-unquoted', 'header-form', () => onCreate((a) => withHeader(a, 'ETag', 'W/1'))],
  ['odata-version-3', 'odata-version', () => (a) => withHeader(a, 'OData-Version', '3.0')],
  ['odata-version-twice', 'odata-version', () => (a) => withLine(a, 'OData-Version', '4.01')],
  ['context-empty', 'odata-context', () => onProperty('@odata.context', () => '')],
  ['context-without-fragment', 'odata-context', () => onProperty('@odata.context', (context) => context.replace(/#.*/, ''))],
  ['context-without-metadata', 'odata-context', () => onProperty('@odata.context', (context) => context.replace(/.*#/, '#'))],
  ['property-type-number', 'body-schema', () => onObject((object) => ({ ...object, 'deletedDateTime@odata.type': 1 }))],
  ['request-id-constant', 'request-id request-id-distinct', () => (a) => named(a, 'request-id', '2d2a4ee8-6d2e-4b2c-9d0b-3c1f5a7e9b10')],
  ['request-id-of-other-route', 'request-id-distinct', () => onTwins('request-id')],
  ['no-context', 'odata-context', () => onProperty('@odata.context', () => undefined)],
  ['context-number', 'body-schema', () => onProperty('@odata.context', () => 1)],
  ['no-metadata-parameter', 'odata-metadata', () => onCreate(typed('application/json;charset=utf-8'))],
  ['metadata-full-bare', 'metadata-full', () => onCreate(typed('application/json;odata.metadata=full;charset=utf-8'))],
  ['streaming-reversed', 'streaming-order', () => onObject((object) => Object.fromEntries(Object.entries(object).toReversed()))],
  ['streaming-type-last', 'streaming-order', () => onObject(({ '@odata.type': type = null, ...rest }) => ({ ...rest, '@odata.type': type }))],
  ['streaming-etag-last', 'streaming-order', () => onObject((object) => ({ ...object, '@odata.etag': 'W/"1"' }))],
  ['no-request-id', 'request-id', () => (a) => without(a, 'request-id')],
  ['no-client-request-id', 'client-request-id', () => (a) => without(a, 'client-request-id')],
  ['other-client-request-id', 'client-request-id', () => (a) => named(a, 'client-request-id', randomUUID())],
  ['no-location', 'location', () => onCreate((a) => without(a, 'Location'))],
  ['location-blank', 'location', () => located(() => 'http://target.invalid/directory objects/1')],
  ['location-of-collection', 'location', () => located((right) => right.replace(/\/[^/]*$/, ''))],
  ['location-of-request', 'location', () => located((_, { path }) => path)],
  ['location-of-another', 'location', () => located((right) => right.replace(/[^/]*$/, randomUUID()))],
  ['location-of-another-key', 'location', () => located((right) => right.replace(/\/[^/]*$/, `('${randomUUID()}')`))],
  ['location-of-another-link', 'location', () => located((_, { path }) => path.replace('$ref', `${randomUUID()}/$ref`))],
  ['location-of-previous', 'location', previous],
  ['location-constant', 'location-distinct', () => located(() => 'https://graph.example/v2/handles/latest')],
  ['location-of-other-route', 'location-distinct', () => onTwins('Location', (k) => `https://graph.example/v2/handles/${k}`)],
  ['location-id-altered', 'location', () => located((right) => right.replace(/.$/, (last) => (last === '0' ? '1' : '0')))],
  ['users-404', 'create-status example-exchange route-answers routes-alike', () => onRoute('users', onCreate(failing(404, 'ResourceNotFound')))],
  ['users-204', 'create-status example-exchange routes-alike', () => onRoute('users', onCreate((a) => bare(a, 204)))],
  ['users-200', 'create-status example-exchange routes-alike', () => onRoute('users', onCreate(status(200)))],
  ['users-no-type', 'example-exchange odata-type routes-alike', () => onRoute('users', onProperty('@odata.type', () => undefined))],
  ['users-no-content-type', 'content-type-json example-exchange routes-alike', () => onRoute('users', onCreate((a) => without(a, 'Content-Type')))],
  ['users-date-milliseconds', 'date-instant example-exchange', () => onRoute('users', onDate((date) => cut(date, 3)))],
  ['users-malformed-json-500', 'json-malformed json-one-text', () => onRoute('users', onRefusal(['malformed'], crash))],
  ['missing-date-taken-on-users', 'routes-alike', () => onRoute('users', accepting('date-missing'))],
  ['me-403', 'create-status example-exchange routes-alike', () => onRoute('me', onCreate(failing(403, 'Authorization_RequestDenied')))],
  ['text-json-where-id-sent', 'content-type-json', () => onCreate(when(withId, typed('text/json;odata.metadata=minimal')))],
  ['body-truncated-where-id-sent', 'body-json', () => onCreate(when(withId, (response) => withBody(response, response.body.subarray(0, -12))))],
  ['type-lower-case-where-id-sent', 'odata-type', () => only(withId, onProperty('@odata.type', (type) => type.toLowerCase()))],
  ['id-null-where-sent', 'id-present', () => only(withId, onProperty('id', () => null))],
  ['charset-refused', 'content-type-parameters', () => onCreate(when(has('content-type', /charset/i), failing(415, 'UnsupportedMediaType')))],
  ['accept-first-taken', 'accept-forms content-type-json odata-metadata', () => onCreate(when(has('accept', /^text\/plain/), typed('text/plain')))],
  ['type-only-where-sent', 'odata-type type-absent', () => onProperty('@odata.type', (type, request) => isTyped(request) ? type : undefined)],
  ['end-of-month-moved', 'date-edges date-instant', () => onDate((date) => (secondsOf(date) === endOfApril ? '2024-05-01T00:00:00Z' : date))],
  ['answer-of-the-create-before', 'connection-reuse date-instant id-distinct location', onKept((response, before) => withBody(response, before.body))],
  ['echo-of-the-create-before', 'client-request-id connection-reuse', onKept((response, before) => withHeader(response, 'client-request-id', header(before, 'client-request-id') ?? ''))],
]);
