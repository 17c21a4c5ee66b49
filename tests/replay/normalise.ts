import { headerValues, type Response, requestIdHeader } from '../../schemas/files/recording.ts';
import { show } from '../requirements/match/excerpt.ts';
import { isObject, jsonOf } from '../requirements/match/json.ts';
import { mediaTypesText, metadataOf } from '../requirements/match/media-type.ts';
import { addressKind, addValue, type Context, depth, idIn } from './normalise-body.ts';
import { Tree } from './tree.ts';

/** A response as a tree by its aspects: what a client reads, in words that hold for any request. */
export function normalise(context: Context): Tree {
  const { response, failure } = context.exchange;
  const tree = new Tree();
  if (response === undefined || failure !== undefined) {
    tree.part('status').kinds.add(`no whole response: ${failure?.kind ?? 'none'}`);
    return tree;
  }
  tree.part('status').kinds.add(String(response.status));
  addHeaders(tree.part('headers'), response, context);
  const json = jsonOf(response);
  const body = tree.part('body');
  if (response.body.length === 0) body.kinds.add('empty');
  else {
    addMediaType(tree.part('media type'), response);
    if ('value' in json) addValue(body, json.value, context);
    else body.kinds.add(json.fault);
  }
  if (response.status >= 400 && 'value' in json && isObject(json.value))
    addCodes(tree.part('error code'), json.value.error);
  return tree;
}

function addMediaType(tree: Tree, response: Response): void {
  tree.kinds.add(mediaTypesText(response) ?? 'none');
  // OData JSON 3.1: a response that does not name the amount of metadata has the minimal one.
  tree.part('metadata').kinds.add(metadataOf({ response }) ?? 'minimal');
}

/** The code that a client branches on, and below it the more specific ones that the service nests. */
function addCodes(tree: Tree, error: unknown): void {
  const object = isObject(error) ? error : {};
  tree.kinds.add(show(object.code));
  addNestedCodes(tree, object);
}

function addNestedCodes(tree: Tree, error: Record<string, unknown>, level = 1): void {
  const nested = Object.entries(error).filter(([name]) => /^(innererror|details)$/i.test(name));
  for (const [name, value] of level > depth ? [] : nested)
    for (const inner of [value].flat().filter(isObject)) {
      if ('code' in inner) tree.part(name).part('code').kinds.add(show(inner.code));
      addNestedCodes(tree.part(name), inner, level + 1);
    }
}

function addHeaders(tree: Tree, response: Response, context: Context): void {
  for (const [name, kindOf] of Object.entries(headerKinds)) {
    const lines = headerValues(response.headers, name).filter((value) => value !== '');
    // RFC 9110 §5.3: the lines of a list are one list; of a header with one value they contradict.
    const values = lists.includes(name) && lines.length > 0 ? [lines.join(', ')] : lines;
    const kind = values.map((value) => kindOf(value, context)).join(' and ');
    if (kind !== '') tree.part(name).kinds.add(kind);
  }
}

const lists = ['Allow', 'Preference-Applied'];

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
  Allow: (value) =>
    value
      .trim()
      .split(/\s*,\s*/)
      .sort()
      .join(', '),
  'Retry-After': () => 'a wait',
  ETag: () => 'a tag',
  'Preference-Applied': (value) => value,
};

function linkKind(value: string, { exchange: { response }, root }: Context): string {
  const kind = addressKind(value, root, response && idIn(jsonOf(response)));
  const isRelative = !URL.canParse(value) && URL.canParse(value, `${root}/`);
  return isRelative ? `relative ${kind}` : kind;
}
