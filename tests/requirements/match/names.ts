import { propertyNames } from '../../../schemas/operation.ts';
import { excerpt, isObject } from './json.ts';

/** What an object without any documented property is instead. */
export function wrapperIn(object: Readonly<Record<string, unknown>>): string | undefined {
  if (propertyNames.some((name) => name in object)) return undefined;
  const wrapper = Object.keys(object).find((key) => {
    const value = object[key];
    const inner: unknown = Array.isArray(value) ? value[0] : value;
    return isObject(inner) && propertyNames.some((name) => name in inner);
  });
  if (wrapper !== undefined) return `the object inside "${excerpt(wrapper)}"`;
  return isObject(object.error) ? 'an error in place of the object' : undefined;
}

/** A name (a string before a colon) or another string, from its first quotation mark. */
const string = /"(?:[^"\\]|\\.)*"(?:\s*:)?/y;

/** The first name that an object of a JSON text has twice: parsers drop one of the values (RFC 8259 §4). */
export function duplicateName(json: string): string | undefined {
  // The names of each open object; a set only for two of them, because a text may open millions.
  const open: (Set<string> | string | undefined)[] = [];
  for (let at = 0; at < json.length; at++) {
    const character = json[at];
    if (character === '{' || character === '[') open.push(undefined);
    else if (character === '}' || character === ']') open.pop();
    else if (character === '"') {
      string.lastIndex = at;
      const token = string.exec(json)?.[0] ?? '"';
      at += token.length - 1;
      if (!token.endsWith(':')) continue;
      const name = nameIn(token);
      const names = open.at(-1);
      if (names === name || (names instanceof Set && names.has(name))) return name;
      if (names instanceof Set) names.add(name);
      else open[open.length - 1] = names === undefined ? name : new Set([names, name]);
    }
  }
  return undefined;
}

function nameIn(token: string): string {
  return token.includes('\\')
    ? JSON.parse(token.slice(0, -1))
    : token.slice(1, token.lastIndexOf('"'));
}

/** What breaks the order of `streaming=true` (OData JSON 4.4). Names that are whole numbers JSON.parse puts first. */
export function orderFault(object: Readonly<Record<string, unknown>>): string | undefined {
  const names = Object.keys(object).filter((name) => !/^\d+$/.test(name));
  const place = (control: string) =>
    names.findIndex((name) => name === `@odata.${control}` || name === `@${control}`);
  const context = place('context');
  if (context > 0) return 'a context that is not first';
  const type = place('type');
  if (type > context + 1) return `a type that is not ${context === 0 ? 'next' : 'first'}`;
  const property = names.findIndex((name) => !name.startsWith('@'));
  const late = ['id', 'etag'].find((control) => property !== -1 && place(control) > property);
  return late && `@odata.${late} behind a property`;
}
