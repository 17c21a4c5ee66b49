import { randomUUID } from 'node:crypto';
import {
  accepting,
  type Change,
  onCreate,
  onDate,
  onError,
  onEvery,
  onObject,
  onProperty,
  onRefusal,
  onUsers,
} from '../../fixtures/mock/defects.ts';
import {
  atOffset,
  later,
  readInstant,
  showInstant,
  ticksOf,
  withTicks,
} from '../../fixtures/mock/instant.ts';
import {
  bare,
  header,
  objectIn,
  withBody,
  withHeader,
  withJson,
  withLine,
  without,
} from '../../fixtures/mock/rewrite.ts';
import type { Answer, Defect, Received } from '../../fixtures/mock/server.ts';

/** A server that is wrong in exactly one way. */
export interface Mutant {
  readonly name: string;
  /** What is wrong, in one sentence. */
  readonly fault: string;
  /** A new defect with a state of its own. */
  readonly defect: () => Defect;
}

function mutant(name: string, fault: string, defect: () => Defect): Mutant {
  return { name, fault, defect };
}

/** Every so many creates a fault of the "now and then" kind shows itself. */
const NOW_AND_THEN = 5;
/** Milliseconds of a slow answer. */
const SLOW = 3000;

/** A rewriting that needs no look at the request. */
type Rewrite = (answer: Answer) => Answer;

const status = (code: number): Rewrite => {
  return (answer) => ({ ...answer, status: code });
};

/** The answer as the service's error: status, code and nothing of the success. */
const failing = (code: number, name: string): Rewrite => {
  return (answer) => ({
    ...withJson(
      withHeader(without(answer, 'Location', 'Allow'), 'Content-Type', 'application/json'),
      {
        error: { code: name, message: `Answered ${code} by a defect.` },
      },
    ),
    status: code,
  });
};
const crash = failing(500, 'InternalServerError');
const refuse = failing(400, 'BadRequest');

const typed = (value: string): Rewrite => {
  return (answer) => withHeader(answer, 'Content-Type', value);
};
const text = (change: (body: string) => string | Buffer): Rewrite => {
  return (answer) => withBody(answer, change(answer.body.toString()));
};
const when = (applies: (request: Received) => boolean, change: Change): Change => {
  return (answer, request) => (applies(request) ? change(answer, request) : answer);
};
const sends = (pattern: RegExp) => (request: Received) => pattern.test(request.body.toString());

const HTML = '<!DOCTYPE html><html><body><h1>It works!</h1></body></html>';

