const collections = ['directoryobjects', 'devices', 'registereddevices'];

const links = ['id', 'editLink', 'readLink'].flatMap((name) => [`@odata.${name}`, `@${name}`]);

/** A key in parentheses, and its name where it has one: `devices('1')`, `devices(id='1')`. */
const predicate = /^[\w.]+\((?:(\w+)=)?'?(.+?)'?\)$/s;

/**
 * What a Location names in place of the created object; undefined: the object, or it cannot be told: only
 * a URL that ends in a key of a collection says which id it means (OData 8.3.3; OData URL §4.3).
 */
export function misnamed(
  location: string,
  request: string,
  object: Readonly<Record<string, unknown>>,
) {
  const [url, own] = [new URL(location, request), new URL(request)];
  const path = pathOf(url);
  if (path === undefined || url.search !== '') return undefined;
  if (url.origin === own.origin && path.join('/') === pathOf(own)?.join('/'))
    return "the request's own address";
  const { id } = object;
  if (path.some((segment) => isSame(segment, id) || isSame(keyOf(segment), id))) return undefined;
  // Links are relative to the context (OData JSON 4.3).
  const root = resolved(object['@odata.context'] ?? object['@context'], own.href) ?? own.href;
  if (links.some((name) => resolved(object[name], root) === url.href)) return undefined;
  const [last = '', before = ''] = withoutTail(path).toReversed();
  if (isCollection(last)) return 'the address of a collection';
  const key = predicate.test(last) ? keyOf(last) : isCollection(before);
  return key && typeof id === 'string' ? 'the address of another object' : undefined;
}

export function pathOf({ pathname }: URL) {
  try {
    return pathname.replace(/\/$/, '').split('/').map(decodeURIComponent);
  } catch {
    return undefined;
  }
}

function isCollection(segment: string) {
  return collections.includes(segment.toLowerCase());
}

/** In any case: of ids that differ in it alone it cannot be told which is meant. */
function isSame(key: string | undefined, id: unknown) {
  return typeof id === 'string' && key?.toLowerCase() === Buffer.from(id).toString().toLowerCase();
}

function keyOf(segment: string) {
  const [, name = 'id', key] = predicate.exec(segment) ?? [];
  return name === 'id' ? key?.replaceAll("''", "'") : undefined;
}

/** The path without what may follow an object's key: `$ref`, `$value`, the name of a type. */
function withoutTail(path: readonly string[]): readonly string[] {
  const [last = '', before = ''] = path.toReversed();
  const isTail =
    /^\$(?:ref|value)$/.test(last) || (/^\w+(?:\.\w+)+$/.test(last) && !isCollection(before));
  return isTail ? withoutTail(path.slice(0, -1)) : path;
}

function resolved(link: unknown, base: string) {
  const isLink = typeof link === 'string' && URL.canParse(link, base);
  return isLink ? new URL(link, base).href : undefined;
}
