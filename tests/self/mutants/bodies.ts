import { gzipSync } from 'node:zlib';
import { onCreate, onDate, onObject, onRefusal } from './defects/on.ts';
import { objectIn, text, withBody, withHeader, withJson } from './defects/rewrite.ts';
import { HTML, type Mutant, mutant } from './mutant.ts';

export const bodies: Mutant[] = [
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
  mutant('body-id-twice', 'The object has two ids; parsers take the last.', () =>
    onCreate(text((body) => body.replace('"id":', '"id":"another","id":'))),
  ),
  mutant('error-code-twice', 'An error has two codes; parsers take the last.', () =>
    onRefusal(
      'all',
      text((body) => body.replace(/"code"/, '"code":"another","code"')),
    ),
  ),
  mutant('body-bad-gzip', 'A body announced as gzip cannot be decoded.', () =>
    onCreate((a) =>
      withHeader(withBody(a, Buffer.from([31, 139, 8, 0, 1, 2, 3])), 'Content-Encoding', 'gzip'),
    ),
  ),
  mutant('body-gzip-lie', 'A plain body is announced as gzip.', () =>
    onCreate((a) => withHeader(a, 'Content-Encoding', 'gzip')),
  ),
  mutant('body-brotli-lie', 'A gzip body is announced as gzip and Brotli on it.', () =>
    onCreate((a) => withHeader(withBody(a, gzipSync(a.body)), 'Content-Encoding', 'gzip, br')),
  ),
  mutant('body-unknown-coding', 'The body is in a coding that nobody knows.', () =>
    onCreate((a) => withHeader(a, 'Content-Encoding', 'x-own')),
  ),
];
