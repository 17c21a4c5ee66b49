import { randomUUID } from 'node:crypto';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import {
  accepting,
  type Change,
  onCreate,
  onDate,
  onError,
  onObject,
  onProperty,
  onRefusal,
} from '../../fixtures/mock/defects.ts';
import { atOffset, readInstant, showInstant } from '../../fixtures/mock/instant.ts';
import type { Json, JsonObject } from '../../fixtures/mock/json.ts';
import {
  header,
  objectIn,
  withBody,
  withHeader,
  withJson,
  withLine,
  without,
} from '../../fixtures/mock/rewrite.ts';
import type { Answer, Defect } from '../../fixtures/mock/server.ts';
import { message } from '../../fixtures/mock/wire.ts';

/** A server that conforms, though in an unusual way. */
export interface Variant {
  readonly name: string;
  /** The clause that allows it. */
  readonly why: string;
  /** A new way of answering with a state of its own. */
  readonly vary: () => Defect;
  /** Whether a requirement of level `platform` may speak; nothing stated or shown may. */
  readonly adviceOnly?: true;
}

function variant(name: string, why: string, vary: () => Defect): Variant {
  return { name, why, vary };
}

function adviceOnly(name: string, why: string, vary: () => Defect): Variant {
  return { name, why, vary, adviceOnly: true };
}

type Rewrite = (answer: Answer) => Answer;

const typed = (value: string): Rewrite => {
  return (answer) => withHeader(answer, 'Content-Type', value);
};
const text = (change: (body: string) => string): Rewrite => {
  return (answer) => withBody(answer, change(answer.body.toString()));
};
const recased = (change: (name: string) => string): Rewrite => {
  return (answer) => ({
    ...answer,
    headers: answer.headers.map(([name, value]) => [change(name), value]),
  });
};

const headers: Variant[] = [
  variant('charset-quoted', 'RFC 9110 8.3.1: a quoted value and any case mean the same.', () =>
    onCreate(typed('application/json;odata.metadata=minimal;charset="UTF-8"')),
  ),
  variant('charset-absent', 'RFC 8259 8.1: JSON is UTF-8 without saying so.', () =>
    onCreate(typed('application/json;odata.metadata=minimal')),
  ),
  variant('media-type-case', 'RFC 9110 8.3.1: type, subtype and parameter names in any case.', () =>
    onCreate(typed('Application/JSON; OData.Metadata=minimal; Charset=utf-8')),
  ),
  variant('parameters-reordered', 'OData JSON 3.1: format parameters in any order.', () =>
    onCreate(
      typed('application/json; charset=utf-8; IEEE754Compatible=false; odata.metadata=minimal'),
    ),
  ),
  variant('parameters-4.01', 'OData JSON 3.1: from 4.01 on the prefix odata. is optional.', () =>
    onCreate((a) =>
      withHeader(
        typed('application/json;metadata=minimal;streaming=true')(a),
        'OData-Version',
        '4.01',
      ),
    ),
  ),
  variant('metadata-full', 'OData JSON 3.1: full metadata adds annotations.', () => {
    const links = onObject((object) => ({
      ...object,
      '@odata.id': `directoryObjects('${object.id}')`,
      '@odata.editLink': `directoryObjects('${object.id}')`,
      'deletedDateTime@odata.type': '#DateTimeOffset',
    }));
    const full = onCreate(typed('application/json;odata.metadata=full;charset=utf-8'));
    return async (answer, request) => full(await links(answer, request), request);
  }),
  adviceOnly('media-type-bare', 'The page shows application/json alone.', () =>
    onCreate(typed('application/json')),
  ),
  variant('header-names-lower', 'RFC 9110 5.1: header names in any case.', () =>
    recased((name) => name.toLowerCase()),
  ),
  variant('header-names-upper', 'RFC 9110 5.1: header names in any case.', () =>
    recased((name) => name.toUpperCase()),
  ),
  variant(
    'headers-reversed',
    'RFC 9110 5.3: the order of different headers means nothing.',
    () => (a) => ({ ...a, headers: a.headers.toReversed() }),
  ),
  variant(
    'headers-extra',
    'RFC 9110 5.1: unknown headers are ignored.',
    () => (a) =>
      withLine(withLine(a, 'Strict-Transport-Security', 'max-age=31536000'), 'X-Served', '1'),
  ),
  variant(
    'cookies',
    'RFC 6265 3: Set-Cookie may come several times.',
    () => (a) => withLine(withLine(a, 'Set-Cookie', 'a=1; Path=/'), 'Set-Cookie', 'b=2; HttpOnly'),
  ),
  variant('reason-empty', 'RFC 9112 4: a reason phrase may be empty.', () => (a) => ({
    ...a,
    reason: '',
  })),
  variant('reason-unusual', 'RFC 9112 4: clients ignore the reason phrase.', () => (a) => ({
    ...a,
    reason: a.status === 201 ? 'All Right' : 'No Way',
  })),
  variant('location-relative', 'RFC 9110 10.2.2: Location is a URI reference.', () =>
    onCreate((a) => withHeader(a, 'Location', 'directoryObjects/1')),
  ),
  variant('location-elsewhere', "FACTS 3: a live 201's Location is not under /v1.0.", () =>
    onCreate((a, { n }) =>
      withHeader(a, 'Location', `https://graph.example/v2/tenant/directoryObjects/${n}/Device`),
    ),
  ),
  variant('entity-id', 'OData 8.3: OData-EntityId may come with any create.', () =>
    onCreate((a) => withHeader(a, 'OData-EntityId', header(a, 'Location') ?? '')),
  ),
];