const statuses: Mutant[] = [
  mutant('status-200', 'A create answers 200.', () => onCreate(status(200))),
  mutant('status-202', 'A create answers 202.', () => onCreate(status(202))),
  mutant('status-204', 'A create answers an empty 204.', () => onCreate((a) => bare(a, 204))),
  mutant('status-303', 'A create redirects to the new object.', () =>
    onCreate((a) => bare(a, 303)),
  ),
  mutant('status-interim-only', 'A create gets 100 Continue and no final answer.', () =>
    onCreate((a) => ({ ...a, wire: { raw: Buffer.from('HTTP/1.1 100 Continue\r\n\r\n') } })),
  ),
  mutant('status-500-now-and-then', 'Every fifth create answers 500.', () =>
    onEvery(NOW_AND_THEN, crash),
  ),
  mutant('status-503-now-and-then', 'Every fifth create answers 503.', () =>
    onEvery(NOW_AND_THEN, failing(503, 'ServiceUnavailable')),
  ),
  mutant('refuses-id', "A body with the client's id is refused.", () =>
    onCreate(when(sends(/"id"/), refuse)),
  ),
  mutant('refuses-no-id', 'A body without an id is refused.', () =>
    onCreate(when((request) => !sends(/"id"/)(request), refuse)),
  ),
  mutant('refuses-seven-digits', 'A fraction of seven digits is refused.', () =>
    onCreate(when(sends(/\.\d{7}(?:Z|[+-]\d\d:\d\d)"/), refuse)),
  ),
  mutant('refuses-offset', 'A date that is not in UTC is refused.', () =>
    onCreate(when(sends(/[+-]\d\d:\d\d"/), refuse)),
  ),
  mutant('refuses-early-years', 'A date before 1753 is refused.', () =>
    onCreate(when(sends(/"(?:0\d|1[0-6]|17[0-4]|175[0-2])\d*-\d\d-\d\dT/), refuse)),
  ),
];

const mediaTypes: Mutant[] = [
  mutant('content-type-missing', 'A created object comes without Content-Type.', () =>
    onCreate((a) => without(a, 'Content-Type')),
  ),
  mutant('content-type-text-json', 'The media type is text/json.', () =>
    onCreate(typed('text/json; odata.metadata=minimal; charset=utf-8')),
  ),
  mutant('content-type-text-plain', 'The media type is text/plain.', () =>
    onCreate(typed('text/plain; odata.metadata=minimal; charset=utf-8')),
  ),
  mutant('content-type-problem', 'A success has the media type of RFC 9457 problems.', () =>
    onCreate(typed('application/problem+json; odata.metadata=minimal')),
  ),
  mutant('content-type-latin-1', 'The charset says ISO-8859-1.', () =>
    onCreate(typed('application/json;odata.metadata=minimal;charset=iso-8859-1')),
  ),
  mutant('content-type-utf-16', 'The charset says UTF-16.', () =>
    onCreate(typed('application/json;odata.metadata=minimal;charset=utf-16')),
  ),
  mutant('content-type-twice', 'The same Content-Type line comes twice.', () =>
    onCreate((a) => withLine(a, 'Content-Type', header(a, 'Content-Type') ?? '')),
  ),
  mutant('content-type-contradiction', 'A second Content-Type line says text/html.', () =>
    onCreate((a) => withLine(a, 'Content-Type', 'text/html')),
  ),
  mutant('content-type-list', 'One Content-Type line holds two media types.', () =>
    onCreate(typed('application/json;odata.metadata=minimal, text/html')),
  ),
];

const bodies: Mutant[] = [
  mutant('body-empty', 'A 201 has no body.', () => onCreate(text(() => ''))),
  mutant('body-byte-order-mark', 'The JSON begins with a byte order mark.', () =>
    onCreate(text((body) => `\uFEFF${body}`)),
  ),
  mutant('body-trailing-garbage', 'Text follows the JSON object.', () =>
    onCreate(text((body) => `${body}\nOK`)),
  ),
  mutant('body-two-objects', 'The object comes twice.', () =>
    onCreate(text((body) => `${body}${body}`)),
  ),
  mutant('body-in-value', 'The object is wrapped in value.', () =>
    onObject((object) => ({ value: object })),
  ),
  mutant('body-in-d', 'The object is wrapped in d, as in OData 2.', () =>
    onObject((object) => ({ d: object })),
  ),
  mutant('body-in-array', 'The object is the one element of an array.', () =>
    onObject((object) => [object]),
  ),
  mutant('body-as-string', 'The JSON comes as a JSON string.', () =>
    onObject((object) => JSON.stringify(object)),
  ),
  mutant('body-error-in-201', 'A 201 carries an error object.', () =>
    onObject(() => ({ error: { code: 'UnknownError', message: 'Something went wrong.' } })),
  ),
  mutant('body-truncated', 'The JSON ends before its end.', () =>
    onCreate(text((body) => body.slice(0, -12))),
  ),
  mutant('body-invalid-utf-8', 'A string holds a byte that is not UTF-8.', () =>
    onCreate((a) => {
      const named = withJson(a, { ...objectIn(a), displayName: 'X' }).body;
      const at = named.lastIndexOf('X');
      named[at] = 0xe9;
      return withBody(a, named);
    }),
  ),
  mutant('body-nan', 'An extra property has the value NaN.', () =>
    onCreate(text((body) => body.replace(/\}$/, ',"score":NaN}'))),
  ),
  mutant('body-xml', 'The body is XML.', () => onCreate(text(() => '<entry><id>1</id></entry>'))),
  mutant('body-html', 'The body is an HTML page.', () => onCreate(text(() => HTML))),
  mutant('body-request-echo', "The body is the request's, so what was not sent is missing.", () =>
    onCreate((a, request) => withBody(a, request.body)),
  ),
  mutant('body-canned-example', "Whatever is sent, the date is the documented example's.", () =>
    onDate(() => '2017-01-01T00:00:34.0507931+03:00'),
  ),
  mutant('body-bad-gzip', 'A body announced as gzip cannot be decoded.', () =>
    onCreate((a) =>
      withHeader(withBody(a, Buffer.from([31, 139, 8, 0, 1, 2, 3])), 'Content-Encoding', 'gzip'),
    ),
  ),
  mutant('body-gzip-lie', 'A plain body is announced as gzip.', () =>
    onCreate((a) => withHeader(a, 'Content-Encoding', 'gzip')),
  ),
];

const types: Mutant[] = [
  mutant('type-missing', 'The object has no @odata.type.', () =>
    onProperty('@odata.type', () => undefined),
  ),
  mutant('type-lower-case', 'The type is written directoryobject.', () =>
    onProperty('@odata.type', (type) => type.toLowerCase()),
  ),
  mutant('type-no-hash', 'The type lacks its #.', () =>
    onProperty('@odata.type', (type) => type.slice(1)),
  ),
  mutant('type-other', 'The type is that of a user.', () =>
    onProperty('@odata.type', () => '#microsoft.graph.user'),
  ),
  mutant('type-null', 'The type is null.', () => onProperty('@odata.type', () => null)),
  mutant('type-object', 'The type is an object.', () =>
    onProperty('@odata.type', (name) => ({ name })),
  ),
];

/** The id of an earlier create in place of this one's, where `earlier` names one. */
function repeating(earlier: (created: number) => number): Defect {
  const ids: string[] = [];
  return onProperty('id', (id, { created }) => {
    ids[created] = id;
    return ids[earlier(created)] ?? id;
  });
}

/** On each route the k-th create has the id of the k-th create on the other. */
function acrossRoutes(): Defect {
  const ids: string[] = [];
  const counts = { me: 0, users: 0 };
  return onProperty('id', (id, { route = 'me' }) => {
    const k = counts[route]++;
    ids[k] ??= id;
    return ids[k];
  });
}

const identities: Mutant[] = [
  mutant('id-missing', 'The object has no id.', () => onProperty('id', () => undefined)),
  mutant('id-missing-unless-sent', 'Only an id that was sent comes back.', () => {
    const drop = onProperty('id', () => undefined);
    return (answer, request) => (sends(/"id"/)(request) ? answer : drop(answer, request));
  }),
  mutant('id-null', 'The id is null.', () => onProperty('id', () => null)),
  mutant('id-number', 'The id is a number.', () => onProperty('id', (_, { n }) => n)),
  mutant('id-empty', 'The id is empty.', () => onProperty('id', () => '')),
  mutant('id-constant', 'All creates answer the same id.', () => repeating(() => 1)),
  mutant('id-of-previous', 'The fourth create answers the id of the third.', () =>
    repeating((created) => (created === 4 ? 3 : created)),
  ),
  mutant('id-repeated-late', 'The tenth create answers the id of the first.', () =>
    repeating((created) => (created === 10 ? 1 : created)),
  ),
  mutant('id-across-routes', 'The ids of one route come again on the other.', acrossRoutes),
];

/** The date rounded to so many digits of a second. */
function rounded(date: string, digits: number): string {
  const unit = 10 ** (7 - digits);
  return withTicks(date, (ticks) => Math.round(ticks / unit) * unit);
}

/** The date cut off after so many digits of a second. */
function cut(date: string, digits: number): string {
  return date.replace(/\.(\d+)/, (_, fraction: string) => `.${fraction.slice(0, digits)}`);
}

/** The date after a detour through one floating-point number of seconds. */
function throughDouble(date: string): string {
  const instant = readInstant(date);
  const total = instant.seconds + ticksOf(instant) / 1e7;
  const seconds = Math.floor(total);
  const whole = showInstant({ ...instant, seconds, fraction: '0' });
  return withTicks(whole, () => Math.round((total - seconds) * 1e7));
}

/** The date, spoilt only where its text matches. */
function where(pattern: RegExp, change: (date: string) => string): Defect {
  return onDate((date) => (pattern.test(date) ? change(date) : date));
}

const offsetOf = (date: string): number => readInstant(date).offset ?? 0;
const secondsOf = (date: string): number => readInstant(date).seconds;
const clamped = (date: string, seconds: number): string =>
  showInstant({ ...readInstant(date), seconds });
const NANOSECONDS_LIMIT = 9_223_372_036;

const dateForms: Mutant[] = [
  mutant('date-missing', 'deletedDateTime is missing.', () => onDate(() => undefined)),
  mutant('date-null', 'deletedDateTime is null.', () => onDate(() => null)),
  mutant('date-epoch', 'The date is a number of milliseconds.', () =>
    onDate((date) => secondsOf(date) * 1000),
  ),
  mutant('date-odata-2', 'The date is in the form /Date(…)/ of OData 2.', () =>
    onDate((date) => `/Date(${secondsOf(date) * 1000})/`),
  ),
  mutant('date-rfc-1123', 'The date is in the form of HTTP headers.', () =>
    onDate((date) => new Date(secondsOf(date) * 1000).toUTCString()),
  ),
  mutant('date-blank', 'A blank stands for the T.', () => onDate((date) => date.replace('T', ' '))),
  mutant('date-padded', 'Blanks surround the date.', () => onDate((date) => ` ${date} `)),
  mutant('date-two-digit-year', 'The year has two digits.', () =>
    onDate((date) => date.replace(/^\d\d(?=\d\d-)/, '')),
  ),
  mutant('date-thirteen-digits', 'The fraction has thirteen digits.', () =>
    onDate((date) => {
      const instant = readInstant(date);
      return showInstant({ ...instant, fraction: instant.fraction.padEnd(13, '0') });
    }),
  ),
  mutant('date-no-offset', 'The date has no offset.', () =>
    onDate((date) => date.replace(/(?:Z|[+-]\d\d:\d\d)$/, '')),
  ),
  mutant('date-offset-no-colon', 'The offset is written +0300.', () =>
    onDate((date) => atOffset(date, offsetOf(date)).replace(/:(\d\d)$/, '$1')),
  ),
];

const dateFractions: Mutant[] = [
  mutant('date-cut-to-milliseconds', 'The fraction is cut to three digits.', () =>
    onDate((date) => cut(date, 3)),
  ),
  mutant('date-cut-to-microseconds', 'The fraction is cut to six digits.', () =>
    onDate((date) => cut(date, 6)),
  ),
  mutant('date-rounded-to-milliseconds', 'The fraction is rounded to milliseconds.', () =>
    onDate((date) => rounded(date, 3)),
  ),
  mutant('date-rounded-to-microseconds', 'The fraction is rounded to microseconds.', () =>
    onDate((date) => rounded(date, 6)),
  ),
  mutant('date-fraction-dropped', 'The fraction is dropped.', () =>
    onDate((date) => date.replace(/\.\d+/, '')),
  ),
  mutant('date-seconds-dropped', 'Seconds and fraction are dropped.', () =>
    onDate((date) => date.replace(/(T\d\d:\d\d):[\d.]+/, '$1')),
  ),
  mutant('date-tick-late', 'The date is 100 ns late.', () =>
    onDate((date) => withTicks(date, (ticks) => ticks + 1)),
  ),
  mutant('date-through-double', 'The date went through one floating-point number.', () =>
    onDate(throughDouble),
  ),
  mutant('date-fraction-leading-zeros', 'The fraction loses its leading zeros.', () =>
    onDate((date) => date.replace(/\.0+(?=\d)/, '.')),
  ),
  mutant('date-fraction-trailing-zeros', 'Trailing zeros of the fraction move to its front.', () =>
    onDate((date) => date.replace(/\.(\d*[1-9])(0+)(?!\d)/, '.$2$1')),
  ),
  mutant('date-short-fraction', 'A fraction of fewer than seven digits is read as ticks.', () =>
    onDate((date) => date.replace(/\.(\d{1,6})(?!\d)/, (_, f: string) => `.${f.padStart(7, '0')}`)),
  ),
];

const dateMoves: Mutant[] = [
  mutant('date-now', "The date is the server's clock.", () =>
    onDate(() => new Date().toISOString()),
  ),
  mutant('date-of-first', 'Every create answers the date of the first.', () => {
    let first: string | undefined;
    return onDate((date) => (first ??= date));
  }),
  mutant('date-hour-late', 'The date is an hour late.', () => onDate((date) => later(date, 3600))),
  mutant('date-offset-dropped', 'The offset is replaced by Z.', () =>
    onDate((date) => date.replace(/[+-]\d\d:\d\d$/, 'Z')),
  ),
  mutant('date-offset-twice', 'The clock is set to UTC and the offset kept.', () =>
    onDate((date) => later(date, -60 * offsetOf(date))),
  ),
  mutant('date-offset-flipped', 'The sign of the offset is flipped.', () =>
    onDate((date) => date.replace(/[+-](?=\d\d:\d\d$)/, (sign) => (sign === '+' ? '-' : '+'))),
  ),
  mutant('date-negative-offset', 'A negative offset is read as positive.', () =>
    onDate((date) => date.replace(/-(\d\d:\d\d)$/, '+$1')),
  ),
  mutant('date-half-hour-offset', 'The minutes of an offset are lost.', () =>
    where(/[+-]\d\d:(?!00)\d\d$/, (date) => date.replace(/:\d\d$/, ':00')),
  ),
  mutant('date-offset-plus-14', 'Only the offset +14:00 is taken for +12:00.', () =>
    where(/\+14:00$/, (date) => date.replace(/\+14:00$/, '+12:00')),
  ),
  mutant('date-offset-minus-14', 'Only the offset -14:00 is taken for -12:00.', () =>
    where(/-14:00$/, (date) => date.replace(/-14:00$/, '-12:00')),
  ),
  mutant('date-summer-time', 'Dates from April to October are an hour late.', () =>
    where(/^\d+-(?:0[4-9]|10)-/, (date) => later(date, 3600)),
  ),
  mutant('date-before-1970', 'Dates before 1970 become its first moment.', () =>
    onDate((date) => (secondsOf(date) < 0 ? clamped(date, 0) : date)),
  ),
  mutant('date-before-1900', 'Dates before 1900 are moved to local mean time.', () =>
    where(/^(?:0|1[0-8])/, (date) => later(date, -561)),
  ),
  mutant('date-julian', 'Dates before 15 October 1582 are given in the Julian calendar.', () =>
    onDate((date) => (secondsOf(date) < -12_219_292_800 ? later(date, 172_800) : date)),
  ),
  mutant('date-year-1', 'The year 0001 becomes 2001.', () =>
    where(/^0001/, (date) => date.replace(/^0001/, '2001')),
  ),
  mutant('date-minimum-unset', 'The first moment of the year 0001 becomes null.', () =>
    onDate((date) => (date.startsWith('0001-01-01T00:00:00') ? null : date)),
  ),
  mutant('date-after-2038', 'Dates after January 2038 overflow 32 bits.', () =>
    onDate((date) => (secondsOf(date) >= 2 ** 31 ? later(date, -(2 ** 32)) : date)),
  ),
  mutant('date-nanoseconds', 'Dates outside 1677 to 2262 end at 64 bits of nanoseconds.', () =>
    onDate((date) => {
      const seconds = secondsOf(date);
      if (Math.abs(seconds) <= NANOSECONDS_LIMIT) return date;
      return clamped(date, Math.sign(seconds) * NANOSECONDS_LIMIT);
    }),
  ),
  mutant('date-year-9999', 'Dates in the year 9999 lose their fraction.', () =>
    where(/^9999/, (date) => date.replace(/\.\d+/, '')),
  ),
  mutant('date-leap-day', 'The 29th of February becomes the 1st of March.', () =>
    where(/-02-29T/, (date) => date.replace('-02-29T', '-03-01T')),
  ),
  mutant('date-last-of-year', 'The 31st of December gets the year of its week.', () =>
    where(/-12-31T/, (date) =>
      date.replace(/^\d+/, (year) => String(Number(year) + 1).padStart(4, '0')),
    ),
  ),
  mutant('date-day-month-swapped', 'Day and month are swapped where both could be either.', () =>
    onDate((date) => date.replace(/-(\d\d)-(0[1-9]|1[0-2])T/, '-$2-$1T')),
  ),
  mutant('date-midnight-24', 'Midnight is written 24:00 of the day before.', () =>
    where(/T00:00:00(?:\.0+)?(?!\.?\d)/, (date) => later(date, -86_400).replace('T00', 'T24')),
  ),
  mutant('date-twelve-hour-clock', 'Hours after noon are given on a twelve-hour clock.', () =>
    where(/T(?:1[3-9]|2\d):/, (date) => later(date, -43_200)),
  ),
];

const cutting = (bytes: (body: Buffer) => number): Rewrite => {
  return (answer) => ({ ...answer, wire: { cutAfter: bytes(answer.body) } });
};
const sized = (more: number): Rewrite => {
  return (answer) => ({
    ...withHeader(answer, 'Content-Length', String(answer.body.length + more)),
    wire: { cutAfter: answer.body.length },
  });
};

const framing: Mutant[] = [
  mutant('length-too-small', 'Content-Length is ten bytes short.', () => onCreate(sized(-10))),
  mutant('length-too-large', 'Content-Length is ten bytes over, then the connection closes.', () =>
    onCreate(sized(10)),
  ),
  mutant('length-contradiction', 'Two Content-Length lines differ.', () =>
    onCreate((a) => withLine(a, 'Content-Length', String(a.body.length + 1))),
  ),
  mutant('chunks-unfinished', 'The last chunk never comes, the connection closes.', () =>
    onCreate((a) => cutting((body) => body.length)(without(a, 'Content-Length'))),
  ),
  mutant('dropped-now-and-then', 'Every fifth create is dropped without a byte.', () =>
    onEvery(NOW_AND_THEN, (a) => ({ ...a, wire: 'drop' })),
  ),
  mutant('reset-now-and-then', 'Every fifth create is reset.', () =>
    onEvery(NOW_AND_THEN, (a) => ({ ...a, wire: 'reset' })),
  ),
  mutant('cut-now-and-then', 'Every fifth answer ends in the middle of its body.', () =>
    onEvery(
      NOW_AND_THEN,
      cutting((body) => Math.floor(body.length / 2)),
    ),
  ),
  mutant('hangs-once', 'The seventh create is never answered.', () =>
    onCreate((a, { created }) => (created === 7 ? { ...a, wire: 'hang' } : a)),
  ),
  mutant('stalls-once', 'The body of the seventh create stops half-way.', () =>
    onCreate((a, { created }) => {
      const half = a.body.subarray(0, Math.floor(a.body.length / 2));
      return created === 7 ? { ...a, wire: { chunks: [half], every: 600_000 } } : a;
    }),
  ),
  mutant('not-http', 'Bytes come that are no HTTP.', () =>
    onCreate((a) => ({ ...a, wire: { raw: Buffer.from('\u0000SSH-2.0-OpenSSH_9.6\r\n') } })),
  ),
  mutant('html-without-head', 'A bare HTML page comes, without an HTTP head.', () =>
    onCreate((a) => ({ ...a, wire: { raw: Buffer.from(HTML) } })),
  ),
  mutant('malformed-json-dropped', 'Malformed JSON closes the connection.', () =>
    onRefusal(['malformed'], (a) => ({ ...a, wire: 'drop' })),
  ),
];

const timing: Mutant[] = [
  mutant('slow-always', 'Every answer takes three seconds.', () => (a) => ({ ...a, delay: SLOW })),
  mutant('slow-now-and-then', 'Every fifth create takes three seconds.', () =>
    onEvery(NOW_AND_THEN, (a) => ({ ...a, delay: SLOW })),
  ),
  mutant(
    'slow-body',
    'The head of a created object comes at once, its body in three seconds.',
    () =>
      onEvery(NOW_AND_THEN, (a) => {
        const third = Math.ceil(a.body.length / 3);
        const chunks = [0, 1, 2].map((i) => a.body.subarray(i * third, (i + 1) * third));
        return { ...a, wire: { chunks, every: SLOW / 3 } };
      }),
  ),
];

const TOKEN_GROUNDS = ['no-token', 'wrong-scheme', 'wrong-token'] as const;

const sameHead: Change = (answer, request) => {
  const [, sent = ''] = (request.headers.authorization ?? '').split(/ +/);
  const head = request.token.slice(0, request.token.length / 2);
  return sent.startsWith(head) ? request.accept() : answer;
};

const tokens: Mutant[] = [
  mutant('no-token-accepted', 'A call without a token creates.', () => accepting('no-token')),
  mutant('no-token-accepted-on-users', 'On /users a call without a token creates.', () =>
    onUsers(accepting('no-token')),
  ),
  mutant('wrong-token-accepted', 'Any token creates.', () => accepting('wrong-token')),
  mutant('token-tail-ignored', 'Only the first half of a token counts.', () =>
    onRefusal(['wrong-token'], sameHead),
  ),
  mutant('scheme-ignored', 'The right token creates under any scheme.', () =>
    accepting('wrong-scheme'),
  ),
  mutant('token-never-accepted', 'Even the right token is refused.', () =>
    onCreate((a) =>
      withHeader(failing(401, 'InvalidAuthenticationToken')(a), 'WWW-Authenticate', 'Bearer'),
    ),
  ),
  mutant('no-token-403', 'Refused tokens answer 403.', () => onRefusal(TOKEN_GROUNDS, status(403))),
  mutant('no-token-200', 'A call without a token answers 200 and an error body.', () =>
    onRefusal(['no-token'], status(200)),
  ),
  mutant('no-token-500', 'A call without a token answers 500.', () =>
    onRefusal(['no-token'], crash),
  ),
  mutant('no-token-redirect', 'A call without a token is sent to a sign-in page.', () =>
    onRefusal(['no-token'], (a) => bare(withHeader(a, 'Location', '/login'), 302)),
  ),
  mutant('no-challenge', 'A 401 has no WWW-Authenticate.', () =>
    onRefusal(TOKEN_GROUNDS, (a) => without(a, 'WWW-Authenticate')),
  ),
];

const onMethod = (method: string, change: Change): Defect =>
  onRefusal(
    ['method'],
    when((request) => request.method === method, change),
  );
const take: Change = (_, request) => request.accept();
const PATHS = ['path', 'path-form'] as const;

const refusals: Mutant[] = [
  mutant('text-plain-accepted', 'A body sent as text/plain creates.', () =>
    accepting('media-type'),
  ),
  mutant('no-content-type-accepted', 'A body without Content-Type creates.', () =>
    accepting('no-content-type'),
  ),
  mutant('malformed-json-accepted', 'Malformed JSON creates.', () => accepting('malformed')),
  mutant('array-accepted', 'An array creates.', () => accepting('not-object')),
  mutant('number-date-accepted', 'A number for deletedDateTime creates.', () =>
    accepting('date-not-string'),
  ),
  mutant('non-date-accepted', 'Any text for deletedDateTime creates.', () =>
    accepting('date-grammar'),
  ),
  mutant('february-30-accepted', 'The 30th of February creates.', () => accepting('date-calendar')),
  mutant('wrong-type-accepted', 'Another @odata.type creates.', () => accepting('type')),
  mutant('unknown-user-accepted', 'An unknown user gets a device.', () => accepting('user')),
  mutant('path-accepted', 'Any path creates.', () => accepting(...PATHS)),
  mutant('get-creates', 'GET creates.', () => onMethod('GET', take)),
  mutant('put-creates', 'PUT creates.', () => onMethod('PUT', take)),
  mutant('text-plain-500', 'A body sent as text/plain answers 500.', () =>
    onRefusal(['media-type'], crash),
  ),
  mutant('malformed-json-500', 'Malformed JSON answers 500.', () =>
    onRefusal(['malformed'], crash),
  ),
  mutant('malformed-json-404', 'Malformed JSON answers 404.', () =>
    onRefusal(['malformed'], failing(404, 'ResourceNotFound')),
  ),
  mutant('array-500', 'An array answers 500.', () => onRefusal(['not-object'], crash)),
  mutant('number-date-500', 'A number for deletedDateTime answers 500.', () =>
    onRefusal(['date-not-string'], crash),
  ),
  mutant('non-date-500', 'A text that is no date answers 500.', () =>
    onRefusal(['date-grammar'], crash),
  ),
  mutant('missing-date-500', 'A body without deletedDateTime answers 500.', () =>
    onRefusal(['date-missing'], crash),
  ),
  mutant('wrong-type-500', 'Another @odata.type answers 500.', () => onRefusal(['type'], crash)),
  mutant('unknown-user-500', 'An unknown user answers 500.', () => onRefusal(['user'], crash)),
  mutant('path-500', 'An unsupported path answers 500.', () => onRefusal(PATHS, crash)),
  mutant('put-500', 'PUT answers 500.', () => onMethod('PUT', crash)),
  mutant('no-allow', 'A 405 has no Allow.', () =>
    onRefusal(['method'], (a) => without(a, 'Allow')),
  ),
];

const errors: Mutant[] = [
  mutant('error-html', 'Errors are HTML pages.', () =>
    onRefusal('all', (a) => withHeader(withBody(a, HTML), 'Content-Type', 'text/html')),
  ),
  mutant('error-empty', 'Errors have no body.', () =>
    onRefusal(
      'all',
      text(() => ''),
    ),
  ),
  mutant('error-empty-on-405', 'The error of a wrong method has no body.', () =>
    onRefusal(
      ['method'],
      text(() => ''),
    ),
  ),
  mutant('error-html-on-404', 'An unknown user gets an HTML page.', () =>
    onRefusal(['user'], (a) => withHeader(withBody(a, HTML), 'Content-Type', 'text/html')),
  ),
  mutant('error-truncated', 'The JSON of errors ends before its end.', () =>
    onRefusal(
      'all',
      text((body) => body.slice(0, -8)),
    ),
  ),
  mutant('error-text-plain', 'Errors have the media type text/plain.', () =>
    onRefusal('all', typed('text/plain')),
  ),
  mutant('error-no-content-type', 'Errors have no Content-Type.', () =>
    onRefusal('all', (a) => without(a, 'Content-Type')),
  ),
  mutant('error-no-code', 'Errors have no code.', () =>
    onError(({ code: _, ...rest }) => ({ error: rest })),
  ),
  mutant('error-empty-code', 'The code of errors is empty.', () =>
    onError((error) => ({ error: { ...error, code: '' } })),
  ),
  mutant('error-number-code', 'The code of errors is a number.', () =>
    onError((error) => ({ error: { ...error, code: 400 } })),
  ),
  mutant('error-no-message', 'Errors have no message.', () =>
    onError(({ message: _, ...rest }) => ({ error: rest })),
  ),
  mutant('error-empty-message', 'The message of errors is empty.', () =>
    onError((error) => ({ error: { ...error, message: '' } })),
  ),
  mutant('error-message-object', 'The message of errors is an object, as in OData 3.', () =>
    onError((error) => ({
      error: { ...error, message: { lang: 'en', value: error.message ?? '' } },
    })),
  ),
  mutant('error-not-nested', 'Code and message stand outside error.', () =>
    onError((error) => error),
  ),
  mutant('error-array', 'The error is in an array.', () =>
    onError((error) => ({ error: [error] })),
  ),
  mutant('error-text', 'The error is a string, as in OAuth.', () =>
    onError((error) => ({ error: 'invalid_request', error_description: error.message ?? '' })),
  ),
  mutant('error-details-object', 'The details of errors are no array.', () =>
    onError((error) => ({ error: { ...error, details: { code: 'a', message: 'b' } } })),
  ),
];

const platform: Mutant[] = [
  mutant(
    'no-odata-version',
    'No answer has OData-Version.',
    () => (a) => without(a, 'OData-Version'),
  ),
  mutant('no-odata-version-on-errors', 'Errors have no OData-Version.', () =>
    onRefusal('all', (a) => without(a, 'OData-Version')),
  ),
  mutant(
    'odata-version-3',
    'OData-Version is 3.0.',
    () => (a) => withHeader(a, 'OData-Version', '3.0'),
  ),
  mutant('no-location', 'A create has no Location.', () => onCreate((a) => without(a, 'Location'))),
  mutant('no-context', 'The object has no @odata.context.', () =>
    onProperty('@odata.context', () => undefined),
  ),
  mutant('no-metadata-parameter', 'The Content-Type has no odata.metadata parameter.', () =>
    onCreate(typed('application/json;charset=utf-8')),
  ),
  mutant('no-request-id', 'No answer has a request-id.', () => (a) => without(a, 'request-id')),
  mutant(
    'no-client-request-id',
    'No answer has a client-request-id.',
    () => (a) => without(a, 'client-request-id'),
  ),
  mutant(
    'other-client-request-id',
    'The client-request-id is not the one sent.',
    () => (a) => withHeader(a, 'client-request-id', randomUUID()),
  ),
];

const routes: Mutant[] = [
  mutant('users-404', 'The route /users does not exist.', () =>
    onUsers(onCreate(failing(404, 'ResourceNotFound'))),
  ),
  mutant('users-204', 'On /users a create answers an empty 204.', () =>
    onUsers(onCreate((a) => bare(a, 204))),
  ),
  mutant('users-200', 'On /users a create answers 200.', () => onUsers(onCreate(status(200)))),
  mutant('users-no-type', 'On /users the object has no @odata.type.', () =>
    onUsers(onProperty('@odata.type', () => undefined)),
  ),
  mutant('users-no-content-type', 'On /users a created object has no Content-Type.', () =>
    onUsers(onCreate((a) => without(a, 'Content-Type'))),
  ),
  mutant('users-date-milliseconds', 'On /users the fraction is cut to three digits.', () =>
    onUsers(onDate((date) => cut(date, 3))),
  ),
  mutant('users-malformed-json-500', 'On /users malformed JSON answers 500.', () =>
    onUsers(onRefusal(['malformed'], crash)),
  ),
  mutant('me-403', 'The route /me is forbidden.', () => {
    const forbid = onCreate(failing(403, 'Authorization_RequestDenied'));
    return (answer, request) => (request.route === 'me' ? forbid(answer, request) : answer);
  }),
];

/** Servers wrong in exactly one way each; the judge must notice every one. */
export const mutants: Mutant[] = [
  ...statuses,
  ...mediaTypes,
  ...bodies,
  ...types,
  ...identities,
  ...dateForms,
  ...dateFractions,
  ...dateMoves,
  ...framing,
  ...timing,
  ...tokens,
  ...refusals,
  ...errors,
  ...platform,
  ...routes,
];
