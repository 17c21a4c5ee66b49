import type { MockRequest, MockResponse } from '../support/mock.ts';
import { crash, failing, refuse } from './defects/failing.ts';
import { secondsOf } from './defects/instant.ts';
import { has, onCreate, onDate, onProperty, onRefusal, sends, when } from './defects/on.ts';
import { header, typed, withBody, withHeader } from './defects/rewrite.ts';
import { mutantsOf } from './mutant.ts';

const unsupported = failing(415, 'UnsupportedMediaType');
const notAcceptable = failing(406, 'NotAcceptable');
const notFound = failing(404, 'ResourceNotFound');
const unauthorized = (response: MockResponse) =>
  withHeader(failing(401, 'InvalidAuthenticationToken')(response), 'WWW-Authenticate', 'Bearer');

/** The last second of April 2024 in UTC. */
const endOfApril = Date.UTC(2024, 4, 1) / 1_000 - 1;
const objectSent = ({ body }: MockRequest): Record<string, unknown> => JSON.parse(body.toString());
const dateSent = (request: MockRequest) => String(objectSent(request).deletedDateTime);

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

/** Servers that do not know what a real client writes: each refuses or misreads one thing. */
// biome-ignore format: a row a line
export const clients = mutantsOf([
  ['charset-refused', 'content-type-parameters', 'A Content-Type with a charset is refused.', () => onCreate(when(has('content-type', /charset/i), unsupported))],
  ['quoted-charset-refused', 'content-type-parameters', 'A charset in quotes is refused.', () => onCreate(when(has('content-type', /"/), unsupported))],
  ['media-type-case-refused', 'content-type-case', 'A media type in capitals is refused.', () => onCreate(when(has('content-type', /^[^;]*[A-Z]/), unsupported))],
  ['bearer-lower-case-refused', 'token-scheme-case', 'A token behind "bearer" is refused.', () => onCreate(when(has('authorization', /^bearer /), unauthorized))],
  ['header-names-lower-refused', 'header-name-case', 'A content-type in small letters is not found.', () => onCreate(when(({ rawHeaders }) => rawHeaders.includes('content-type'), unsupported))],
  ['no-accept-refused', 'accept-forms', 'A create without Accept is refused.', () => onCreate(when(({ headers }) => headers.accept === undefined, notAcceptable))],
  ['accept-parameters-refused', 'accept-forms', 'An Accept with parameters of OData is refused.', () => onCreate(when(has('accept', /odata/), notAcceptable))],
  ['accept-first-taken', 'accept-forms content-type-json odata-metadata', 'The first type of Accept is answered, whatever its weight.', () => onCreate(when(has('accept', /^text\/plain/), typed('text/plain')))],
  ['ref-encoded-404', 'path-encoding', 'The path with %24ref is not found.', () => onCreate(when(({ path }) => path.includes('%24'), notFound))],
  ['user-encoded-404', 'path-encoding', 'A user with a percent-encoded character is not found.', () => onCreate(when(({ path }) => path.includes('/users/%'), notFound))],
  ['type-last-refused', 'json-spelling', 'An @odata.type that does not come first is refused.', () => onCreate(when(sends(/,\s*"@odata\.type"/), refuse))],
  ['escapes-refused', 'json-spelling', 'A body with an escape is refused.', () => onCreate(when(sends(/\\u/), refuse))],
  ['line-feed-refused', 'json-spelling', 'A body that ends in a line feed is refused.', () => onCreate(when(sends(/\n$/), refuse))],
  ['type-demanded', 'type-absent', 'A body without @odata.type is refused.', () => onCreate(when((request) => !('@odata.type' in objectSent(request)), refuse))],
  ['type-only-where-sent', 'odata-type type-absent', 'The @odata.type is there only where it was sent.', () => onProperty('@odata.type', (type, request) => '@odata.type' in objectSent(request) ? type : undefined)],
  ['annotations-refused', 'annotations-unknown', 'An unknown annotation is refused.', () => onCreate(when(sends(/@vendor/), refuse))],
  ['open-property-refused', 'properties-open', 'A property that no type declares is refused.', () => onCreate(when(sends(/"note"/), refuse))],
  ['end-of-month-refused', 'date-edges', 'The last second of April 2024 in UTC is refused.', () => onCreate(when((request) => secondsOf(dateSent(request)) === endOfApril, refuse))],
  ['end-of-month-moved', 'date-edges date-instant', 'The last second of April 2024 in UTC comes back as May.', () => onDate((date) => (secondsOf(date) === endOfApril ? '2024-05-01T00:00:00Z' : date))],
  ['chunked-refused', 'body-framing', 'A body in chunks is taken for an empty one.', () => onCreate(when(has('transfer-encoding', /chunked/), refuse))],
  ['request-id-upper-refused', 'request-id-case', 'A client-request-id in capitals is refused.', () => onCreate(when(has('client-request-id', /[A-F]/), refuse))],
  ['answer-of-the-create-before', 'connection-reuse date-instant id-distinct location', 'On a kept connection a create gets the object of the one before it.', onKept((response, before) => withBody(response, before.body))],
  ['echo-of-the-create-before', 'client-request-id connection-reuse', 'On a kept connection a create gets the client-request-id of the one before it.', onKept((response, before) => withHeader(response, 'client-request-id', header(before, 'client-request-id') ?? ''))],
  ['same-id-500', 'id-again', 'A create whose id exists already is answered with 500.', () => onRefusal(['twice'], crash)],
  ['reference-500', 'reference-probe', 'A reference is answered with 500.', () => onRefusal(['reference'], crash)],
]);
