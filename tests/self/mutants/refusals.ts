import { randomUUID } from 'node:crypto';
import { isObject, type JsonObject } from '../../../fixtures/mock/request.ts';
import type { Defect, MockRequest } from '../support/mock.ts';
import { personalToken } from '../support/personal-token.ts';
import { crash, failing } from './defects/failing.ts';
import {
  accept,
  accepting,
  type Change,
  onCreate,
  onError,
  onErrorWith,
  onMethod,
  onRefusal,
  onRoute,
  sends,
  when,
} from './defects/on.ts';
import {
  bare,
  status,
  text,
  typed,
  withBody,
  withHeader,
  withJson,
  withLine,
  without,
} from './defects/rewrite.ts';
import { HTML, mutantsOf } from './mutant.ts';

const TOKEN_REASONS = ['no-token', 'wrong-scheme', 'wrong-token'] as const;
const PATHS = ['path', 'path-form'] as const;

const sameHead: Change = (response, request) => {
  const [, sent = ''] = (request.headers.authorization ?? '').split(/ +/);
  const head = request.token.slice(0, request.token.length / 2);
  return sent.startsWith(head) ? request.accept() : response;
};
const isSameLetters = ({ headers, token }: MockRequest) =>
  headers.authorization?.toLowerCase() === `bearer ${token.toLowerCase()}`;

/** A 401 with another challenge. */
const challenging = (challenge: string): Defect =>
  onRefusal(TOKEN_REASONS, (a) => withHeader(a, 'WWW-Authenticate', challenge));

/** A defect of the innerError in the body of every refusal. */
function onInnerError(change: (inner: JsonObject) => JsonObject): Defect {
  return onError(({ innerError = null, ...error }) => ({
    error: { ...error, innerError: isObject(innerError) ? change(innerError) : innerError },
  }));
}

