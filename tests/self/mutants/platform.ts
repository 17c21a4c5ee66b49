import { randomUUID } from 'node:crypto';
import type { Defect, MockRequest, MockResponse } from '../support/mock.ts';
import { failing } from './defects/failing.ts';
import { secondsOf } from './defects/instant.ts';
import { has, onCreate, onDate, onObject, onProperty, sends, when } from './defects/on.ts';
import { header, withBody, withHeader } from './defects/rewrite.ts';
import { mutantsOf } from './mutant.ts';

const withId = sends(/"id"/);

/** The response with another id in the header and, where it is there, in the body. */
function named(response: MockResponse, name: string, id: string): MockResponse {
  const body = response.body.toString().replaceAll(header(response, name) ?? id, id);
  return withHeader(withBody(response, body), name, id);
}

function located(change: (right: string, request: MockRequest) => string): Defect {
  return onCreate((response, request) =>
    withHeader(response, 'Location', change(header(response, 'Location') ?? '', request)),
  );
}

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
  ['location-id-altered', 'location', () => located((right) => right.replace(/.$/, (last) => (last === '0' ? '1' : '0')))],
  ['streaming-type-last', 'streaming-order', () => onObject(({ '@odata.type': type = null, ...rest }) => ({ ...rest, '@odata.type': type }))],
  ['streaming-reversed', 'streaming-order', () => onObject((object) => Object.fromEntries(Object.entries(object).toReversed()))],
  ['request-id-constant', 'request-id request-id-distinct', () => (a) => named(a, 'request-id', '2d2a4ee8-6d2e-4b2c-9d0b-3c1f5a7e9b10')],
  ['request-id-of-other-route', 'request-id-distinct', () => onTwins('request-id')],
  ['other-client-request-id', 'client-request-id', () => (a) => named(a, 'client-request-id', randomUUID())],
  ['location-of-collection', 'location', () => located((right) => right.replace(/\/[^/]*$/, ''))],
  ['location-of-another-key', 'location', () => located((right) => right.replace(/\/[^/]*$/, `('${randomUUID()}')`))],
  ['location-of-another-link', 'location', () => located((_, { path }) => path.replace('$ref', `${randomUUID()}/$ref`))],
  ['location-of-previous', 'location', previous],
  ['location-of-other-route', 'location-distinct', () => onTwins('Location', (k) => `https://graph.example/v2/handles/${k}`)],
  ['body-truncated-where-id-sent', 'body-json', () => onCreate(when(withId, (response) => withBody(response, response.body.subarray(0, -12))))],
  ['charset-refused', 'content-type-parameters', () => onCreate(when(has('content-type', /charset/i), failing(415, 'UnsupportedMediaType')))],
  ['type-only-where-sent', 'odata-type type-absent', () => onProperty('@odata.type', (type, request) => isTyped(request) ? type : undefined)],
  ['end-of-month-moved', 'date-edges date-instant', () => onDate((date) => (secondsOf(date) === endOfApril ? '2024-05-01T00:00:00Z' : date))],
  ['answer-of-the-create-before', 'connection-reuse date-instant id-distinct location', onKept((response, before) => withBody(response, before.body))],
  ['echo-of-the-create-before', 'client-request-id connection-reuse', onKept((response, before) => withHeader(response, 'client-request-id', header(before, 'client-request-id') ?? ''))],
]);
