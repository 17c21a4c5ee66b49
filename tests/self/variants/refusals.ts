import type { JsonObject } from '../../../fixtures/mock/request.ts';
import { failing } from '../mutants/defects/failing.ts';
import {
  accepting,
  onCreate,
  onError,
  onErrorWith,
  onMethod,
  onRefusal,
  when,
} from '../mutants/defects/on.ts';
import {
  bare,
  type Rewrite,
  text,
  typed,
  withHeader,
  withJson,
  withLine,
  without,
} from '../mutants/defects/rewrite.ts';
import { onRequests, singles } from '../mutants/one-request.ts';
import type { MockRequest, MockResponse } from '../support/mock.ts';
import { reading } from './frameworks.ts';
import { variantsOf } from './variant.ts';

const TOKEN_REASONS = ['no-token', 'wrong-scheme', 'wrong-token'] as const;
const MALFORMED_TOKENS = ['token-twice', 'token-empty', 'no-scheme'] as const;
// biome-ignore format: a list
const BAD_VALUES = ['empty', 'not-object', 'type-not-string', 'type', 'id', 'date-missing', 'date-not-string', 'date-grammar', 'date-calendar'] as const;
const PROBES = singles.flatMap(({ kind, name }) => (kind === 'probe' ? [name] : []));
const isChunked = ({ headers }: MockRequest) => headers['transfer-encoding'] !== undefined;

/** The refusal with another status and code. */
const saying = (status: number, code: string): Rewrite => {
  return (response) => ({
    ...withJson(response, { error: { code, message: 'Refused in another way.' } }),
    status,
  });
};

/** A list of references, as GET on a collection's $ref gives it (OData 11.2.8). */
function references(response: MockResponse): MockResponse {
  const list = {
    '@odata.context': 'http://127.0.0.1/v1.0/$metadata#Collection($ref)',
    value: [{ '@odata.id': 'directoryObjects/1' }],
  };
  const type = 'application/json;odata.metadata=minimal;charset=utf-8';
  return { ...withJson(typed(type)(without(response, 'Allow')), list), status: 200 };
}

/** The ids in capitals, and around other ones of a service behind this one. */
function layered({ innerError, ...rest }: JsonObject): JsonObject {
  const own = JSON.parse(JSON.stringify(innerError).toUpperCase());
  const ids = { 'request-id': own['REQUEST-ID'], 'client-request-id': own['CLIENT-REQUEST-ID'] };
  return { ...rest, innerError: { ...ids, innererror: { 'request-id': 'behind' } } };
}

function inner({ innerError = {}, ...rest }: JsonObject): JsonObject {
  return { ...rest, innererror: { code: 'outer', innererror: innerError } };
}