/** Refusals: tokens, what must be refused and is not, and the error that says so. */
// biome-ignore format: a row a line
export const refusals = mutantsOf([
  ['no-token-accepted', 'token-needed', 'A request without a token creates.', () => accepting('no-token')],
  ['no-token-accepted-on-users', 'token-needed', 'On /users a request without a token creates.', () => onRoute('users', accepting('no-token'))],
  ['wrong-token-accepted', 'permission-personal token-forms token-known token-verified', 'Any token creates.', () => accepting('wrong-token')],
  ['token-tail-ignored', 'token-forms token-verified', 'Only the first half of a token counts.', () => onRefusal(['wrong-token'], sameHead)],
  ['token-case-ignored', 'token-forms token-verified', 'The letter case of a token does not count.', () => onRefusal(['wrong-token'], when(isSameLetters, accept))],
  ['scheme-ignored', 'token-scheme', 'The right token creates under any scheme.', () => accepting('wrong-scheme')],
  ['token-never-accepted', 'create-status example-exchange', 'Even the right token is refused.', () => onCreate((a) => withHeader(failing(401, 'InvalidAuthenticationToken')(a), 'WWW-Authenticate', 'Bearer'))],
  ['no-token-403', 'token-forms token-known token-needed token-scheme token-verified', 'Refused tokens are answered with 403.', () => onRefusal(TOKEN_REASONS, status(403))],
  ['no-token-200', 'token-needed', 'A request without a token is answered with 200 and an error body.', () => onRefusal(['no-token'], status(200))],
  ['no-token-500', 'token-needed', 'A request without a token is answered with 500.', () => onRefusal(['no-token'], crash)],
  ['no-token-redirect', 'token-needed', 'A request without a token is sent to a sign-in page.', () => onRefusal(['no-token'], (a) => bare(withHeader(a, 'Location', '/login'), 302))],
  ['no-challenge', 'unauthorized-challenge', 'A 401 has no WWW-Authenticate.', () => onRefusal(TOKEN_REASONS, (a) => without(a, 'WWW-Authenticate'))],
  ['challenge-basic', 'unauthorized-challenge', 'A 401 asks for a user name and password.', () => challenging('Basic realm="mock"')],
  ['text-plain-accepted', 'media-type-wrong media-types', 'A body sent as text/plain creates.', () => accepting('media-type')],
  ['no-content-type-accepted', 'media-type-missing', 'A body without Content-Type creates.', () => accepting('no-content-type')],
  ['malformed-json-accepted', 'json-malformed json-one-text', 'Malformed JSON creates.', () => accepting('malformed')],
  ['array-accepted', 'body-array json-object-only', 'An array creates.', () => accepting('not-object')],
  ['number-date-accepted', 'date-array date-number property-types', 'A number for deletedDateTime creates.', () => accepting('date-not-string')],
  ['non-date-accepted', 'date-text dates-malformed', 'Any text for deletedDateTime creates.', () => accepting('date-grammar')],
  ['february-30-accepted', 'date-impossible dates-malformed', 'The 30th of February creates.', () => accepting('date-calendar')],
  ['wrong-type-accepted', 'type-forms type-wrong', 'Another @odata.type creates.', () => accepting('type')],
  ['unknown-user-accepted', 'user-unknown', 'An unknown user gets a device.', () => accepting('user')],
  ['path-accepted', 'path-forms path-unknown', 'Any path creates.', () => accepting(...PATHS)],
  ['get-creates', 'method-get', 'GET creates.', () => onMethod('GET', accept)],
  ['get-empty-object', 'method-get', 'GET is answered with 200 and an empty object.', () => onMethod('GET', (a) => ({ ...withJson(without(a, 'Allow'), {}), status: 200 }))],
  ['put-creates', 'method-put', 'PUT creates.', () => onMethod('PUT', accept)],
  ['text-plain-500', 'media-type-wrong media-types', 'A body sent as text/plain is answered with 500.', () => onRefusal(['media-type'], crash)],
  ['malformed-json-500', 'json-malformed json-one-text', 'Malformed JSON is answered with 500.', () => onRefusal(['malformed'], crash)],
  ['malformed-json-404', 'json-malformed json-one-text', 'Malformed JSON is answered with 404.', () => onRefusal(['malformed'], failing(404, 'ResourceNotFound'))],
  ['array-500', 'body-array json-object-only', 'An array is answered with 500.', () => onRefusal(['not-object'], crash)],
  ['number-date-500', 'date-array date-number property-types', 'A number for deletedDateTime is answered with 500.', () => onRefusal(['date-not-string'], crash)],
  ['non-date-500', 'date-text dates-malformed', 'A text that is not a date is answered with 500.', () => onRefusal(['date-grammar'], crash)],
  ['missing-date-500', 'date-missing', 'A body without deletedDateTime is answered with 500.', () => onRefusal(['date-missing'], crash)],
  ['missing-date-xml', 'body-json', 'A body without deletedDateTime is answered in XML.', () => onRefusal(['date-missing'], (_, request) => withBody(request.accept(), '<created/>'))],
  ['wrong-type-500', 'type-forms type-wrong', 'Another @odata.type is answered with 500.', () => onRefusal(['type'], crash)],
  ['unknown-user-500', 'user-unknown', 'An unknown user is answered with 500.', () => onRefusal(['user'], crash)],
  ['path-500', 'path-forms path-unknown', 'An unsupported path is answered with 500.', () => onRefusal(PATHS, crash)],
  ['put-500', 'method-put', 'PUT is answered with 500.', () => onMethod('PUT', crash)],
  ['no-allow', 'method-allow', 'A 405 has no Allow.', () => onRefusal(['method'], (a) => without(a, 'Allow'))],
  ['allow-without-post', 'method-allow', 'The Allow of a 405 names only GET.', () => onRefusal(['method'], (a) => withHeader(a, 'Allow', 'GET'))],
  ['error-html', 'error-json error-media-type', 'Errors are HTML pages.', () => onRefusal('all', (a) => withHeader(withBody(a, HTML), 'Content-Type', 'text/html'))],
  ['error-empty', 'error-json', 'Errors have no body.', () => onRefusal('all', text(() => ''))],
  ['error-empty-on-405', 'error-json', 'The error of a wrong method has no body.', () => onRefusal(['method'], text(() => ''))],
  ['error-html-on-404', 'error-json error-media-type', 'An unknown user gets an HTML page.', () => onRefusal(['user'], (a) => withHeader(withBody(a, HTML), 'Content-Type', 'text/html'))],
  ['error-truncated', 'error-json', 'The JSON of errors ends before its end.', () => onRefusal('all', text((body) => body.slice(0, -8)))],
  ['error-text-plain', 'error-media-type', 'Errors have the media type text/plain.', () => onRefusal('all', typed('text/plain'))],
  ['error-latin-1', 'error-media-type', 'Errors claim to be Latin-1.', () => onRefusal('all', typed('application/json;charset=iso-8859-1'))],
  ['error-no-content-type', 'error-media-type', 'Errors have no Content-Type.', () => onRefusal('all', (a) => without(a, 'Content-Type'))],
  ['error-no-code', 'error-schema', 'Errors have no code.', () => onErrorWith({ code: undefined })],
  ['error-empty-code', 'error-schema', 'The code of errors is empty.', () => onErrorWith({ code: '' })],
  ['error-blank-code', 'error-schema', 'The code of errors is a blank.', () => onErrorWith({ code: ' ' })],
  ['error-blank-message', 'error-schema', 'The message of errors is a line feed.', () => onErrorWith({ message: '\n' })],
  ['error-number-code', 'error-schema', 'The code of errors is a number.', () => onErrorWith({ code: 400 })],
  ['error-no-message', 'error-schema', 'Errors have no message.', () => onErrorWith({ message: undefined })],
  ['error-empty-message', 'error-schema', 'The message of errors is empty.', () => onErrorWith({ message: '' })],
  ['error-message-object', 'error-schema', 'The message of errors is an object, as in OData 3.', () => onErrorWith({ message: { lang: 'en', value: 'Refused.' } })],
  ['error-not-nested', 'error-schema', 'Code and message stand outside error.', () => onError((error) => error)],
  ['error-array', 'error-schema', 'The error is in an array.', () => onError((error) => ({ error: [error] }))],
  ['error-text', 'error-schema', 'The error is a string, as in OAuth.', () => onError((error) => ({ error: 'invalid_request', error_description: error.message ?? '' }))],
  ['error-content-type-twice', 'error-media-type', 'Refusals have two media types.', () => onRefusal('all', (a) => withLine(a, 'Content-Type', 'text/html'))],
  ['error-details-object', 'error-schema', 'The details of errors are not an array.', () => onErrorWith({ details: { code: 'a', message: 'b' } })],
  ['error-request-id', 'error-ids', 'The request-id in innerError is not the one in the header.', () => onInnerError((inner) => ({ ...inner, 'request-id': randomUUID() }))],
  ['error-client-request-id', 'error-ids', 'The client-request-id in innerError is its own.', () => onInnerError((inner) => ({ ...inner, 'client-request-id': randomUUID() }))],
  ['challenge-quoted', 'unauthorized-challenge', 'Bearer stands only within a quoted string of another challenge.', () => challenging('Basic realm="for people, Bearer for the rest"')],
  ['challenge-parameter', 'unauthorized-challenge', 'Bearer is the value of a parameter.', () => challenging('Basic realm="a", or=Bearer')],
  ['challenge-unreadable', 'unauthorized-challenge', 'The quoted string of a challenge never ends.', () => challenging('Bearer realm="a')],
  ['allow-names-refused', 'method-allow', 'The Allow of a 405 names the method that it refuses.', () => onRefusal(['method'], (a, { method }) => withHeader(a, 'Allow', `POST, ${method}`))],
  ['allow-lower-case', 'method-allow', 'The Allow of a 405 is in lower case, so it names no POST.', () => onRefusal(['method'], (a) => withHeader(a, 'Allow', 'post'))],
  ['foreign-token-500', 'token-known', 'A token of another issuer is answered with 500.', () => onRefusal(['wrong-token'], when((request) => request.headers.authorization?.includes('nobody') === true, crash))],
  ['epoch-date-accepted', 'date-number', 'Seconds since 1970 create.', () => onRefusal(['date-not-string'], when(sends(/"deletedDateTime":\s*\d/), accept))],
  ['array-date-500', 'date-array', 'An array as deletedDateTime is answered with 500.', () => onRefusal(['date-not-string'], when(sends(/"deletedDateTime":\s*\[/), crash))],
  ['personal-token-accepted', 'permission-personal', 'The token of a personal account creates.', () => onRefusal(['wrong-token'], when((request) => request.headers.authorization === `Bearer ${personalToken}`, accept))],
]);
