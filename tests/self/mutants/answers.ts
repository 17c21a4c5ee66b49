import { randomUUID } from 'node:crypto';
import { isObject, type JsonObject } from '../../../fixtures/mock/request.ts';
import type { Defect, MockRequest } from '../support/mock.ts';
import {
  accept,
  type Change,
  onCreate,
  onError,
  onId,
  onObject,
  onProperty,
  onRefusal,
  sends,
  when,
} from './defects/on.ts';
import { objectIn, status, withBody, withJson } from './defects/rewrite.ts';
import { mutantsOf } from './mutant.ts';

// the page's own 116 bytes; not the fixtures' copy, whose slip must show
export const EXAMPLE = Buffer.from(
  [
    '{',
    '  "@odata.type": "#microsoft.graph.directoryObject",',
    '  "deletedDateTime": "2017-01-01T00:00:34.0507931+03:00"',
    '}',
  ].join('\r\n'),
);

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

const sameHead: Change = (response, request) => {
  const [, sent = ''] = (request.headers.authorization ?? '').split(/ +/);
  const head = request.token.slice(0, request.token.length / 2);
  return sent.startsWith(head) ? request.accept() : response;
};
const isSameLetters = ({ headers, token }: MockRequest) =>
  headers.authorization?.toLowerCase() === `bearer ${token.toLowerCase()}`;

/** A defect of the innerError in the body of every refusal. */
function onInnerError(change: (inner: JsonObject) => JsonObject): Defect {
  return onError(({ innerError = null, ...error }) => ({
    error: { ...error, innerError: isObject(innerError) ? change(innerError) : innerError },
  }));
}

/** Creates that are answered with another status, media type, body or id, and refusals that are wrong. */
// biome-ignore format: a row a line
export const answers = mutantsOf([
  ['id-blank', 'id-usable', () => onId((_, { n }) => ' '.repeat(n))],
  ['example-differs', 'example-exchange', () => onCreate(when((request) => request.body.equals(EXAMPLE), status(200)))],
  ['id-number', 'example-exchange id-present', () => onProperty('id', (_, { n }) => n)],
  ['id-constant', 'id-distinct', () => repeating(() => 1)],
  ['id-of-previous', 'id-distinct', () => repeating((created) => (created === 4 ? 3 : created))],
  ['id-repeated-late', 'id-distinct', () => repeating((created) => (created === 10 ? 1 : created))],
  ['id-across-routes', 'id-distinct', acrossRoutes],
  ['body-as-string', 'body-json example-exchange', () => onObject((object) => JSON.stringify(object))],
  ['body-invalid-utf-8', 'body-utf8', () => onCreate(when(sends(/^[\s -~]*$/), (a) => withBody(a, Buffer.from(withJson(a, { ...objectIn(a), displayName: 'é' }).body.toString(), 'latin1'))))],
  ['body-request-echo', 'example-exchange id-present odata-context odata-type streaming-order type-absent', () => onCreate((a, request) => withBody(a, request.body))],
  ['token-tail-ignored', 'token-forms token-verified', () => onRefusal(['wrong-token'], sameHead)],
  ['token-case-ignored', 'token-forms token-verified', () => onRefusal(['wrong-token'], when(isSameLetters, accept))],
  ['error-not-nested', 'error-schema', () => onError((error) => error)],
  ['error-array', 'error-schema', () => onError((error) => ({ error: [error] }))],
  ['error-text', 'error-schema', () => onError((error) => ({ error: 'invalid_request', error_description: error.message ?? '' }))],
  ['error-request-id', 'error-ids', () => onInnerError((inner) => ({ ...inner, 'request-id': randomUUID() }))],
  ['error-client-request-id', 'error-ids', () => onInnerError((inner) => ({ ...inner, 'client-request-id': randomUUID() }))],
]);
