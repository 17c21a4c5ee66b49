import { randomUUID } from 'node:crypto';
import { isObject, type JsonObject } from '../../../fixtures/mock/request.ts';
import type { Defect } from '../support/mock.ts';
import { onError, onRefusal } from './defects/on.ts';
import { text, typed, withBody, withHeader, withLine, without } from './defects/rewrite.ts';
import { HTML, type Mutant, mutant } from './mutant.ts';

const unauthorized = ['no-token', 'wrong-scheme', 'wrong-token'] as const;

/** A defect of the innerError in the body of every refusal. */
function onInnerError(change: (inner: JsonObject) => JsonObject): Defect {
  return onError(({ innerError = null, ...error }) => ({
    error: { ...error, innerError: isObject(innerError) ? change(innerError) : innerError },
  }));
}

export const errors: Mutant[] = [
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
  mutant('error-latin-1', 'Errors claim to be Latin-1.', () =>
    onRefusal('all', typed('application/json;charset=iso-8859-1')),
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
  mutant('error-blank-code', 'The code of errors is a blank.', () =>
    onError((error) => ({ error: { ...error, code: ' ' } })),
  ),
  mutant('error-blank-message', 'The message of errors is a line feed.', () =>
    onError((error) => ({ error: { ...error, message: '\n' } })),
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
  mutant('error-content-type-twice', 'Refusals have two media types.', () =>
    onRefusal('all', (a) => withLine(a, 'Content-Type', 'text/html')),
  ),
  mutant('error-gzip-lie', 'Plain refusals are announced as gzip.', () =>
    onRefusal('all', (a) => withHeader(a, 'Content-Encoding', 'gzip')),
  ),
  mutant('error-chunks-unfinished', 'The last chunk of a refusal never comes.', () =>
    onRefusal('all', (a) => ({
      ...without(a, 'Content-Length'),
      wire: { cutAfter: a.body.length },
    })),
  ),
  mutant('error-details-object', 'The details of errors are not an array.', () =>
    onError((error) => ({ error: { ...error, details: { code: 'a', message: 'b' } } })),
  ),
  mutant('error-request-id', 'The request-id in innerError is not the one in the header.', () =>
    onInnerError((inner) => ({ ...inner, 'request-id': randomUUID() })),
  ),
  mutant('error-client-request-id', 'The client-request-id in innerError is its own.', () =>
    onInnerError((inner) => ({ ...inner, 'client-request-id': randomUUID() })),
  ),
  mutant(
    'challenge-quoted',
    'Bearer stands only within a quoted string of another challenge.',
    () =>
      onRefusal(unauthorized, (a) =>
        withHeader(a, 'WWW-Authenticate', 'Basic realm="for people, Bearer for the rest"'),
      ),
  ),
  mutant('challenge-parameter', 'Bearer is the value of a parameter.', () =>
    onRefusal(unauthorized, (a) => withHeader(a, 'WWW-Authenticate', 'Basic realm="a", or=Bearer')),
  ),
  mutant('challenge-unreadable', 'The quoted string of a challenge never ends.', () =>
    onRefusal(unauthorized, (a) => withHeader(a, 'WWW-Authenticate', 'Bearer realm="a')),
  ),
  mutant('allow-names-refused', 'The Allow of a 405 names the method that it refuses.', () =>
    onRefusal(['method'], (a, { method }) => withHeader(a, 'Allow', `POST, ${method}`)),
  ),
  mutant('allow-lower-case', 'The Allow of a 405 is in lower case, so it names no POST.', () =>
    onRefusal(['method'], (a) => withHeader(a, 'Allow', 'post')),
  ),
];
