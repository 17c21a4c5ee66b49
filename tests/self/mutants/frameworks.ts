import { setTimeout as sleep } from 'node:timers/promises';
import { type Defect, type MockRequest, type MockResponse, message } from '../support/mock.ts';
import { crash, failing } from './defects/failing.ts';
import { readInstant } from './defects/instant.ts';
import {
  has,
  onCreate,
  onEvery,
  onId,
  onRefusal,
  sends,
  sentDate,
  sentId,
  then,
  when,
} from './defects/on.ts';
import {
  header,
  objectIn,
  status,
  text,
  withBody,
  withHeader,
  withJson,
  without,
} from './defects/rewrite.ts';
import { mutantsOf } from './mutant.ts';
import { onRequests } from './one-request.ts';

/** The id that the first create of the same key was given. */
function upsert(keyOf: (request: MockRequest) => string | undefined): Defect {
  const ids = new Map<string, string>();
  return onId((id, request) => {
    const key = keyOf(request) ?? id;
    if (!ids.has(key)) ids.set(key, id);
    return ids.get(key) ?? id;
  });
}

/** Two workers that share nothing count their ids, and take turns. */
function twoWorkers(): Defect {
  const counts = [0, 0];
  return onId((_, { n }) => {
    counts[n % 2] = (counts[n % 2] ?? 0) + 1;
    return String(counts[n % 2]);
  });
}

/** What display_errors puts before what a script prints. */
const WARNING =
  '<br />\n<b>Warning</b>:  Undefined array key "id" in <b>/var/www/html/index.php</b> on line <b>42</b><br />\n';

/** A proxy's page for a backend that is down. */
const BAD_GATEWAY = '<html><body><h1>502 Bad Gateway</h1></body></html>';
const badGateway = (a: MockResponse): MockResponse => ({
  status: 502,
  headers: [
    ['Content-Type', 'text/html'],
    ['Content-Length', String(BAD_GATEWAY.length)],
    ...a.headers.filter(([name]) => name === 'Date'),
  ],
  body: Buffer.from(BAD_GATEWAY),
});

/** The seconds of a date as a library counts that knows only the years 1 to 9999 of UTC. */
export const isOutOfRange = (request: MockRequest) => {
  const date = sentDate(request);
  if (date === undefined) return false;
  const { seconds } = readInstant(date);
  return seconds < Date.parse('0001-01-01T00:00:00Z') / 1_000 || seconds >= 253_402_300_800;
};

/** Whether the day is another one in UTC, and midnight there less than a minute away. */
const isAcrossMidnight = (request: MockRequest) => {
  const date = sentDate(request);
  if (date === undefined) return false;
  const { seconds, offset = 0 } = readInstant(date);
  const DAY = 86_400;
  const past = ((seconds % DAY) + DAY) % DAY;
  return (
    Math.floor(seconds / DAY) !== Math.floor((seconds + offset * 60) / DAY) &&
    Math.min(past, DAY - past) < 60
  );
};

/** Answers each request with what stands in a variable that all share, a moment later. */
function sharedVariable(ms: number): Defect {
  let current: MockResponse | undefined;
  return async (response, request) => {
    if (request.created === 0) return response;
    current = response;
    await sleep(ms, undefined, { ref: false });
    return current;
  };
}

/** The same of the body and Location alone. */
function sharedBody(ms: number): Defect {
  const shared = sharedVariable(ms);
  return async (response, request) => {
    if (request.created === 0) return response;
    const other = await shared(response, request);
    const location = header(other, 'Location') ?? '';
    return withHeader(withBody(response, other.body), 'Location', location);
  };
}

/** Answers from a pool of so many buffers, which is enough until more requests than that are in flight. */
function bufferPool(size: number, ms: number): Defect {
  const pool: MockResponse[] = [];
  return async (response, { created }) => {
    if (created === 0) return response;
    const slot = created % size;
    pool[slot] = response;
    await sleep(ms, undefined, { ref: false });
    return pool[slot] ?? response;
  };
}

function canned(): Defect {
  let first: MockResponse | undefined;
  return onCreate((response) => (first ??= response));
}

function cachedRefusal(): Defect {
  const kept = new Map<string, MockResponse>();
  return (response, { created, path }) => {
    if (response.status === 400 && !kept.has(path)) kept.set(path, response);
    return created > 0 ? (kept.get(path) ?? response) : response;
  };
}

const unnamed = (defect: Defect): Defect => then(defect, (a) => without(a, 'client-request-id'));

/** Some requests on a kept connection, as they are counted, reset it. */
export function resetOnKept(isReset: (kept: number) => boolean): Defect {
  let kept = 0;
  return onCreate(
    when(has('connection', /^keep-alive$/), (a) => (isReset(++kept) ? { ...a, wire: 'reset' } : a)),
  );
}

function oneId(): Defect {
  const ids: string[] = [];
  return (response) => {
    ids.push(header(response, 'client-request-id') ?? '');
    return withHeader(response, 'client-request-id', ids[0] ?? '');
  };
}

