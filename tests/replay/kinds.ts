import { instantOf, isDateTimeOffset } from '../../schemas/edm-date-time-offset.ts';
import { type Exchange, headerValues, requestIdHeader } from '../../schemas/files/recording.ts';
import { isObject, readJson, show } from '../requirements/match/json.ts';

/** What of a response matters to a client, in the order in which it reads it. */
export const aspects = ['status', 'headers', 'body'] as const;

type Compared = Readonly<{ exchange: Exchange; root: string }>;

/** The aspect, and below it the names of headers or properties; `[]` stands for every item of an array. */
export type Path = readonly string[];

const depth = 12;

/** What stands in a response in words that hold for any request of the same name, by the place as JSON. */
export function kindsOf(context: Compared) {
  const { response, failure } = context.exchange;
  const kinds = new Map<string, Set<string>>();
  const put = (place: Path, kind: string) => {
    const key = JSON.stringify(place);
    kinds.set(key, (kinds.get(key) ?? new Set()).add(kind));
  };
  const putValue = (place: Path, value: unknown): void => {
    const isTooDeep = place.length > depth;
    put(place, isTooDeep ? 'more' : kindOf(place, value, context));
    if (isTooDeep) return;
    if (Array.isArray(value)) for (const item of value) putValue([...place, '[]'], item);
    else if (isObject(value))
      for (const [name, part] of Object.entries(value)) putValue([...place, name], part);
  };
  if (response === undefined || failure !== undefined)
    put(['status'], `no whole response: ${failure?.kind ?? 'none'}`);
  else {
    put(['status'], String(response.status));
    for (const [name, kindOf] of Object.entries(headerKinds)) {
      const lines = headerValues(response.headers, name).filter((value) => value !== '');
      // RFC 9110 §5.3: the lines of a list are one list; of a header with one value they contradict.
      const values = name === 'Allow' && lines.length > 0 ? [lines.join()] : lines;
      const all = values.map((value) => kindOf(value, context));
      if (all.length > 0) put(['headers', name], all.join(' and '));
    }
    const json = readJson(response.body);
    if (response.body.length === 0) put(['body'], 'empty');
    else if ('value' in json) putValue(['body'], json.value);
    else put(['body'], json.fault ?? 'no JSON');
  }
  return new Map([...kinds].map(([key, all]) => [key, [...all].sort().join(' or ')]));
}

function kindOf(place: Path, value: unknown, { exchange, root }: Compared) {
  if (Array.isArray(value)) return 'an array';
  if (isObject(value)) return 'an object';
  if (typeof value !== 'string') return value === null ? 'null' : `a ${typeof value}`;
  const name = place.at(-1) ?? '';
  if (name.endsWith('@odata.type') || isErrorCode(place)) return show(value);
  if (name.endsWith('@odata.context')) return addressKind(value, root);
  const { status = 0 } = exchange.response ?? {};
  const isOfObject = place.length === 2 && status >= 200 && status < 300;
  if (isOfObject && name === 'id')
    return value === idIn(exchange.request.body) ? 'the id that was sent' : 'an id';
  if (isOfObject && name === 'deletedDateTime') {
    const [given, sent] = [value, exchange.requestCase.deletedDateTime ?? ''].map(instantOf);
    if (given === undefined) return 'a string that is not a date';
    return given === sent ? 'the instant that was sent' : 'another instant';
  }
  if (isDateTimeOffset(value) || isDateTimeOffset(`${value}Z`)) return 'a date';
  return value === '' ? 'an empty string' : 'a string';
}

/** Whether a client branches on what stands there. */
export function isErrorCode([aspect, first, ...rest]: Path) {
  return aspect === 'body' && first === 'error' && rest.at(-1) === 'code';
}

function idIn(body: Buffer): unknown {
  const json = readJson(body);
  return 'value' in json && isObject(json.value) ? json.value.id : undefined;
}

const guid = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

/** A URL without its host and its ids (`id`: one of any shape); `…` stands for the service root. */
function addressKind(text: string, root: string, id?: unknown) {
  if (!URL.canParse(text, `${root}/`)) return 'not a URL';
  const { pathname, hash } = new URL(text, `${root}/`);
  const base = new URL(root).pathname;
  const below = pathname.startsWith(`${base}/`) ? `…${pathname.slice(base.length)}` : pathname;
  // As bytes and back: a lone surrogate, which JSON can hold and a URL cannot, must not throw.
  const segment = typeof id === 'string' ? encodeURIComponent(Buffer.from(id).toString()) : '';
  const own = segment === '' ? below : below.replaceAll(segment, '{id}');
  return `${URL.canParse(text) ? '' : 'relative '}${own}${hash}`.replaceAll(guid, '{id}');
}

function linkKind(value: string, { exchange: { response }, root }: Compared) {
  return addressKind(value, root, response && idIn(response.body));
}

/** What is meant where a media type says nothing (OData JSON 3.1), and what no client reads. */
const usual =
  /;\s*(charset="?utf-?8"?|odata\.metadata=minimal|odata\.streaming=\w+|ieee754compatible=\w+)/g;

/** The headers that clients of the service read, with what matters of a value. */
const headerKinds: Readonly<Record<string, (value: string, context: Compared) => string>> = {
  'Content-Type': (value) => value.toLowerCase().replace(usual, '').replace(/;\s*/g, '; '),
  'OData-Version': (value) => value,
  Location: linkKind,
  'OData-EntityId': linkKind,
  'request-id': () => 'an id',
  'client-request-id': (value, { exchange }) => {
    const [sent] = headerValues(exchange.request.headers, requestIdHeader);
    return value === sent ? 'the id that was sent' : 'another id';
  },
  'WWW-Authenticate': (value) => value.split(/[\s,]/)[0] ?? '',
  Allow: (value) =>
    value
      .trim()
      .split(/\s*,\s*/)
      .sort()
      .join(', '),
  'Retry-After': () => 'a wait',
};
