import { accepting, type Change, onMethod, onRefusal } from '../mutants/defects/on.ts';
import {
  bare,
  type Rewrite,
  typed,
  withHeader,
  withJson,
  withLine,
  without,
} from '../mutants/defects/rewrite.ts';
import { onRequests, singles } from '../mutants/one-request.ts';
import type { MockResponse } from '../support/mock.ts';
import { type Variant, variant } from './variant.ts';

/** The refusal with another status and code. */
const saying = (status: number, code: string): Rewrite => {
  return (response) => ({
    ...withJson(response, { error: { code, message: 'Refused in another way.' } }),
    status,
  });
};

const accept: Change = (_, request) => request.accept();
const malformedTokens = ['token-twice', 'token-empty', 'no-scheme'] as const;

/** A list of references, as GET on a collection's $ref gives it (OData 11.2.8). */
function references(response: MockResponse): MockResponse {
  const list = {
    '@odata.context': 'http://127.0.0.1/v1.0/$metadata#Collection($ref)',
    value: [{ '@odata.id': 'directoryObjects/1' }],
  };
  const type = 'application/json;odata.metadata=minimal;charset=utf-8';
  return { ...withJson(typed(type)(without(response, 'Allow')), list), status: 200 };
}

export const negative: Variant[] = [
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
      [
        'empty',
        'not-object',
        'type-not-string',
        'type',
        'id',
        'date-missing',
        'date-not-string',
        'date-grammar',
        'date-calendar',
      ],
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
  variant('path-form-405', 'RFC 9110 15.5.6: a list may be there that accepts no POST.', () =>
    onRefusal(['path-form'], (a) => withHeader(saying(405, 'MethodNotAllowed')(a), 'Allow', 'GET')),
  ),
  variant('put-404', 'OData 9.3: a service need not know the request.', () =>
    onMethod('PUT', saying(404, 'ResourceNotFound')),
  ),
  variant('put-400', 'FACTS 3: 400 is the general refusal.', () =>
    onMethod('PUT', saying(400, 'BadRequest')),
  ),
  variant(
    'put-501',
    'OData 9.3.1: functionality that is not implemented is answered with 501.',
    () => onMethod('PUT', saying(501, 'notImplemented')),
  ),
  variant('get-references', 'OData 11.2.8: GET on a $ref lists references.', () =>
    onMethod('GET', references),
  ),
  variant(
    'allow-several',
    'RFC 9110 5.6.1, 10.2.1: Allow lists methods, in lines, with empty members.',
    () =>
      onRefusal(['method'], (a) =>
        withLine(withHeader(a, 'Allow', ', TRACE,POST ,,'), 'Allow', 'REPORT\t, BREW'),
      ),
  ),
  variant('probes-accepted', 'What the sources allow in both ways may be accepted.', () =>
    onRequests(
      singles.flatMap(({ kind, name }) => (kind === 'probe' ? [name] : [])),
      accept,
    ),
  ),
  variant('broken-json-415', 'RFC 9110 15.5.16: the data themselves may show it.', () =>
    onRefusal(['byte-order-mark', 'encoding'], saying(415, 'UnsupportedMediaType')),
  ),
  variant('malformed-token-400', 'RFC 6750 3.1: a malformed request is answered with 400.', () =>
    onRefusal(malformedTokens, saying(400, 'BadRequest')),
  ),
  variant(
    'head-as-get',
    'RFC 9110 9.3.2, 8.6: HEAD is GET without a body, its length included.',
    () =>
      onRefusal(['method'], (a, { method }) =>
        ['GET', 'HEAD'].includes(method) ? references(a) : a,
      ),
  ),
  variant('options-200', 'RFC 9110 9.3.7: OPTIONS asks what there is.', () =>
    onMethod('OPTIONS', (a) => ({ ...withJson(a, {}), status: 200 })),
  ),
  variant('options-204', 'RFC 9110 9.3.7: without a body, and Allow is only a SHOULD.', () =>
    onMethod('OPTIONS', (a) => bare(without(a, 'Allow'), 204)),
  ),
  variant('methods-501', 'RFC 9110 15.6.2: a method that is not known to the service.', () =>
    onRefusal(['method'], (a) => without(saying(501, 'notImplemented')(a), 'Allow')),
  ),
  variant('paths-400', 'FACTS 3: 400 is the general refusal.', () =>
    onRefusal(['path'], saying(400, 'BadRequest')),
  ),
  variant(
    'empty-user-422',
    'FACTS 3: 422 is documented, for a value that cannot be processed.',
    () => onRequests(['path-empty-user'], saying(422, 'UnprocessableEntity')),
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