/** What a framework, a library or a gateway does to creates and to what it takes in their place. */
// biome-ignore format: a row a line
export const frameworks = mutantsOf([
  ['upsert-by-date', 'id-distinct', () => upsert((request) => sentId(request) === undefined ? sentDate(request) : undefined)],
  ['two-workers', 'id-distinct', twoWorkers],
  ['warning-before-probe', 'body-json', () => onRefusal(['date-missing'], (_, r) => text((body) => `${WARNING}${body}`)(r.accept()))],
  ['across-midnight-500', 'date-edges', () => onCreate(when(isAcrossMidnight, crash))],
  ['out-of-range-plus', 'dates-outermost', () => onRequests(['date-after-all'], (_, r) => withJson(r.accept(), { ...objectIn(r.accept()), deletedDateTime: '+10000-01-01T13:59:59.9999999Z' })), 'Java writes a year of five digits with a sign.'],
  ['latin-1-echo', 'body-utf8', () => onCreate(when(sends(/Gerät 端末/), (a) => withBody(a, Buffer.from(JSON.stringify({ ...objectIn(a), note: 'Gerät' }), 'latin1'))))],
  ['out-of-range-500', 'dates-outermost', () => onCreate(when(isOutOfRange, crash))],
  ['id-unescaped', 'location', () => onCreate((a, r) => /[ "<>]/.test(sentId(r) ?? '') ? withHeader(a, 'Location', `https://graph.example/v1.0/directoryObjects/${Buffer.from(sentId(r) ?? '').toString('latin1')}`) : a), 'An id stands in Location as it was sent, blanks and all.'],
]);

/** Of those what only a connection shows, or a connection that is kept. */
// biome-ignore format: a row a line
export const inFlight = mutantsOf([
  ['warning-with-length', 'body-json content-length example-exchange', () => onCreate((a) => ({ ...a, wire: { raw: message({ ...withHeader(a, 'Connection', 'close'), body: Buffer.concat([Buffer.from(WARNING), a.body]) }) } }))],
  ['body-behind-204', 'content-length', () => onRefusal(['reference'], (_, r) => { const a = withBody(r.accept(), '{}'); return { ...a, wire: { raw: message({ ...withHeader(a, 'Connection', 'close'), status: 204 }) } }; })],
  ['body-behind-head', 'content-length', () => onRefusal(['method'], (a, { method }) => method === 'HEAD' ? { ...a, wire: { raw: message(withHeader(a, 'Connection', 'close')) } } : a)],
  ['length-in-characters', 'content-length create-answered', () => onCreate(when(sends(/"Gerät-/), (a) => ({ ...a, wire: { cutAfter: 0 } }))), 'What is counted in characters is cut off where a letter has two bytes.'],
  ['together-dropped', 'answers-own', () => onCreate(when(sends(/2017-03-01T/), (a) => ({ ...a, wire: 'drop' })))],
  ['kept-connection-reset', 'connection-reuse', () => resetOnKept((kept) => kept % 2 === 0)],
]);

/** Servers whose one fault breaks much: by the findings that are named, with which the rest goes away; unnamed: without client-request-id. */
// biome-ignore format: a row a line
export const entangled = mutantsOf([
  ['dead-backend', 'create-status', () => onEvery(2, badGateway)],
  ['dead-backend-for-all', 'create-status', () => (a, { n }) => (n % 2 === 0 ? badGateway(a) : a)],
  ['dead-backend-that-drops', 'create-answered', () => (a, { n }) => (n % 2 === 0 ? { ...a, wire: 'drop' } : a)],
  ['pool-of-three', 'create-status', () => onCreate(when(sends(/2017-03-0[1-3]T/), failing(503, 'ServiceUnavailable')))],
  ['worker-says-200', 'create-status', () => onEvery(2, status(200))],
  ['fails-over-refusals', 'token-needed', () => onRefusal('all', (a, { refusal }) => (refusal === 'wrong-token' ? a : crash(a)))],
  ['cached-refusal', 'answers-own', cachedRefusal, 'A cache keeps a refusal for its path, and answers each create with it.'],
  ['shared-variable', 'answers-own', () => sharedVariable(20)],
  ['buffer-pool', 'answers-own', () => bufferPool(8, 30)],
  ['shared-variable-unnamed', 'answers-own client-request-id', () => unnamed(sharedVariable(20))],
  ['buffer-pool-unnamed', 'answers-own client-request-id', () => unnamed(bufferPool(8, 30))],
  ['shared-body', 'answers-own', () => sharedBody(20)],
  ['two-workers-unnamed', 'client-request-id id-distinct', () => unnamed(twoWorkers())],
  ['canned-unnamed', 'client-request-id date-instant id-distinct request-id request-id-distinct', () => unnamed(canned())],
  ['hangs-later-on-refusals', 'refusals-answered', () => { let n = 0; return onRefusal('all', (a) => (++n > 60 ? { ...a, wire: 'hang' } : a)); }],
  ['xml-without-accept', 'content-type-json', () => onCreate(when(({ headers }) => headers.accept === undefined, (a) => without({ ...withBody(a, '<device/>'), headers: [['Content-Type', 'application/xml']] }, 'Content-Length'))), 'Who sends no Accept is answered in XML, by something that knows no OData.'],
  ['type-only-echoed', 'odata-type', () => onCreate(when(({ body }) => !('@odata.type' in Object(JSON.parse(String(body)))), text((body) => body.replace(/"@odata.type":"[^"]*",?/, '')))), 'Who leaves the type out is answered without it.'],
  ['one-id-cached', 'client-request-id', oneId, 'A cache answers with the client-request-id of the first request.'],
  ['hangs-on-refusals', 'refusals-answered', () => onRefusal('all', (a) => ({ ...a, wire: 'hang' }))],
  ['hangs-on-400', 'refusals-answered', () => onRefusal('all', (a) => (a.status === 400 ? { ...a, wire: 'hang' } : a))],
]);
