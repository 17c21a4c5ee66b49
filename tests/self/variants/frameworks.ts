import { schemaErrors } from '../../../schemas/validate.ts';
import { refuse } from '../mutants/defects/failing.ts';
import { onCreate, onMethod, sentId, when } from '../mutants/defects/on.ts';
import {
  bare,
  header,
  objectIn,
  type Rewrite,
  text,
  withBody,
  withHeader,
  withJson,
} from '../mutants/defects/rewrite.ts';
import { isOutOfRange } from '../mutants/frameworks.ts';
import { onRequests } from '../mutants/one-request.ts';
import type { Defect } from '../support/mock.ts';
import { variantsOf } from './variant.ts';

/** The date in a text that is more than JSON, as a parser that reads it would find it. */
const dateIn = (text: string) => /deletedDateTime["']?\s*:\s*["']([^"']+)["']/.exec(text)?.[1];

/** Takes these requests as a parser does that reads more than JSON. */
export function reading(...names: string[]): Defect {
  return onRequests(names, (_, request) => {
    const { body } = request;
    const date = dateIn(body.toString()) ?? dateIn(body.toString('utf16le')) ?? null;
    const created = request.accept();
    return withJson(created, { ...objectIn(created), deletedDateTime: date });
  });
}

/** A redirect to the same path in another spelling, as routers make it before anything else is asked. */
function redirect(status: number, name: string, change: (path: string) => string): Defect {
  return onRequests([name], (_, { path }) => ({
    status,
    headers: [
      ['Location', change(path)],
      ['Content-Length', '0'],
    ],
    body: Buffer.alloc(0),
  }));
}

const PAGE =
  '<html>\r\n<head><title>400 Bad Request</title></head>\r\n<body>nginx</body>\r\n</html>\r\n';
const gatewayPage: Rewrite = (a) => ({
  status: 400,
  headers: [
    ['Server', 'nginx'],
    ['Date', header(a, 'Date') ?? ''],
    ['Content-Type', 'text/html'],
    ['Content-Length', String(PAGE.length)],
  ],
  body: Buffer.from(PAGE),
});

/** The answer of a CORS middleware, which comes before the service. */
const cors =
  (status: number): Rewrite =>
  (a) => ({
    ...bare(
      {
        ...a,
        headers: [
          ['Access-Control-Allow-Origin', '*'],
          ['Access-Control-Allow-Methods', 'GET,HEAD,PUT,PATCH,POST,DELETE'],
        ],
      },
      status,
    ),
  });

/** Another origin and version in every address of an answer, as an application writes them that does not know its own. */
function addressed(from: RegExp, to: string): Defect {
  return onCreate((a) => {
    const moved = text((body) => body.replaceAll(new RegExp(from, 'g'), to))(a);
    return withHeader(moved, 'Location', (header(a, 'Location') ?? '').replace(from, to));
  });
}

/** What frameworks and gateways do by default, and no clause forbids. */
// biome-ignore format: a row a line
export const frameworks = variantsOf([
  ['parser-of-extensions', 'RFC 8259 9: a parser may accept extensions: comments, quotes, names, commas.', () => reading('json-comment', 'json-single-quotes', 'json-unquoted-name', 'json-trailing-comma')],
  ['parser-of-nan', 'RFC 8259 9: a parser may accept NaN.', () => reading('json-nan')],
  ['parser-of-utf-16', 'RFC 8259 9: a parser may guess the encoding.', () => reading('json-utf-16')],
  ['parser-of-utf-16-said', 'RFC 8259 9: a parser may read the encoding that it is told.', () => reading('media-type-utf-16')],
  ['description-validated', 'schemas/openapi.json: a validator over the description refuses what it does not describe.', () => onCreate(when((r) => schemaErrors('directoryObject.create', JSON.parse(r.body.toString())).length > 0, refuse))],
  ['slash-307', 'RFC 9110 15.4: Starlette redirects to the other spelling of a path.', () => redirect(307, 'path-trailing-slash', (path) => path.replace(/\/$/, ''))],
  ['slash-308', 'RFC 9110 15.4: so does Express behind a router of its own.', () => redirect(308, 'path-trailing-slash', (path) => path.replace(/\/$/, ''))],
  ['slash-301', 'RFC 9110 15.4: and Apache.', () => redirect(301, 'path-trailing-slash', (path) => path.replace(/\/$/, ''))],
  ['doubled-slash-301', 'RFC 9110 15.4: Go cleans a path and redirects to it.', () => redirect(301, 'path-empty-user', (path) => path.replaceAll('//', '/'))],
  ['gateway-400-to-two-tokens', 'RFC 9110 5.3: a gateway answers malformed HTTP before the service does.', () => onRequests(['token-two-headers'], gatewayPage)],
  ['cors-204', 'RFC 9110 9.3.7: OPTIONS answered by CORS, before the service.', () => onMethod('OPTIONS', cors(204))],
  ['cors-204-length', 'The cors package: an old browser waits for Content-Length: 0.', () => onMethod('OPTIONS', (a) => withHeader(cors(204)(a), 'Content-Length', '0'))],
  ['cors-200', 'RFC 9110 9.3.7: or with 200.', () => onMethod('OPTIONS', cors(200))],
  ['cors-400', 'RFC 9110 9.3.7: a CORS layer refuses what is no preflight, before the service.', () => onMethod('OPTIONS', (a) => withBody(withHeader(cors(400)(a), 'Content-Type', 'text/plain'), 'Invalid Preflight Request'))],
  ['known-id-by-worker', 'The page does not say what becomes of an id that exists: of two workers one may know it.', () => onRequests(['id-again'], (a, r) => (r.route === 'me' ? r.accept() : a))],
  ['null-type-as-none', 'OData JSON 4.5.3: the type may be left out, and a parser may drop null.', () => onRequests(['@odata.type-null'], (_, r) => { const a = r.accept(); return withJson(a, { ...objectIn(a), '@odata.type': '#microsoft.graph.directoryObject' }); })],
  ['scheme-400', 'RFC 6750 3.1: another scheme is an invalid request.', () => onRequests(['other-scheme'], (a) => ({ ...a, status: 400 }))],
  ['token-echoed', 'No clause forbids it; a note says so.', () => onCreate((a) => withHeader(a, 'X-Request', 'Bearer [redacted]'))],
  ['host-of-backend', 'RFC 9110 10.2.2: Location is any reference; a live one is not below the version either.', () => addressed(/http:\/\/127\.0\.0\.1:\d+/, 'http://backend:8080')],
  ['scheme-of-backend', 'RFC 9110 10.2.2: an application behind TLS that does not know of it.', () => addressed(/http:\/\/127\.0\.0\.1:\d+/, 'https://127.0.0.1')],
  ['version-of-another', 'RFC 9110 10.2.2: beta in place of v1.0.', () => addressed(/v1\.0/, 'beta')],
  ['odd-ids-refused', 'The page states a String; a service may have a form for its ids.', () => onCreate(when((r) => !/^[0-9a-f-]{36}$/i.test(sentId(r) ?? '0'.repeat(36)), refuse))],
  ['out-of-range-refused', 'No clause says that a date whose UTC has no year must be taken.', () => onCreate(when(isOutOfRange, refuse))],
  ['id-null-ignored', 'OData 11.4.2: a value that the client may not set is ignored.', () => onRequests(['id-null'], (_, { body, ...request }) => { const created = request.accept(); return withJson(created, { ...objectIn(created), deletedDateTime: dateIn(body.toString()) ?? null }); })],
  ['nan-echoed', 'RFC 8259 9: whoever reads NaN writes it back; what was sent malformed is not judged in its echo.', () => onRequests(['json-nan'], (_, request) => withBody(request.accept(), request.accept().body.toString().replace('"deletedDateTime":null', `"deletedDateTime":"${dateIn(request.body.toString())}","rank":NaN`)))],
]);
