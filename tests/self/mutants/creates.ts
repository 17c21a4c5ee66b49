import type { Defect, MockRequest } from '../support/mock.ts';
import { crash, failing, refuse } from './defects/failing.ts';
import {
  onCreate,
  onDate,
  onEvery,
  onId,
  only,
  onObject,
  onProperty,
  onRefusal,
  sends,
  when,
} from './defects/on.ts';
import {
  bare,
  header,
  objectIn,
  status,
  text,
  typed,
  withBody,
  withJson,
  withLine,
  without,
} from './defects/rewrite.ts';
import { HTML, mutantsOf, NOW_AND_THEN } from './mutant.ts';

// the page's own 116 bytes; not the fixtures' copy, whose slip must show
const EXAMPLE = Buffer.from(
  [
    '{',
    '  "@odata.type": "#microsoft.graph.directoryObject",',
    '  "deletedDateTime": "2017-01-01T00:00:34.0507931+03:00"',
    '}',
  ].join('\r\n'),
);

const withoutId = (request: MockRequest) => !sends(/"id"/)(request);

/** The id of an earlier create in place of this one's, where `earlier` names one. */
function repeating(earlier: (created: number) => number): Defect {
  const ids: string[] = [];
  return onId((id, { created }) => {
    ids[created] = id;
    return ids[earlier(created)] ?? id;
  });
}

/** On each route the k-th create has the id of the k-th create on the other. */
function acrossRoutes(): Defect {
  const ids: string[] = [];
  const counts = { me: 0, users: 0 };
  return onId((id, { route = 'me' }) => {
    const k = counts[route]++;
    ids[k] ??= id;
    return ids[k];
  });
}

