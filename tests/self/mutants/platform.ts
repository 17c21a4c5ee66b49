import { randomUUID } from 'node:crypto';
import type { Defect, MockRequest, MockResponse } from '../support/mock.ts';
import { crash, failing } from './defects/failing.ts';
import { cut } from './defects/instant.ts';
import {
  accepting,
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

/** Headers and annotations that OData and HTTP demand, where an object is, and routes that differ. */
// biome-ignore format: a row a line
export const platform = mutantsOf([
  ['no-odata-version', 'odata-version', 'No response has OData-Version.', () => (a) => without(a, 'OData-Version')],
  ['no-odata-version-on-errors', 'odata-version', 'Errors have no OData-Version.', () => onRefusal('all', (a) => without(a, 'OData-Version'))],
  ['date-header-iso', 'header-form', 'Date is written as in JSON.', () => (a) => withHeader(a, 'Date', '2026-11-26T02:01:50Z')],
  ['last-modified-local', 'header-form', 'Last-Modified has an offset in place of GMT.', () => onCreate((a) => withHeader(a, 'Last-Modified', 'Thu, 26 Nov 2026 02:01:50 +0300'))],
  ['etag-unquoted', 'header-form', 'The ETag has no quotation marks.', () => onCreate((a) => withHeader(a, 'ETag', 'W/1'))],
  ['odata-version-3', 'odata-version', 'OData-Version is 3.0.', () => (a) => withHeader(a, 'OData-Version', '3.0')],
  ['odata-version-twice', 'odata-version', 'A response has two OData-Versions.', () => (a) => withLine(a, 'OData-Version', '4.01')],
  ['context-empty', 'odata-context', 'The @odata.context of the object is empty.', () => onProperty('@odata.context', () => '')],
  ['context-without-fragment', 'odata-context', 'The @odata.context does not say what the object is.', () => onProperty('@odata.context', (context) => context.replace(/#.*/, ''))],
  ['context-without-metadata', 'odata-context', 'The @odata.context is a fragment of no $metadata.', () => onProperty('@odata.context', (context) => context.replace(/.*#/, '#'))],
  ['property-type-number', 'body-schema', 'The type of a property is given as a number.', () => onObject((object) => ({ ...object, 'deletedDateTime@odata.type': 1 }))],
  ['request-id-constant', 'request-id request-id-distinct', 'Every response has the same request-id.', () => (a) => named(a, 'request-id', '2d2a4ee8-6d2e-4b2c-9d0b-3c1f5a7e9b10')],
  ['request-id-of-other-route', 'request-id-distinct', 'Each create shares its request-id with the other route.', () => onTwins('request-id')],
  ['no-context', 'odata-context', 'The object has no @odata.context.', () => onProperty('@odata.context', () => undefined)],
  ['context-number', 'body-schema', 'The @odata.context of the object is a number.', () => onProperty('@odata.context', () => 1)],
  ['no-metadata-parameter', 'odata-metadata', 'The Content-Type has no odata.metadata parameter.', () => onCreate(typed('application/json;charset=utf-8'))],
  ['metadata-full-bare', 'metadata-full', 'Full metadata is announced, and minimal is sent.', () => onCreate(typed('application/json;odata.metadata=full;charset=utf-8'))],
  ['streaming-reversed', 'streaming-order', 'Streaming is announced, and the context comes last.', () => onObject((object) => Object.fromEntries(Object.entries(object).toReversed()))],
  ['streaming-type-last', 'streaming-order', 'Streaming is announced, and the type comes last.', () => onObject(({ '@odata.type': type = null, ...rest }) => ({ ...rest, '@odata.type': type }))],
  ['streaming-etag-last', 'streaming-order', 'Streaming is announced, and the ETag comes last.', () => onObject((object) => ({ ...object, '@odata.etag': 'W/"1"' }))],
  ['no-request-id', 'request-id', 'No response has a request-id.', () => (a) => without(a, 'request-id')],
  ['no-client-request-id', 'client-request-id', 'No response has a client-request-id.', () => (a) => without(a, 'client-request-id')],
  ['other-client-request-id', 'client-request-id', 'The client-request-id is not the one sent.', () => (a) => named(a, 'client-request-id', randomUUID())],
  ['no-location', 'location', 'A create has no Location.', () => onCreate((a) => without(a, 'Location'))],
  ['location-blank', 'location', 'The Location has a blank in it.', () => located(() => 'http://target.invalid/directory objects/1')],
  ['location-of-collection', 'location', 'The Location is the collection, not the object in it.', () => located((right) => right.replace(/\/[^/]*$/, ''))],
  ['location-of-request', 'location', 'The Location is the address that was called.', () => located((_, { path }) => path)],
  ['location-of-another', 'location', 'The Location names an id that nobody has.', () => located((right) => right.replace(/[^/]*$/, randomUUID()))],
  ['location-of-another-key', 'location', 'The Location names another id in parentheses.', () => located((right) => right.replace(/\/[^/]*$/, `('${randomUUID()}')`))],
  ['location-of-another-link', 'location', 'The Location is the reference to another object.', () => located((_, { path }) => path.replace('$ref', `${randomUUID()}/$ref`))],
  ['location-of-previous', 'location', 'The Location names the object created before.', previous],
  ['location-constant', 'location-distinct', 'All creates have one Location, which names no id.', () => located(() => 'https://graph.example/v2/handles/latest')],
  ['location-of-other-route', 'location-distinct', 'A Location that names no id comes on either route.', () => onTwins('Location', (k) => `https://graph.example/v2/handles/${k}`)],
  ['location-id-altered', 'location', 'One character of the id in the Location is another.', () => located((right) => right.replace(/.$/, (last) => (last === '0' ? '1' : '0')))],
  ['users-404', 'create-status example-exchange route-answers routes-alike', 'The route /users does not exist.', () => onRoute('users', onCreate(failing(404, 'ResourceNotFound')))],
  ['users-204', 'create-status example-exchange routes-alike', 'On /users a create is answered with an empty 204.', () => onRoute('users', onCreate((a) => bare(a, 204)))],
  ['users-200', 'create-status example-exchange routes-alike', 'On /users a create is answered with 200.', () => onRoute('users', onCreate(status(200)))],
  ['users-no-type', 'example-exchange odata-type routes-alike', 'On /users the object has no @odata.type.', () => onRoute('users', onProperty('@odata.type', () => undefined))],
  ['users-no-content-type', 'content-type-json example-exchange routes-alike', 'On /users a created object has no Content-Type.', () => onRoute('users', onCreate((a) => without(a, 'Content-Type')))],
  ['users-date-milliseconds', 'date-instant example-exchange', 'On /users the fraction is cut to three digits.', () => onRoute('users', onDate((date) => cut(date, 3)))],
  ['users-malformed-json-500', 'json-malformed json-one-text', 'On /users malformed JSON is answered with 500.', () => onRoute('users', onRefusal(['malformed'], crash))],
  ['missing-date-taken-on-users', 'routes-alike', 'Only /users accepts a body without deletedDateTime.', () => onRoute('users', accepting('date-missing'))],
  ['me-403', 'create-status example-exchange routes-alike', 'The route /me is forbidden.', () => onRoute('me', onCreate(failing(403, 'Authorization_RequestDenied')))],
  ['text-json-where-id-sent', 'content-type-json', 'A create with an id is answered as text/json.', () => onCreate(when(withId, typed('text/json;odata.metadata=minimal')))],
  ['body-truncated-where-id-sent', 'body-json', 'The response to a create with an id stops early.', () => onCreate(when(withId, (response) => withBody(response, response.body.subarray(0, -12))))],
  ['type-lower-case-where-id-sent', 'odata-type', 'The type is in lower case where an id was sent.', () => only(withId, onProperty('@odata.type', (type) => type.toLowerCase()))],
  ['id-null-where-sent', 'id-present', 'The id is null where one was sent.', () => only(withId, onProperty('id', () => null))],
]);
