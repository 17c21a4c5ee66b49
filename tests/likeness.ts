import { type Answer, type Exchange, headerValues } from '../fixtures/exchange.ts';
import { requestIdHeader } from '../fixtures/wire.ts';
import { instantOf, isDateTimeOffset } from '../schemas/edm-date-time-offset.ts';
import {
  contentTypes,
  isObject,
  isSuccess,
  type Json,
  jsonOf,
  mediaTypeText,
  readJson,
  show,
} from './answers.ts';

/** What of an answer matters to a client, in the order in which it reads it. */
export const aspects = ['status', 'media type', 'error code', 'headers', 'body'] as const;
export type Aspect = (typeof aspects)[number];

/** What an answer tells of one thing, with what changes from call to call put into words. */
export interface Telling {
  readonly aspect: Aspect;
  /** `OData-Version`, `error.code`, `id`: a header or the path of a property; '' for the whole. */
  readonly where: string;
  readonly told: string;
}

/** Everything that two answers to the same call are compared by. `baseUrl`: the root that was asked. */
export function tellingsOf(exchange: Exchange, baseUrl: string): Telling[] {
  const { answer, failure } = exchange;
  if (answer === undefined || failure !== undefined)
    return [telling('status', '', `no whole answer: ${failure?.kind ?? 'none'}`)];
  const json = jsonOf(answer);
  const value = 'value' in json ? json.value : undefined;
  const empty = answer.body.length === 0;
  return [
    telling('status', '', String(answer.status)),
    telling('media type', '', empty ? 'no body' : mediaTypesOf(answer)),
    ...(answer.status >= 400 ? codesOf(value) : []),
    ...headersOf(exchange, baseUrl),
    ...('fault' in json
      ? [telling('body', '', empty ? 'empty' : json.fault)]
      : shapeOf(value, '', { exchange, root: baseUrl })),
  ];
}

function telling(aspect: Aspect, where: string, told: string): Telling {
  return { aspect, where, told };
}

function mediaTypesOf(answer: Answer): string {
  return contentTypes(answer).map(mediaTypeText).join(' and ') || 'none';
}

/** The code that a client branches on, and the more specific ones that the service nests below it. */
function codesOf(value: unknown): Telling[] {
  const error = isObject(value) ? value.error : undefined;
  if (!isObject(error)) return [];
  return [telling('error code', '', show(error.code)), ...nestedCodes(error, '', 1)];
}

function nestedCodes(error: Record<string, unknown>, path: string, level: number): Telling[] {
  if (level > depth) return [];
  return Object.entries(error).flatMap(([name, value]) => {
    const below = `${path}${name}`;
    if (!/^(innererror|details)$/i.test(name)) return [];
    return [value]
      .flat()
      .filter(isObject)
      .flatMap((inner) => [
        ...('code' in inner ? [telling('error code', `${below}.code`, show(inner.code))] : []),
        ...nestedCodes(inner, `${below}.`, level + 1),
      ]);
  });
}

/** The headers that clients of the service read; of ids only that they are there. */
function headersOf({ answer, request }: Exchange, root: string): Telling[] {
  const of = (name: string) => headerValues(answer?.headers ?? [], name).join(', ');
  const sent = headerValues(request.headers, requestIdHeader)[0];
  const inAnswer = (value: string) => address(value, root, answer && idIn(jsonOf(answer)));
  const words: Record<string, (value: string) => string> = {
    'OData-Version': (value) => value,
    Location: inAnswer,
    'OData-EntityId': inAnswer,
    'request-id': () => 'an id',
    'client-request-id': (value) => (value === sent ? 'the id that was sent' : 'another id'),
    'WWW-Authenticate': (value) => value.split(/[\s,]/)[0] ?? '',
    Allow: (value) =>
      value
        .split(',')
        .map((method) => method.trim())
        .sort()
        .join(', '),
    ETag: () => 'a tag',
    'Preference-Applied': (value) => value,
  };
  return Object.entries(words).map(([name, inWords]) =>
    telling('headers', name, of(name) === '' ? 'absent' : inWords(of(name))),
  );
}

function idIn(json: Json): unknown {
  return 'value' in json && isObject(json.value) ? json.value.id : undefined;
}

/** A URL without its host and its ids: the root that was asked is `…`. */
function address(text: string, root: string, id?: unknown): string {
  if (!URL.canParse(text, `${root}/`)) return 'no URL';
  const { pathname, hash } = new URL(text, `${root}/`);
  const base = new URL(root).pathname;
  const below = pathname.startsWith(`${base}/`) ? `…${pathname.slice(base.length)}` : pathname;
  const own =
    typeof id === 'string' && id !== '' ? below.replaceAll(encodeURIComponent(id), '{id}') : below;
  return `${own}${hash}`.replaceAll(guid, '{id}');
}

const guid = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

interface Around {
  readonly exchange: Exchange;
  readonly root: string;
}

/** How deep a body is compared; what is nested deeper is only said to be there. */
const depth = 12;

/** A value by its kinds, a telling for each property. */
function shapeOf(value: unknown, path: string, around: Around, level = 0): Telling[] {
  if (level > depth) return [telling('body', path, 'more')];
  if (Array.isArray(value)) {
    const items = value.flatMap((item) => shapeOf(item, `${path}[]`, around, level + 1));
    return [telling('body', path, 'an array'), ...items];
  }
  if (!isObject(value)) return [telling('body', path, kindOf(value, path, around))];
  const own = Object.entries(value).flatMap(([name, each]) =>
    shapeOf(each, path === '' ? name : `${path}.${name}`, around, level + 1),
  );
  return [telling('body', path, 'an object'), ...own];
}

function kindOf(value: unknown, path: string, { exchange, root }: Around): string {
  if (typeof value !== 'string') return value === null ? 'null' : `a ${typeof value}`;
  if (path.endsWith('@odata.type')) return show(value);
  if (path.endsWith('@odata.context')) return address(value, root);
  if (exchange.answer && isSuccess(exchange.answer)) {
    if (path === 'id')
      return value === idIn(readJson(exchange.request.body)) ? 'the id that was sent' : 'an id';
    if (path === 'deletedDateTime') return dateKind(value, exchange.call.deletedDateTime);
  }
  if (isDateTimeOffset(value) || isDateTimeOffset(`${value}Z`)) return 'a date';
  return value === '' ? 'an empty string' : 'a string';
}

function dateKind(value: string, sent = ''): string {
  const [before, after] = [instantOf(sent), instantOf(value)];
  if (after === undefined) return 'a string that is no date';
  return before === after ? 'the instant that was sent' : 'another instant';
}
