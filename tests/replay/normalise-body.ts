import { instantOf, isDateTimeOffset } from '../../schemas/edm-date-time-offset.ts';
import type { Exchange } from '../../schemas/files/recording.ts';
import { show } from '../requirements/match/excerpt.ts';
import { isObject, type Json, readJson } from '../requirements/match/json.ts';
import { isSuccess } from '../requirements/match/object.ts';
import { everyItem, type Step, type Tree } from './tree.ts';

/** What a target did before the exchange, and in it. */
export interface Context {
  readonly exchange: Exchange;
  /** The service root. */
  readonly root: string;
  /** The ids that it gave to earlier creates. */
  readonly seen: ReadonlySet<unknown>;
}

/** How deep a body is compared; of what is nested deeper, only that it is there. */
export const depth = 12;

/** Adds a JSON value by its kinds. `path`: where it stands in the body. */
export function addValue(tree: Tree, value: unknown, context: Context, path: Step[] = []): void {
  const addPart = (step: Step, part: unknown) =>
    addValue(tree.part(step), part, context, [...path, step]);
  if (path.length > depth) tree.kinds.add('more');
  else if (Array.isArray(value)) {
    tree.kinds.add('an array');
    for (const item of value) addPart(everyItem, item);
  } else if (isObject(value)) {
    tree.kinds.add('an object');
    for (const [name, part] of Object.entries(value)) addPart(name, part);
  } else if (typeof value === 'string') tree.kinds.add(stringKind(value, context, path));
  else tree.kinds.add(value === null ? 'null' : `a ${typeof value}`);
}

function stringKind(value: string, context: Context, path: Step[]): string {
  const { response } = context.exchange;
  const name = String(path.at(-1));
  if (name.endsWith('@odata.type')) return show(value);
  if (name.endsWith('@odata.context')) return addressKind(value, context.root);
  if (response && isSuccess(response) && path.length === 1) {
    if (name === 'id') return idKind(value, context);
    if (name === 'deletedDateTime') return dateKind(value, context);
  }
  if (isDateTimeOffset(value) || isDateTimeOffset(`${value}Z`)) return 'a date';
  return value === '' ? 'an empty string' : 'a string';
}

function idKind(value: string, { exchange, seen }: Context): string {
  if (value === idIn(readJson(exchange.request.body))) return 'the id that was sent';
  return seen.has(value) ? 'the id of an earlier create' : 'an id';
}

function dateKind(value: string, { exchange }: Context): string {
  const instant = instantOf(value);
  if (instant === undefined) return 'a string that is not a date';
  return instant === instantOf(exchange.requestCase.deletedDateTime ?? '')
    ? 'the instant that was sent'
    : 'another instant';
}

/** The id of the object that a body holds. */
export function idIn(json: Json): unknown {
  return 'value' in json && isObject(json.value) ? json.value.id : undefined;
}

const guid = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

/** A URL without its host and its ids; `…` stands for the service root. `id`: an id of any shape to leave out too. */
export function addressKind(text: string, root: string, id?: unknown): string {
  if (!URL.canParse(text, `${root}/`)) return 'not a URL';
  const { pathname, hash } = new URL(text, `${root}/`);
  const base = new URL(root).pathname;
  const below = pathname.startsWith(`${base}/`) ? `…${pathname.slice(base.length)}` : pathname;
  // As bytes and back: a lone surrogate, which JSON can hold and a URL cannot, must not throw.
  const segment = typeof id === 'string' ? encodeURIComponent(Buffer.from(id).toString()) : '';
  const own = segment === '' ? below : below.replaceAll(segment, '{id}');
  return `${own}${hash}`.replaceAll(guid, '{id}');
}
