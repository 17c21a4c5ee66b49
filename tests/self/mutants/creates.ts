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
  ['status-200', 'create-status example-exchange', 'A create is answered with 200.', () => onCreate(status(200))],
  ['status-202', 'create-status example-exchange', 'A create is answered with 202.', () => onCreate(status(202))],
  ['status-204', 'create-status example-exchange', 'A create is answered with an empty 204.', () => onCreate((a) => bare(a, 204))],
  ['status-303', 'create-status example-exchange', 'A create redirects to the new object.', () => onCreate((a) => bare(a, 303))],
  ['example-differs', 'example-exchange', "Only the page's example, byte for byte, is answered with 200.", () => onCreate(when((request) => request.body.equals(EXAMPLE), status(200)))],
  ['status-500-now-and-then', 'create-status', 'Every fifth create is answered with 500.', () => onEvery(NOW_AND_THEN, crash)],
  ['status-503-now-and-then', 'create-status', 'Every fifth create is answered with 503.', () => onEvery(NOW_AND_THEN, failing(503, 'ServiceUnavailable'))],
  ['refuses-id', 'create-status', "A body with the client's id is refused.", () => onCreate(when(sends(/"id"/), refuse))],
  ['refuses-no-id', 'create-status example-exchange', 'A body without an id is refused.', () => onCreate(when(withoutId, refuse))],
  ['refuses-seven-digits', 'create-status example-exchange', 'A fraction of seven digits is refused.', () => onCreate(when(sends(/\.\d{7}(?:Z|[+-]\d\d:\d\d)"/), refuse))],
  ['refuses-offset', 'create-status example-exchange', 'A date that is not in UTC is refused.', () => onCreate(when(sends(/[+-]\d\d:\d\d"/), refuse))],
  ['refuses-early-years', 'create-status', 'A date before 1753 is refused.', () => onCreate(when(sends(/"(?:0\d|1[0-6]|17[0-4]|175[0-2])\d*-\d\d-\d\dT/), refuse))],
  ['content-type-missing', 'content-type-json example-exchange', 'A created object comes without Content-Type.', () => onCreate((a) => without(a, 'Content-Type'))],
  ['content-type-text-json', 'content-type-json example-exchange', 'The media type is text/json.', () => onCreate(typed('text/json; odata.metadata=minimal; charset=utf-8'))],
  ['content-type-text-plain', 'content-type-json example-exchange', 'The media type is text/plain.', () => onCreate(typed('text/plain; odata.metadata=minimal; charset=utf-8'))],
  ['content-type-problem', 'content-type-json example-exchange', 'A success has the media type of RFC 9457 problems.', () => onCreate(typed('application/problem+json; odata.metadata=minimal'))],
  ['content-type-latin-1', 'content-type-charset', 'The charset says ISO-8859-1.', () => onCreate(typed('application/json;odata.metadata=minimal;charset=iso-8859-1'))],
  ['content-type-utf-16', 'content-type-charset', 'The charset says UTF-16.', () => onCreate(typed('application/json;odata.metadata=minimal;charset=utf-16'))],
  ['content-type-twice', 'content-type-once', 'The same Content-Type line comes twice.', () => onCreate((a) => withLine(a, 'Content-Type', header(a, 'Content-Type') ?? ''))],
  ['content-type-contradiction', 'content-type-json content-type-once example-exchange', 'A second Content-Type line says text/html.', () => onCreate((a) => withLine(a, 'Content-Type', 'text/html'))],
  ['content-type-list', 'content-type-json content-type-once example-exchange', 'One Content-Type line holds two media types.', () => onCreate(typed('application/json;odata.metadata=minimal, text/html'))],
  ['type-missing', 'example-exchange odata-type', 'The object has no @odata.type.', () => onProperty('@odata.type', () => undefined)],
  ['type-lower-case', 'example-exchange odata-type', 'The type is written directoryobject.', () => onProperty('@odata.type', (type) => type.toLowerCase())],
  ['type-no-hash', 'example-exchange odata-type', 'The type lacks its #.', () => onProperty('@odata.type', (type) => type.slice(1))],
  ['type-other', 'example-exchange odata-type', 'The type is that of a user.', () => onProperty('@odata.type', () => '#microsoft.graph.user')],
  ['type-null', 'example-exchange odata-type', 'The type is null.', () => onProperty('@odata.type', () => null)],
  ['type-object', 'example-exchange odata-type', 'The type is an object.', () => onProperty('@odata.type', (name) => ({ name }))],
  ['id-missing', 'example-exchange id-present', 'The object has no id.', () => onProperty('id', () => undefined)],
  ['id-missing-unless-sent', 'example-exchange id-present', 'Only an id that was sent comes back.', () => only(withoutId, onProperty('id', () => undefined))],
  ['id-null', 'example-exchange id-present', 'The id is null.', () => onProperty('id', () => null)],
  ['id-number', 'example-exchange id-present', 'The id is a number.', () => onProperty('id', (_, { n }) => n)],
  ['id-empty', 'example-exchange id-present', 'The id is empty.', () => onProperty('id', () => '')],
  ['id-blank', 'id-usable', 'The id is blanks, as many as there were requests.', () => onId((_, { n }) => ' '.repeat(n))],
  ['id-line-feed', 'id-usable', 'A line feed ends the id.', () => onId((id) => `${id}\n`)],
  ['id-constant', 'id-distinct', 'All creates are answered with the same id.', () => repeating(() => 1)],
  ['id-of-previous', 'id-distinct', 'The fourth create is answered with the id of the third.', () => repeating((created) => (created === 4 ? 3 : created))],
  ['id-repeated-late', 'id-distinct', 'The tenth create is answered with the id of the first.', () => repeating((created) => (created === 10 ? 1 : created))],
  ['id-across-routes', 'id-distinct', 'The ids of one route come again on the other.', acrossRoutes],
  ['body-empty', 'body-json example-exchange', 'A 201 has no body.', () => onCreate(text(() => ''))],
  ['body-byte-order-mark', 'body-utf8', 'The JSON begins with a byte order mark.', () => onCreate(text((body) => `\uFEFF${body}`))],
  ['body-trailing-garbage', 'body-json example-exchange', 'Text follows the JSON object.', () => onCreate(text((body) => `${body}\nOK`))],
  ['body-two-objects', 'body-json example-exchange', 'The object comes twice.', () => onCreate(text((body) => `${body}${body}`))],
  ['body-in-value', 'body-json example-exchange', 'The object is wrapped in value.', () => onObject((object) => ({ value: object }))],
  ['body-in-d', 'body-json example-exchange', 'The object is wrapped in d, as in OData 2.', () => onObject((object) => ({ d: object }))],
  ['body-in-array', 'body-json example-exchange', 'The object is the one element of an array.', () => onObject((object) => [object])],
  ['body-as-string', 'body-json example-exchange', 'The JSON comes as a JSON string.', () => onObject((object) => JSON.stringify(object))],
  ['body-error-in-201', 'body-json example-exchange', 'A 201 carries an error object.', () => onObject(() => ({ error: { code: 'UnknownError', message: 'Something went wrong.' } }))],
  ['body-truncated', 'body-json example-exchange', 'The JSON ends before its end.', () => onCreate(text((body) => body.slice(0, -12)))],
  ['body-invalid-utf-8', 'body-utf8', 'A string holds a byte that is not UTF-8.', () => onCreate((a) => withBody(a, Buffer.from(withJson(a, { ...objectIn(a), displayName: 'é' }).body.toString(), 'latin1')))],
  ['body-nan', 'body-json example-exchange', 'An extra property has the value NaN.', () => onCreate(text((body) => body.replace(/\}$/, ',"score":NaN}')))],
  ['body-xml', 'body-json example-exchange', 'The body is XML.', () => onCreate(text(() => '<entry><id>1</id></entry>'))],
  ['body-html', 'body-json example-exchange', 'The body is an HTML page.', () => onCreate(text(() => HTML))],
  ['body-request-echo', 'example-exchange id-present odata-context odata-type streaming-order type-absent', "The body is the request's, so what was not sent is missing.", () => onCreate((a, request) => withBody(a, request.body))],
  ['body-canned-example', 'date-instant', "Whatever is sent, the date is the documented example's.", () => onDate(() => '2017-01-01T00:00:34.0507931+03:00')],
  ['body-id-twice', 'json-names-once', 'The object has two ids; parsers take the last.', () => onCreate(text((body) => body.replace('"id":', '"id":"another","id":')))],
  ['error-code-twice', 'json-names-once', 'An error has two codes; parsers take the last.', () => onRefusal('all', text((body) => body.replace(/"code"/, '"code":"another","code"')))],
]);