const coded = (coding: string, encode: (body: Buffer) => Buffer): Change => {
  return (answer, request) => {
    // RFC 9110 12.5.3: only a coding the request lists, or any where it lists none
    const accepted = request.headers['accept-encoding'];
    if (accepted !== undefined && !String(accepted).includes(coding)) return answer;
    const encoded = withBody(answer, encode(answer.body));
    return withHeader(withHeader(encoded, 'Content-Encoding', coding), 'Vary', 'Accept-Encoding');
  };
};

/** The answer as raw bytes on a connection that says it ends. */
const raw = (answer: Answer, before: Buffer, version: '1.0' | '1.1'): Answer => {
  const final = message(withHeader(answer, 'Connection', 'close'), version);
  return { ...answer, wire: { raw: Buffer.concat([before, final]) } };
};
const interim = (status: number, ...lines: [string, string][]): Buffer =>
  message({ status, headers: lines, body: Buffer.alloc(0) });

const framing: Variant[] = [
  variant(
    'chunked',
    'RFC 9112 7.1: chunked needs no Content-Length.',
    () => (a) => withHeader(without(a, 'Content-Length'), 'Transfer-Encoding', 'chunked'),
  ),
  variant(
    'chunked-pieces',
    'RFC 9112 7.1: a chunk may end anywhere, in a character too.',
    () => (a) => {
      const chunks = Array.from({ length: Math.ceil(a.body.length / 50) }, (_, i) =>
        a.body.subarray(i * 50, i * 50 + 50),
      );
      return { ...without(a, 'Content-Length'), wire: { chunks, every: 2 } };
    },
  ),
  variant('gzip', 'RFC 9110 8.4.1: the body may be coded as gzip.', () => coded('gzip', gzipSync)),
  variant('brotli', 'RFC 7932: the body may be coded as br.', () =>
    coded('br', brotliCompressSync),
  ),
  variant('deflate', 'RFC 9110 8.4.1: the body may be coded as deflate.', () =>
    coded('deflate', deflateSync),
  ),
  variant(
    'connection-close',
    'RFC 9112 9.6: a server may end every connection.',
    () => (a) => withHeader(a, 'Connection', 'close'),
  ),
  variant('connection-closed-unsaid', 'RFC 9112 9.5: and may do so without a word.', () => (a) => ({
    ...a,
    wire: { cutAfter: a.body.length },
  })),
  variant(
    'until-close',
    'RFC 9112 6.3: without length or chunks a body ends with its connection.',
    () => (a) => raw(without(a, 'Content-Length'), Buffer.alloc(0), '1.1'),
  ),
  variant(
    'early-hints',
    'RFC 8297: 103 may come before the answer.',
    () => (a) => raw(a, interim(103, ['Link', '</style.css>; rel=preload']), '1.1'),
  ),
  variant(
    'continue',
    'RFC 9110 15.2: clients must bear 100 Continue unasked for.',
    () => (a) => raw(a, interim(100), '1.1'),
  ),
  variant(
    'http-1.0',
    'RFC 9110 2.5: a server may answer with a lower minor version.',
    () => (a) => raw(a, Buffer.alloc(0), '1.0'),
  ),
  variant('takes-300-ms', 'The page says nothing about time.', () => (a) => ({ ...a, delay: 300 })),
];

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

