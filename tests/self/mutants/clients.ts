import type { MockRequest, MockResponse } from '../support/mock.ts';
import { crash, failing, refuse } from './defects/failing.ts';
import { secondsOf } from './defects/instant.ts';
import { onCreate, onDate, onProperty, onRefusal, sends, when } from './defects/on.ts';
import { header, typed, withBody, withHeader } from './defects/rewrite.ts';
import { type Mutant, mutant } from './mutant.ts';

const unsupported = failing(415, 'UnsupportedMediaType');
const notAcceptable = failing(406, 'NotAcceptable');
const notFound = failing(404, 'ResourceNotFound');
const has = (name: string, pattern: RegExp) => (request: MockRequest) =>
  pattern.test(String(request.headers[name] ?? ''));

function unauthorized(response: MockResponse): MockResponse {
  return withHeader(
    failing(401, 'InvalidAuthenticationToken')(response),
    'WWW-Authenticate',
    'Bearer',
  );
}

/** The last second of April 2024 in UTC. */
const endOfApril = Date.UTC(2024, 4, 1) / 1_000 - 1;

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
export const clients: Mutant[] = [
  mutant('charset-refused', 'A Content-Type with a charset is refused.', () =>
    onCreate(when(has('content-type', /charset/i), unsupported)),
  ),
  mutant('quoted-charset-refused', 'A charset in quotes is refused.', () =>
    onCreate(when(has('content-type', /"/), unsupported)),
  ),
  mutant('media-type-case-refused', 'A media type in capitals is refused.', () =>
    onCreate(when(has('content-type', /^[^;]*[A-Z]/), unsupported)),
  ),
  mutant('bearer-lower-case-refused', 'A token behind "bearer" is refused.', () =>
    onCreate(when(has('authorization', /^bearer /), unauthorized)),
  ),
  mutant('header-names-lower-refused', 'A content-type in small letters is not found.', () =>
    onCreate(when(({ rawHeaders }) => rawHeaders.includes('content-type'), unsupported)),
  ),
  mutant('no-accept-refused', 'A create without Accept is refused.', () =>
    onCreate(when(({ headers }) => headers.accept === undefined, notAcceptable)),
  ),
  mutant('accept-parameters-refused', 'An Accept with parameters of OData is refused.', () =>
    onCreate(when(has('accept', /odata/), notAcceptable)),
  ),
  mutant('accept-first-taken', 'The first type of Accept is answered, whatever its weight.', () =>
    onCreate(when(has('accept', /^text\/plain/), typed('text/plain'))),
  ),
  mutant('ref-encoded-404', 'The path with %24ref is not found.', () =>
    onCreate(when(({ path }) => path.includes('%24'), notFound)),
  ),
  mutant('user-encoded-404', 'A user with a percent-encoded character is not found.', () =>
    onCreate(when(({ path }) => path.includes('/users/%'), notFound)),
  ),
  mutant('type-last-refused', 'An @odata.type that does not come first is refused.', () =>
    onCreate(when(sends(/,\s*"@odata\.type"/), refuse)),
  ),
  mutant('escapes-refused', 'A body with an escape is refused.', () =>
    onCreate(when(sends(/\\u/), refuse)),
  ),
  mutant('line-feed-refused', 'A body that ends in a line feed is refused.', () =>
    onCreate(when(sends(/\n$/), refuse)),
  ),
  mutant('type-demanded', 'A body without @odata.type is refused.', () =>
    onCreate(when((request) => !('@odata.type' in objectSent(request)), refuse)),
  ),
  mutant('type-only-where-sent', 'The @odata.type is there only where it was sent.', () =>
    onProperty('@odata.type', (type, request) =>
      '@odata.type' in objectSent(request) ? type : undefined,
    ),
  ),
  mutant('annotations-refused', 'An unknown annotation is refused.', () =>
    onCreate(when(sends(/@vendor/), refuse)),
  ),
  mutant('open-property-refused', 'A property that no type declares is refused.', () =>
    onCreate(when(sends(/"note"/), refuse)),
  ),
  mutant('end-of-month-refused', 'The last second of April 2024 in UTC is refused.', () =>
    onCreate(when((request) => secondsOf(dateSent(request)) === endOfApril, refuse)),
  ),
  mutant('end-of-month-moved', 'The last second of April 2024 in UTC comes back as May.', () =>
    onDate((date) => (secondsOf(date) === endOfApril ? '2024-05-01T00:00:00Z' : date)),
  ),
  mutant('chunked-refused', 'A body in chunks is taken for an empty one.', () =>
    onCreate(when(has('transfer-encoding', /chunked/), refuse)),
  ),
  mutant('request-id-upper-refused', 'A client-request-id in capitals is refused.', () =>
    onCreate(when(has('client-request-id', /[A-F]/), refuse)),
  ),
  mutant(
    'answer-of-the-create-before',
    'On a kept connection a create gets the object of the one before it.',
    onKept((response, before) => withBody(response, before.body)),
  ),
  mutant(
    'echo-of-the-create-before',
    'On a kept connection a create gets the client-request-id of the one before it.',
    onKept((response, before) =>
      withHeader(response, 'client-request-id', header(before, 'client-request-id') ?? ''),
    ),
  ),
  mutant('same-id-500', 'A create whose id exists already is answered with 500.', () =>
    onRefusal(['twice'], crash),
  ),
  mutant('reference-500', 'A reference is answered with 500.', () =>
    onRefusal(['reference'], crash),
  ),
];

function objectSent({ body }: MockRequest): Record<string, unknown> {
  return JSON.parse(body.toString());
}

function dateSent(request: MockRequest): string {
  return String(objectSent(request).deletedDateTime);
}
