import { instantOf, isDateTimeOffset } from '../../schemas/edm-date-time-offset.ts';
import {
  type Exchange,
  type Header,
  headerValues,
  requestIdHeader,
} from '../../schemas/files/recording.ts';
import { show } from '../requirements/match/excerpt.ts';
import { isObject, readJson } from '../requirements/match/json.ts';
import { parseMediaType } from '../requirements/match/media-type.ts';

/** What of a response matters to a client, in the order in which it reads it. */
export const aspects = ['status', 'media type', 'error code', 'headers', 'body'] as const;

/** What stands in a response, by where: the aspect, and below it the names of headers or properties. Several kinds stand for the items of an array. */
export type Kinds = ReadonlyMap<string, ReadonlySet<string>>;

/** An exchange, and what the target did before it. */
export interface Context {
  readonly exchange: Exchange;
  /** The service root. */
  readonly root: string;
  /** The ids that it gave to earlier creates. */
  readonly seen: ReadonlySet<unknown>;
}

/** How deep a body is compared; of what is nested deeper, only that it is there. */
const depth = 12;
/** The step from an array to all of its items. */
const everyItem = '[]';

/** The key of a place: the aspect, and the steps to what stands below it. */
export const keyOf = (place: readonly string[]) => JSON.stringify(place);

/** A response in words that hold for any request of the same name. */
export function kindsOf(context: Context): Kinds {
  const kinds = new Map<string, Set<string>>();
  for (const [place, kind] of placesOf(context))
    kinds.set(keyOf(place), (kinds.get(keyOf(place)) ?? new Set()).add(kind));
  return kinds;
}

type Placed = Generator<readonly [place: readonly string[], kind: string]>;

/** What stands where in a response: what holds other things before them. */
function* placesOf(context: Context): Placed {
  const { response, failure } = context.exchange;
  if (response === undefined || failure !== undefined)
    return yield [['status'], `no whole response: ${failure?.kind ?? 'none'}`];
  yield [['status'], String(response.status)];
  yield* headersOf(response.headers, context);
  if (response.body.length === 0) return yield [['body'], 'empty'];
  const types = headerValues(response.headers, 'content-type');
  yield [['media type'], types.map(typeKind).join(' and ') || 'none'];
  const params = parseMediaType(types[0] ?? '')?.params;
  const metadata = params?.get('odata.metadata') ?? params?.get('metadata');
  // OData JSON 3.1: a response that does not name the amount of metadata has the minimal one.
  yield [['media type', 'metadata'], metadata?.toLowerCase() ?? 'minimal'];
  const json = readJson(response.body);
  if ('value' in json) yield* valuesOf(['body'], json.value, context);
  else yield [['body'], json.fault ?? 'no JSON'];
  if (response.status >= 400 && 'value' in json && isObject(json.value))
    yield* codesOf(['error code'], json.value.error);
}

function* headersOf(headers: readonly Header[], context: Context): Placed {
  for (const [name, kindOf] of Object.entries(headerKinds)) {
    const lines = headerValues(headers, name).filter((value) => value !== '');
    // RFC 9110 §5.3: the lines of a list are one list; of a header with one value they contradict.
    const values = lists.includes(name) && lines.length > 0 ? [lines.join(', ')] : lines;
    const kind = values.map((value) => kindOf(value, context)).join(' and ');
    if (kind !== '') yield [['headers', name], kind];
  }
}

function typeKind(text: string): string {
  const type = parseMediaType(text);
  const charset = type?.params.get('charset') ?? 'utf-8';
  if (type === undefined) return show(text);
  return /^utf-?8$/i.test(charset) ? type.essence : `${type.essence}; charset=${charset}`;
}

function* valuesOf(place: readonly string[], value: unknown, context: Context): Placed {
  if (place.length > depth) return yield [place, 'more'];
  yield [place, kindOf(place, value, context)];
  if (Array.isArray(value))
    for (const item of value) yield* valuesOf([...place, everyItem], item, context);
  else if (isObject(value))
    for (const [name, part] of Object.entries(value))
      yield* valuesOf([...place, name], part, context);
}