/** The documented example's own answer: two headers, three properties. */
function asInTheExample(answer: Answer): Answer {
  const { '@odata.context': _, ...object } = objectIn(answer);
  const kept = answer.headers.filter(([name]) => /^content-(type|length)$/i.test(name));
  return withJson(typed('application/json')({ ...answer, headers: kept }), object);
}

const bodies: Variant[] = [
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
    onObject((object) => ({
      '@odata.etag': 'W/"1"',
      '@vendor.note': { any: ['thing'] },
      'id@vendor.note': 1,
      ...object,
    })),
  ),
  adviceOnly('context-absent', 'The page shows no @odata.context; only OData asks for it.', () =>
    onProperty('@odata.context', () => undefined),
  ),
  variant('context-relative', 'OData JSON 4.5.1: the context URL may be relative.', () =>
    onProperty('@odata.context', () => '../$metadata#directoryObjects/$entity'),
  ),
  variant('json-indented', 'RFC 8259 2: white space between tokens.', () =>
    onCreate(
      text((body) => JSON.stringify(JSON.parse(body), undefined, '\t').replace(/\n/g, '\r\n')),
    ),
  ),
  variant('json-surrounded', 'RFC 8259 2: white space around the value.', () =>
    onCreate(text((body) => `\r\n\t ${body} \n\n`)),
  ),
  variant('json-reordered', 'RFC 8259 4: the order of members means nothing.', () =>
    onObject((object) => Object.fromEntries(Object.entries(object).toReversed())),
  ),
  variant('json-escaped', 'RFC 8259 7: any character may be escaped, in names too.', () =>
    onCreate((a) => withBody(a, escaped(objectIn(a)))),
  ),
  adviceOnly('as-in-the-example', "The page's example shows no more than this.", () =>
    onCreate(asInTheExample),
  ),
];

/** Another id, in the body and in the Location that names it. */
function identified(change: (id: string, n: number) => string): Defect {
  return onCreate((answer, { n }) => {
    const object = objectIn(answer);
    const id = change(String(object.id), n);
    const location = header(answer, 'Location')?.replace(/[^/]*$/, encodeURIComponent(id)) ?? '';
    return withHeader(withJson(answer, { ...object, id }), 'Location', location);
  });
}

const identities: Variant[] = [
  variant('id-upper-case', 'FACTS 2: the page states a String, no spelling.', () =>
    identified((id) => id.toUpperCase()),
  ),
  variant('id-opaque', 'FACTS 2: ids are opaque strings.', () =>
    identified((_, n) => `device_${n}.ABC-xyz~`),
  ),
  variant('id-short', 'FACTS 2: a non-empty string is enough.', () => identified((_, n) => `${n}`)),
  variant('id-long', 'FACTS 2: the page states no length.', () =>
    identified((_, n) => `${n}-`.padEnd(3000, 'x')),
  ),
  variant('id-unicode', 'FACTS 2: the page states a String, of any characters.', () =>
    identified((_, n) => `设备/${n} "é" 😀`),
  ),
  variant('id-not-rfc-9562', "FACTS 2: the example's id is no RFC 9562 UUID either.", () =>
    identified((_, n) => `98b7e341-e341-98b7-41e3-${String(n).padStart(12, '0')}`),
  ),
  variant('id-differs-in-case', 'FACTS 2: ids are opaque, so a and A are two.', () =>
    identified((_, n) => n.toString(2).replaceAll('0', 'a').replaceAll('1', 'A')),
  ),
  variant('id-new', 'OData 11.4.2: a value the client may not set is ignored.', () =>
    identified(() => randomUUID()),
  ),
];

