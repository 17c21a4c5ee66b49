import { randomUUID } from 'node:crypto';
import { isObject, type JsonObject } from '../../../fixtures/mock/request.ts';
import type { Defect, MockRequest } from '../support/mock.ts';
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
  ['no-token-accepted-on-users', 'token-needed', () => onRoute('users', accepting('no-token'))],
  ['wrong-token-accepted', 'permission-personal token-forms token-known token-verified', () => accepting('wrong-token')],
  ['token-tail-ignored', 'token-forms token-verified', () => onRefusal(['wrong-token'], sameHead)],
  ['token-case-ignored', 'token-forms token-verified', () => onRefusal(['wrong-token'], when(isSameLetters, accept))],
  ['token-never-accepted', 'create-status example-exchange', () => onCreate((a) => withHeader(failing(401, 'InvalidAuthenticationToken')(a), 'WWW-Authenticate', 'Bearer'))],
  ['no-token-403', 'token-forms token-known token-needed token-scheme token-verified', () => onRefusal(TOKEN_REASONS, status(403))],
  ['no-token-200', 'token-needed', () => onRefusal(['no-token'], status(200))],
  ['no-token-500', 'token-needed', () => onRefusal(['no-token'], crash)],
  ['no-token-redirect', 'token-needed', () => onRefusal(['no-token'], (a) => bare(withHeader(a, 'Location', '/login'), 302))],
  ['no-challenge', 'unauthorized-challenge', () => onRefusal(TOKEN_REASONS, (a) => without(a, 'WWW-Authenticate'))],
  ['challenge-basic', 'unauthorized-challenge', () => challenging('Basic realm="mock"')],
  ['text-plain-accepted', 'media-type-wrong media-types', () => accepting('media-type')],
  ['malformed-json-accepted', 'json-malformed json-one-text', () => accepting('malformed')],
  ['array-accepted', 'body-array json-object-only', () => accepting('not-object')],
  ['number-date-accepted', 'date-array date-number property-types', () => accepting('date-not-string')],
  ['non-date-accepted', 'date-text dates-malformed', () => accepting('date-grammar')],
  ['february-30-accepted', 'date-impossible dates-malformed', () => accepting('date-calendar')],
  ['wrong-type-accepted', 'type-forms type-wrong', () => accepting('type')],
  ['path-accepted', 'path-forms path-unknown', () => accepting(...PATHS)],
  ['get-empty-object', 'method-get', () => onMethod('GET', (a) => ({ ...withJson(without(a, 'Allow'), {}), status: 200 }))],
  ['text-plain-500', 'media-type-wrong media-types', () => onRefusal(['media-type'], crash)],
  ['malformed-json-500', 'json-malformed json-one-text', () => onRefusal(['malformed'], crash)],
  ['malformed-json-404', 'json-malformed json-one-text', () => onRefusal(['malformed'], failing(404, 'ResourceNotFound'))],
  ['array-500', 'body-array json-object-only', () => onRefusal(['not-object'], crash)],
  ['number-date-500', 'date-array date-number property-types', () => onRefusal(['date-not-string'], crash)],
  ['non-date-500', 'date-text dates-malformed', () => onRefusal(['date-grammar'], crash)],
  ['missing-date-xml', 'body-json', () => onRefusal(['date-missing'], (_, request) => withBody(request.accept(), '<created/>'))],
  ['wrong-type-500', 'type-forms type-wrong', () => onRefusal(['type'], crash)],
  ['unknown-user-500', 'user-unknown', () => onRefusal(['user'], crash)],
  ['path-500', 'path-forms path-unknown', () => onRefusal(PATHS, crash)],
  ['put-500', 'method-put', () => onMethod('PUT', crash)],
  ['no-allow', 'method-allow', () => onRefusal(['method'], (a) => without(a, 'Allow'))],
  ['allow-without-post', 'method-allow', () => onRefusal(['method'], (a) => withHeader(a, 'Allow', 'GET'))],
  ['error-html', 'error-json error-media-type', () => onRefusal('all', (a) => withHeader(withBody(a, HTML), 'Content-Type', 'text/html'))],
  ['error-empty', 'error-json', () => onRefusal('all', text(() => ''))],
  ['error-empty-on-405', 'error-json', () => onRefusal(['method'], text(() => ''))],
  ['error-html-on-404', 'error-json error-media-type', () => onRefusal(['user'], (a) => withHeader(withBody(a, HTML), 'Content-Type', 'text/html'))],
  ['error-truncated', 'error-json', () => onRefusal('all', text((body) => body.slice(0, -8)))],
  ['error-text-plain', 'error-media-type', () => onRefusal('all', typed('text/plain'))],
  ['error-latin-1', 'error-media-type', () => onRefusal('all', typed('application/json;charset=iso-8859-1'))],
  ['error-no-content-type', 'error-media-type', () => onRefusal('all', (a) => without(a, 'Content-Type'))],
  ['error-no-code', 'error-schema', () => onErrorWith({ code: undefined })],
  ['error-empty-code', 'error-schema', () => onErrorWith({ code: '' })],
  ['error-blank-code', 'error-schema', () => onErrorWith({ code: ' ' })],
  ['error-blank-message', 'error-schema', () => onErrorWith({ message: '\n' })],
  ['error-number-code', 'error-schema', () => onErrorWith({ code: 400 })],
  ['error-no-message', 'error-schema', () => onErrorWith({ message: undefined })],
  ['error-empty-message', 'error-schema', () => onErrorWith({ message: '' })],
  ['error-message-object', 'error-schema', () => onErrorWith({ message: { lang: 'en', value: 'Refused.' } })],
  ['error-not-nested', 'error-schema', () => onError((error) => error)],
  ['error-array', 'error-schema', () => onError((error) => ({ error: [error] }))],
  ['error-text', 'error-schema', () => onError((error) => ({ error: 'invalid_request', error_description: error.message ?? '' }))],
  ['error-content-type-twice', 'error-media-type', () => onRefusal('all', (a) => withLine(a, 'Content-Type', 'text/html'))],
  ['error-details-object', 'error-schema', () => onErrorWith({ details: { code: 'a', message: 'b' } })],
  ['error-request-id', 'error-ids', () => onInnerError((inner) => ({ ...inner, 'request-id': randomUUID() }))],
  ['error-client-request-id', 'error-ids', () => onInnerError((inner) => ({ ...inner, 'client-request-id': randomUUID() }))],
  ['challenge-quoted', 'unauthorized-challenge', () => challenging('Basic realm="for people, Bearer for the rest"')],
  ['challenge-parameter', 'unauthorized-challenge', () => challenging('Basic realm="a", or=Bearer')],
  ['challenge-unreadable', 'unauthorized-challenge', () => challenging('Bearer realm="a')],
  ['allow-names-refused', 'method-allow', () => onRefusal(['method'], (a, { method }) => withHeader(a, 'Allow', `POST, ${method}`))],
  ['allow-lower-case', 'method-allow', () => onRefusal(['method'], (a) => withHeader(a, 'Allow', 'post'))],
  ['foreign-token-500', 'token-known', () => onRefusal(['wrong-token'], when((request) => request.headers.authorization?.includes('nobody') === true, crash))],
  ['array-date-500', 'date-array', () => onRefusal(['date-not-string'], when(sends(/"deletedDateTime":\s*\[/), crash))],
]);