/** The code that a client branches on, and below it the more specific ones that the service nests. */
function* codesOf(place: readonly string[], error: unknown): Placed {
  const object = isObject(error) ? error : {};
  if (place.length === 1) yield [place, show(object.code)];
  else if ('code' in object) yield [[...place, 'code'], show(object.code)];
  for (const [name, value] of place.length > depth ? [] : Object.entries(object))
    if (/^(innererror|details)$/i.test(name))
      for (const inner of [value].flat().filter(isObject)) yield* codesOf([...place, name], inner);
}

/** The kind of a JSON value. `place`: where it stands in the body. */
function kindOf(place: readonly string[], value: unknown, context: Context): string {
  if (Array.isArray(value)) return 'an array';
  if (isObject(value)) return 'an object';
  if (typeof value !== 'string') return value === null ? 'null' : `a ${typeof value}`;
  const { response, request, requestCase } = context.exchange;
  const name = place.at(-1) ?? '';
  if (name.endsWith('@odata.type')) return show(value);
  if (name.endsWith('@odata.context')) return addressKind(value, context.root);
  if (isSuccess(response) && place.length === 2 && name === 'id') {
    if (value === idIn(request.body)) return 'the id that was sent';
    return context.seen.has(value) ? 'the id of an earlier create' : 'an id';
  }
  if (isSuccess(response) && place.length === 2 && name === 'deletedDateTime') {
    const [given, sent] = [value, requestCase.deletedDateTime ?? ''].map(instantOf);
    if (given === undefined) return 'a string that is not a date';
    return given === sent ? 'the instant that was sent' : 'another instant';
  }
  if (isDateTimeOffset(value) || isDateTimeOffset(`${value}Z`)) return 'a date';
  return value === '' ? 'an empty string' : 'a string';
}

export function isSuccess(response: Exchange['response']): boolean {
  return response !== undefined && response.status >= 200 && response.status < 300;
}

/** The id of the object that a body holds. */
export function idIn(body: Buffer): unknown {
  const json = readJson(body);
  return 'value' in json && isObject(json.value) ? json.value.id : undefined;
}

const guid = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

/** A URL without its host and its ids; `…` stands for the service root. `id`: an id of any shape to leave out too. */
function addressKind(text: string, root: string, id?: unknown): string {
  if (!URL.canParse(text, `${root}/`)) return 'not a URL';
  const { pathname, hash } = new URL(text, `${root}/`);
  const base = new URL(root).pathname;
  const below = pathname.startsWith(`${base}/`) ? `…${pathname.slice(base.length)}` : pathname;
  // As bytes and back: a lone surrogate, which JSON can hold and a URL cannot, must not throw.
  const segment = typeof id === 'string' ? encodeURIComponent(Buffer.from(id).toString()) : '';
  const own = segment === '' ? below : below.replaceAll(segment, '{id}');
  return `${own}${hash}`.replaceAll(guid, '{id}');
}

function linkKind(value: string, { exchange: { response }, root }: Context): string {
  const kind = addressKind(value, root, response && idIn(response.body));
  return URL.canParse(value) || !URL.canParse(value, `${root}/`) ? kind : `relative ${kind}`;
}

const lists = ['Allow', 'Preference-Applied'];
const methods = (value: string) =>
  value
    .trim()
    .split(/\s*,\s*/)
    .sort()
    .join(', ');

/** The headers that clients of the service read, with what matters of a value; of an id only that it is there. */
const headerKinds: Readonly<Record<string, (value: string, context: Context) => string>> = {
  'OData-Version': (value) => value,
  Location: linkKind,
  'OData-EntityId': linkKind,
  'request-id': () => 'an id',
  'client-request-id': (value, { exchange }) =>
    value === headerValues(exchange.request.headers, requestIdHeader)[0]
      ? 'the id that was sent'
      : 'another id',
  'WWW-Authenticate': (value) => value.split(/[\s,]/)[0] ?? '',
  Allow: methods,
  'Retry-After': () => 'a wait',
  ETag: () => 'a tag',
  'Preference-Applied': (value) => value,
};