/** The date with another fraction; one without stays without. */
function refracted(date: string, change: (fraction: string) => string): string {
  const instant = readInstant(date);
  return showInstant({ ...instant, fraction: change(instant.fraction) });
}

const dates: Variant[] = [
  variant('date-utc', 'OData 11.4.1.2: the offset may be normalised.', () =>
    onDate((date) => atOffset(date, undefined)),
  ),
  variant('date-plus-zero', 'OData ABNF: +00:00 is an offset like any other.', () =>
    onDate((date) => atOffset(date, 0)),
  ),
  variant('date-minus-zero', 'OData ABNF: -00:00 matches.', () =>
    onDate((date) => atOffset(date, 0).replace('+00:00', '-00:00')),
  ),
  variant('date-east', 'OData 11.4.1.2: the same instant at another offset.', () =>
    onDate((date) => atOffset(date, 345)),
  ),
  variant('date-west', 'OData 11.4.1.2: the same instant at another offset.', () =>
    onDate((date) => atOffset(date, -570)),
  ),
  variant('date-far-offset', 'OData ABNF: offsets go to 23:59.', () =>
    onDate((date) => atOffset(date, 23 * 60 + 59)),
  ),
  variant('date-twelve-digits', 'OData ABNF: up to twelve digits, here zeros.', () =>
    onDate((date) => refracted(date, (fraction) => fraction.padEnd(12, '0'))),
  ),
  variant('date-shortest-fraction', 'OData ABNF: trailing zeros say nothing.', () =>
    onDate((date) => refracted(date, (fraction) => fraction.replace(/0+$/, ''))),
  ),
  variant('date-no-zero-seconds', 'OData ABNF: seconds are optional.', () =>
    onDate((date) => date.replace(/(T\d\d:\d\d):00(?:\.0+)?(?=[Z+-])/i, '$1')),
  ),
  variant('date-lower-case', 'OData ABNF: T and Z match in lower case.', () =>
    onDate((date) => atOffset(date, undefined).toLowerCase()),
  ),
];

/** The refusal with another status and code. */
const saying = (status: number, code: string): Rewrite => {
  return (answer) => ({
    ...withJson(answer, { error: { code, message: 'Refused in another way.' } }),
    status,
  });
};
const onMethod = (method: string, change: Rewrite): Defect =>
  onRefusal(['method'], (answer, request) => (request.method === method ? change(answer) : answer));

/** A list of references, as GET on a collection's $ref gives it (OData 11.2.8). */
function references(answer: Answer): Answer {
  const list = {
    '@odata.context': 'http://127.0.0.1/v1.0/$metadata#Collection($ref)',
    value: [{ '@odata.id': 'directoryObjects/1' }],
  };
  const type = 'application/json;odata.metadata=minimal;charset=utf-8';
  return { ...withJson(typed(type)(without(answer, 'Allow')), list), status: 200 };
}

const inner = (error: JsonObject): JsonObject => {
  const { innerError = {}, ...rest } = error;
  return { ...rest, innererror: { code: 'outer', innererror: innerError } };
};

const errors: Variant[] = [
  variant('error-details', 'OData JSON 21.1: target and details may occur.', () =>
    onError((error) => ({
      error: {
        ...error,
        target: 'deletedDateTime',
        details: [{ code: 'InvalidValue', message: 'Not valid.', target: 'deletedDateTime' }],
      },
    })),
  ),
  variant('error-inner-nested', 'FACTS 3: innererror in lower case, and nested.', () =>
    onError((error) => ({ error: inner(error) })),
  ),
  variant('error-bare', 'OData 9.4: only code and message are required.', () =>
    onError(({ code = '', message: text = '' }) => ({ error: { code, message: text } })),
  ),
  variant('error-annotated', 'OData JSON 21.1: an error may carry annotations.', () =>
    onError((error) => ({ error: { ...error, '@vendor.retry': false }, '@vendor.note': 1 })),
  ),
  variant('error-unknown-code', 'FACTS 3: clients accept unknown codes.', () =>
    onError((error) => ({ error: { ...error, code: 'generalException' } })),
  ),
  variant('error-foreign-message', 'FACTS 3: nobody branches on the message.', () =>
    onError((error) => ({ error: { ...error, message: 'Geçersiz istek: İ ı — 無効' } })),
  ),
  variant('error-media-type', 'OData JSON 3.1: errors may carry parameters too.', () =>
    onRefusal('all', typed('application/json; odata.metadata=minimal; charset=utf-8')),
  ),
  variant('error-indented', 'RFC 8259 2: white space between tokens, in errors too.', () =>
    onRefusal(
      'all',
      text((body) => `${JSON.stringify(JSON.parse(body), undefined, 2)}\n`),
    ),
  ),
];