/** Errors of other forms, other refusals, and what need not be refused. */
// biome-ignore format: a row a line
export const refusals = variantsOf([
  ['error-details', 'OData JSON 21.1', () => onErrorWith({ target: 'deletedDateTime', details: [{ code: 'InvalidValue', message: 'Not valid.', target: 'deletedDateTime' }] })],
  ['error-inner-nested', 'The general error page: innererror in lower case, and nested.', () => onError((error) => ({ error: inner(error) }))],
  ['error-ids-layered', 'RFC 9562 4', () => onError((error) => ({ error: layered(error) }))],
  ['error-ids-only-inside', 'OData 9.4', () => onRefusal('all', (a) => without(a, 'request-id', 'client-request-id')), ['client-request-id', 'request-id']],
  ['error-bare', 'OData 9.4', () => onError(({ code = '', message: text = '' }) => ({ error: { code, message: text } }))],
  ['error-annotated', 'OData JSON 21.1', () => onError((error) => ({ error: { ...error, '@vendor.retry': false }, '@vendor.note': 1 }))],
  ['error-unknown-code', 'The general error page: clients accept unknown codes.', () => onErrorWith({ code: 'generalException' })],
  ['error-foreign-message', 'The general error page: nobody branches on the message.', () => onErrorWith({ message: 'Geçersiz istek: İ ı — 無効' })],
  ['error-media-type', 'OData JSON 3.1', () => onRefusal('all', typed('application/json; odata.metadata=minimal; charset=utf-8'))],
  ['error-indented', 'RFC 8259 2', () => onRefusal('all', text((body) => `${JSON.stringify(JSON.parse(body), undefined, 2)}\n`))],
  ['chunked-411', 'RFC 9112 6.1', () => onCreate(when(isChunked, failing(411, 'LengthRequired')))],
  ['same-id-accepted', 'The page does not say that an id is refused twice.', () => accepting('twice')],
  ['same-id-409', 'RFC 9110 15.5.10', () => onRefusal(['twice'], failing(409, 'Conflict'))],
  ['reference-204', 'OData 11.4.6.1', () => onRefusal(['reference'], (_, request) => bare(request.accept(), 204))],
  ['reference-201', 'The page: a create is answered with 201.', () => accepting('reference')],
  ['reference-501', 'OData 9.3.1', () => onRefusal(['reference'], failing(501, 'notImplemented'))],
  ['unknown-user-403', 'RFC 9110 15.5.4', () => onRefusal(['user'], saying(403, 'Authorization_RequestDenied'))],
  ['unknown-user-400', 'The general error page: 400 is documented, a key may be malformed.', () => onRefusal(['user'], saying(400, 'Request_BadRequest'))],
  ['no-content-type-415', 'RFC 9110 15.5.16', () => onRefusal(['no-content-type'], saying(415, 'UnsupportedMediaType'))],
  ['media-type-400', 'The service was seen to say 400 where it finds no media type.', () => onRefusal(['media-type'], saying(400, 'BadRequest'))],
  ['bad-values-422', 'The general error page: 422 is among the documented statuses.', () => onRefusal(BAD_VALUES, saying(422, 'UnprocessableEntity'))],
  ['missing-date-accepted', "The service's metadata: the property is nullable.", () => accepting('date-missing')],
  ['example-path-accepted', "The page: its own example sends it.", () => accepting('path-form')],
  ['path-form-404', 'RFC 9110 15.5.5', () => onRefusal(['path-form'], saying(404, 'ResourceNotFound'))],
  ['path-form-405', 'RFC 9110 15.5.6', () => onRefusal(['path-form'], (a) => withHeader(saying(405, 'MethodNotAllowed')(a), 'Allow', 'GET'))],
  ['put-404', 'OData 9.3', () => onMethod('PUT', saying(404, 'ResourceNotFound'))],
  ['put-400', 'The general error page: 400 is the general refusal.', () => onMethod('PUT', saying(400, 'BadRequest'))],
  ['put-501', 'OData 9.3.1', () => onMethod('PUT', saying(501, 'notImplemented'))],
  ['get-references', 'OData 11.2.8', () => onMethod('GET', references)],
  ['allow-several', 'RFC 9110 5.6.1, 10.2.1', () => onRefusal(['method'], (a) => withLine(withHeader(a, 'Allow', ', TRACE,POST ,,'), 'Allow', 'REPORT\t, BREW'))],
  ['probes-accepted', 'What the sources allow in both ways may be accepted.', () => reading(...PROBES)],
  ['broken-json-415', 'RFC 9110 15.5.16', () => onRefusal(['byte-order-mark', 'encoding'], saying(415, 'UnsupportedMediaType'))],
  ['malformed-token-400', 'RFC 6750 3.1', () => onRefusal(MALFORMED_TOKENS, saying(400, 'BadRequest'))],
  ['head-as-get', 'RFC 9110 9.3.2, 8.6', () => onRefusal(['method'], (a, { method }) => ['GET', 'HEAD'].includes(method) ? references(a) : a)],
  ['options-200', 'RFC 9110 9.3.7', () => onMethod('OPTIONS', (a) => ({ ...withJson(a, {}), status: 200 }))],
  ['options-204', 'RFC 9110 9.3.7', () => onMethod('OPTIONS', (a) => bare(without(a, 'Allow'), 204))],
  ['methods-501', 'RFC 9110 15.6.2', () => onRefusal(['method'], (a) => without(saying(501, 'notImplemented')(a), 'Allow'))],
  ['paths-400', 'The general error page: 400 is the general refusal.', () => onRefusal(['path'], saying(400, 'BadRequest'))],
  ['empty-user-422', 'The general error page: 422 is documented, for a value that cannot be processed.', () => onRequests(['path-empty-user'], saying(422, 'UnprocessableEntity'))],
  ['challenge-list', 'RFC 9110 11.6.1', () => onRefusal(TOKEN_REASONS, (a) => withHeader(a, 'WWW-Authenticate', 'Negotiate, bearer realm="a, b", error="invalid_token"'))],
  ['challenge-lines', 'RFC 9110 11.6.1', () => onRefusal(TOKEN_REASONS, (a) => withLine(a, 'WWW-Authenticate', 'Basic realm="a"'))],
]);