/** Creates that are answered with another status, media type, body, type or id. */
// biome-ignore format: a row a line
export const creates = mutantsOf([
  ['status-200', 'create-status example-exchange', () => onCreate(status(200))],
  ['status-202', 'create-status example-exchange', () => onCreate(status(202))],
  ['status-204', 'create-status example-exchange', () => onCreate((a) => bare(a, 204))],
  ['status-303', 'create-status example-exchange', () => onCreate((a) => bare(a, 303))],
  ['example-differs', 'example-exchange', () => onCreate(when((request) => request.body.equals(EXAMPLE), status(200)))],
  ['status-500-now-and-then', 'create-status', () => onEvery(NOW_AND_THEN, crash)],
  ['status-503-now-and-then', 'create-status', () => onEvery(NOW_AND_THEN, failing(503, 'ServiceUnavailable'))],
  ['refuses-id', 'create-status', () => onCreate(when(sends(/"id"/), refuse))],
  ['refuses-no-id', 'create-status example-exchange', () => onCreate(when(withoutId, refuse))],
  ['refuses-seven-digits', 'create-status example-exchange', () => onCreate(when(sends(/\.\d{7}(?:Z|[+-]\d\d:\d\d)"/), refuse))],
  ['refuses-offset', 'create-status example-exchange', () => onCreate(when(sends(/[+-]\d\d:\d\d"/), refuse))],
  ['refuses-early-years', 'create-status', () => onCreate(when(sends(/"(?:0\d|1[0-6]|17[0-4]|175[0-2])\d*-\d\d-\d\dT/), refuse))],
  ['content-type-missing', 'content-type-json example-exchange', () => onCreate((a) => without(a, 'Content-Type'))],
  ['content-type-text-json', 'content-type-json example-exchange', () => onCreate(typed('text/json; odata.metadata=minimal; charset=utf-8'))],
  ['content-type-text-plain', 'content-type-json example-exchange', () => onCreate(typed('text/plain; odata.metadata=minimal; charset=utf-8'))],
  ['content-type-problem', 'content-type-json example-exchange', () => onCreate(typed('application/problem+json; odata.metadata=minimal'))],
  ['content-type-latin-1', 'content-type-charset', () => onCreate(typed('application/json;odata.metadata=minimal;charset=iso-8859-1'))],
  ['content-type-utf-16', 'content-type-charset', () => onCreate(typed('application/json;odata.metadata=minimal;charset=utf-16'))],
  ['content-type-twice', 'content-type-once', () => onCreate((a) => withLine(a, 'Content-Type', header(a, 'Content-Type') ?? ''))],
  ['content-type-contradiction', 'content-type-json content-type-once example-exchange', () => onCreate((a) => withLine(a, 'Content-Type', 'text/html'))],
  ['content-type-list', 'content-type-json content-type-once example-exchange', () => onCreate(typed('application/json;odata.metadata=minimal, text/html'))],
  ['type-missing', 'example-exchange odata-type', () => onProperty('@odata.type', () => undefined)],
  ['type-lower-case', 'example-exchange odata-type', () => onProperty('@odata.type', (type) => type.toLowerCase())],
  ['type-no-hash', 'example-exchange odata-type', () => onProperty('@odata.type', (type) => type.slice(1))],
  ['type-other', 'example-exchange odata-type', () => onProperty('@odata.type', () => '#microsoft.graph.user')],
  ['type-null', 'example-exchange odata-type', () => onProperty('@odata.type', () => null)],
  ['type-object', 'example-exchange odata-type', () => onProperty('@odata.type', (name) => ({ name }))],
  ['id-missing', 'example-exchange id-present', () => onProperty('id', () => undefined)],
  ['id-missing-unless-sent', 'example-exchange id-present', () => only(withoutId, onProperty('id', () => undefined))],
  ['id-null', 'example-exchange id-present', () => onProperty('id', () => null)],
  ['id-number', 'example-exchange id-present', () => onProperty('id', (_, { n }) => n)],
  ['id-empty', 'example-exchange id-present', () => onProperty('id', () => '')],
  ['id-blank', 'id-usable', () => onId((_, { n }) => ' '.repeat(n))],
  ['id-line-feed', 'id-usable', () => onId((id) => `${id}\n`)],
  ['id-constant', 'id-distinct', () => repeating(() => 1)],
  ['id-of-previous', 'id-distinct', () => repeating((created) => (created === 4 ? 3 : created))],
  ['id-repeated-late', 'id-distinct', () => repeating((created) => (created === 10 ? 1 : created))],
  ['id-across-routes', 'id-distinct', acrossRoutes],
  ['body-empty', 'body-json example-exchange', () => onCreate(text(() => ''))],
  ['body-byte-order-mark', 'body-utf8', () => onCreate(text((body) => `\uFEFF${body}`))],
  ['body-trailing-garbage', 'body-json example-exchange', () => onCreate(text((body) => `${body}\nOK`))],
  ['body-two-objects', 'body-json example-exchange', () => onCreate(text((body) => `${body}${body}`))],
  ['body-in-value', 'body-json example-exchange', () => onObject((object) => ({ value: object }))],
  ['body-in-d', 'body-json example-exchange', () => onObject((object) => ({ d: object }))],
  ['body-in-array', 'body-json example-exchange', () => onObject((object) => [object])],
  ['body-as-string', 'body-json example-exchange', () => onObject((object) => JSON.stringify(object))],
  ['body-error-in-201', 'body-json example-exchange', () => onObject(() => ({ error: { code: 'UnknownError', message: 'Something went wrong.' } }))],
  ['body-truncated', 'body-json example-exchange', () => onCreate(text((body) => body.slice(0, -12)))],
  ['body-invalid-utf-8', 'body-utf8', () => onCreate(when(sends(/^[\s -~]*$/), (a) => withBody(a, Buffer.from(withJson(a, { ...objectIn(a), displayName: 'é' }).body.toString(), 'latin1'))))],
  ['body-nan', 'body-json example-exchange', () => onCreate(text((body) => body.replace(/\}$/, ',"score":NaN}')))],
  ['body-xml', 'body-json example-exchange', () => onCreate(text(() => '<entry><id>1</id></entry>'))],
  ['body-html', 'body-json example-exchange', () => onCreate(text(() => HTML))],
  ['body-request-echo', 'example-exchange id-present odata-context odata-type streaming-order type-absent', () => onCreate((a, request) => withBody(a, request.body))],
  ['body-canned-example', 'date-instant', () => onDate(() => '2017-01-01T00:00:34.0507931+03:00')],
  ['body-id-twice', 'json-names-once', () => onCreate(text((body) => body.replace('"id":', '"id":"another","id":')))],
  ['error-code-twice', 'json-names-once', () => onRefusal('all', text((body) => body.replace(/"code"/, '"code":"another","code"')))],
]);