const refusals: Variant[] = [
  variant('unknown-user-403', 'RFC 9110 15.5.4: what may not be seen may be forbidden.', () =>
    onRefusal(['user'], saying(403, 'Authorization_RequestDenied')),
  ),
  variant('unknown-user-400', 'FACTS 3: 400 is documented, a key may be malformed.', () =>
    onRefusal(['user'], saying(400, 'Request_BadRequest')),
  ),
  variant('no-content-type-415', 'RFC 9110 15.5.16: 415 is the status for a media type.', () =>
    onRefusal(['no-content-type'], saying(415, 'UnsupportedMediaType')),
  ),
  variant('media-type-400', 'FACTS 3: the service says 400 where it finds no media type.', () =>
    onRefusal(['media-type'], saying(400, 'BadRequest')),
  ),
  variant('bad-values-422', 'FACTS 3: 422 is among the documented statuses.', () =>
    onRefusal(
      ['not-object', 'type', 'date-missing', 'date-not-string', 'date-grammar', 'date-calendar'],
      saying(422, 'UnprocessableEntity'),
    ),
  ),
  variant('missing-date-accepted', 'FACTS 2: the property is nullable; nobody may assume.', () =>
    accepting('date-missing'),
  ),
  variant('example-path-accepted', "FACTS 2: the path of the page's example is not judged.", () =>
    accepting('path-form'),
  ),
  variant('path-form-404', 'RFC 9110 15.5.5: a path that leads nowhere.', () =>
    onRefusal(['path-form'], saying(404, 'ResourceNotFound')),
  ),
  variant('path-form-405', 'RFC 9110 15.5.6: a list may be there that takes no POST.', () =>
    onRefusal(['path-form'], (a) => withHeader(saying(405, 'MethodNotAllowed')(a), 'Allow', 'GET')),
  ),
  variant('put-404', 'OData 9.3: a service need not know the request.', () =>
    onMethod('PUT', saying(404, 'ResourceNotFound')),
  ),
  variant('put-400', 'FACTS 3: 400 is the general refusal.', () =>
    onMethod('PUT', saying(400, 'BadRequest')),
  ),
  variant('put-501', 'OData 9.3.1: functionality that is not implemented answers 501.', () =>
    onMethod('PUT', saying(501, 'notImplemented')),
  ),
  variant('get-references', 'OData 11.2.8: GET on a $ref lists references.', () =>
    onMethod('GET', references),
  ),
  variant('allow-several', 'RFC 9110 10.2.1: Allow lists methods.', () =>
    onRefusal(['method'], (a) => withHeader(a, 'Allow', 'GET, HEAD,POST , OPTIONS')),
  ),
  variant('challenge-list', 'RFC 9110 11.6.1: several challenges in one line.', () =>
    onRefusal(['no-token', 'wrong-scheme', 'wrong-token'], (a) =>
      withHeader(a, 'WWW-Authenticate', 'Negotiate, bearer realm="a, b", error="invalid_token"'),
    ),
  ),
  variant('challenge-lines', 'RFC 9110 11.6.1: or in several lines.', () =>
    onRefusal(['no-token', 'wrong-scheme', 'wrong-token'], (a) =>
      withLine(a, 'WWW-Authenticate', 'Basic realm="a"'),
    ),
  ),
];

/** Servers that conform; the judge may blame none of them. */
export const variants: Variant[] = [
  ...headers,
  ...framing,
  ...bodies,
  ...identities,
  ...dates,
  ...errors,
  ...refusals,
];
