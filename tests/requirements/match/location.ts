const collections = ['directoryobjects', 'devices', 'registereddevices'];

/** The links by which an object may say itself where it is (OData JSON 4.5.8, 4.5.9). */
const links = ['id', 'editLink', 'readLink'].flatMap((name) => [`@odata.${name}`, `@${name}`]);

const predicate = /^[\w.]+\((?:(\w+)=)?(.+)\)$/s;

/**
 * What a Location names in place of the created object; undefined: the object, or it cannot be told. A
 * URL may be of any shape; only one that ends in a key of a collection says which id it means (OData
 * 8.3; OData URL §4.3). `request`: its URL, which a relative one is resolved against.
 */
export function misnamed(
  location: string,
  request: string,
  object: Readonly<Record<string, unknown>>,
): string | undefined {
  const url = new URL(location, request);
  const segments = segmentsOf(url);
  if (segments === undefined || url.search !== '') return undefined;
  const own = new URL(request);
  if (url.origin === own.origin && segments.join('/') === segmentsOf(own)?.join('/'))
    return "the request's own address";
  const { id } = object;
  if (segments.some((segment) => isSame(segment, id) || isSame(predicateOf(segment), id)))
    return undefined;
  if (isLinked(url, own, object)) return undefined;
  const path = withoutTail(segments);
  if (isCollection(path.at(-1))) return 'the address of a collection';
  const key = keyIn(path.at(-1) ?? '', path.at(-2));
  return key === undefined || typeof id !== 'string' ? undefined : 'the address of another object';
}

/** The id by which a path's last part names an object: in parentheses, or alone behind a collection. */
function keyIn(last: string, before: string | undefined): string | undefined {
  return predicate.test(last) || !isCollection(before) ? predicateOf(last) : last;
}

/** The parts of a path, decoded after they are divided; undefined: they cannot be. */
function segmentsOf({ pathname }: URL): string[] | undefined {
  try {
    return pathname.replace(/\/$/, '').split('/').map(decodeURIComponent);
  } catch {
    return undefined;
  }
}

function isCollection(segment: string | undefined): boolean {
  return segment !== undefined && collections.includes(segment.toLowerCase());
}

/** Of ids that differ in case alone it cannot be told which is meant. */
function isSame(key: string | undefined, id: unknown): boolean {
  // a lone surrogate has no place in a URL
  return typeof id === 'string' && key?.toLowerCase() === Buffer.from(id).toString().toLowerCase();
}

/** The id in the parentheses of a segment: `devices('1')`, `devices(id='1')`. */
function predicateOf(segment: string): string | undefined {
  const [, name, value] = predicate.exec(segment) ?? [];
  if (name !== undefined && name !== 'id') return undefined;
  return value?.replace(/^'(.*)'$/s, (_, text: string) => text.replaceAll("''", "'"));
}

/** The path without what may follow an object's key: `$ref`, `$value`, the name of a type. */
function withoutTail(segments: readonly string[]): readonly string[] {
  const [last = '', before] = segments.toReversed();
  const isTail =
    /^\$(?:ref|value)$/.test(last) || (/^\w+(?:\.\w+)+$/.test(last) && !isCollection(before));
  return isTail && segments.length > 1 ? withoutTail(segments.slice(0, -1)) : segments;
}

/** Whether a link in the object leads where the Location does; links are relative to the context (OData JSON 4.3). */
function isLinked(url: URL, { href }: URL, object: Readonly<Record<string, unknown>>): boolean {
  const context = object['@odata.context'] ?? object['@context'];
  const root = resolved(context, href) ?? href;
  return links.some((name) => resolved(object[name], root) === url.href);
}

function resolved(link: unknown, base: string): string | undefined {
  return typeof link === 'string' && URL.canParse(link, base)
    ? new URL(link, base).href
    : undefined;
}
