import { instantOf, isDateTimeOffset } from '../../schemas/edm-date-time-offset.ts';
import type { Exchange } from '../../schemas/files/recording.ts';
import { isObject, isSuccess, type Json, readJson, show } from '../requirements/match/object.ts';
import { type Fact, fact } from './fact.ts';

export interface Context {
  readonly exchange: Exchange;
  /** The service root that was asked. */
  readonly root: string;
  /** The ids that earlier creates were given there. */
  readonly seen: ReadonlySet<unknown>;
}

/** How deep a body is compared; what is nested deeper is only said to be there. */
export const depth = 12;

/** A value by its kinds, a telling for each property. */
export function shapeOf(value: unknown, path: string, around: Context, level = 0): Fact[] {
  if (level > depth) return [fact('body', path, 'more')];
  if (Array.isArray(value)) {
    const items = value.flatMap((item) => shapeOf(item, `${path}[]`, around, level + 1));
    return [fact('body', path, 'an array'), ...items];
  }
  if (!isObject(value)) return [fact('body', path, kindOf(value, path, around))];
  const own = Object.entries(value).flatMap(([name, each]) =>
    shapeOf(each, path === '' ? name : `${path}.${name}`, around, level + 1),
  );
  return [fact('body', path, 'an object'), ...own];
}

function kindOf(value: unknown, path: string, { exchange, root, seen }: Context): string {
  if (typeof value !== 'string') return value === null ? 'null' : `a ${typeof value}`;
  if (path.endsWith('@odata.type')) return show(value);
  if (path.endsWith('@odata.context')) return address(value, root);
  if (exchange.response && isSuccess(exchange.response)) {
    if (path === 'id') {
      if (value === idIn(readJson(exchange.request.body))) return 'the id that was sent';
      return seen.has(value) ? 'the id of an earlier create' : 'an id';
    }
    if (path === 'deletedDateTime') return dateKind(value, exchange.requestCase.deletedDateTime);
  }
  if (isDateTimeOffset(value) || isDateTimeOffset(`${value}Z`)) return 'a date';
  return value === '' ? 'an empty string' : 'a string';
}

function dateKind(value: string, sent = ''): string {
  const [before, after] = [instantOf(sent), instantOf(value)];
  if (after === undefined) return 'a string that is no date';
  return before === after ? 'the instant that was sent' : 'another instant';
}

export function idIn(json: Json): unknown {
  return 'value' in json && isObject(json.value) ? json.value.id : undefined;
}

const guid = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

/** A URL without its host and its ids: the root that was asked is `…`. */
export function address(text: string, root: string, id?: unknown): string {
  if (!URL.canParse(text, `${root}/`)) return 'no URL';
  const { pathname, hash } = new URL(text, `${root}/`);
  const base = new URL(root).pathname;
  const below = pathname.startsWith(`${base}/`) ? `…${pathname.slice(base.length)}` : pathname;
  const own =
    typeof id === 'string' && id !== '' ? below.replaceAll(encodeURIComponent(id), '{id}') : below;
  return `${own}${hash}`.replaceAll(guid, '{id}');
}
