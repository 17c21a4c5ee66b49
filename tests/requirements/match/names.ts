import { propertyNames } from '../../../schemas/operation.ts';
import { excerpt, isObject } from './json.ts';

/** What an object without any documented property is instead. */
export function wrapperIn(object: Readonly<Record<string, unknown>>) {
  if (propertyNames.some((name) => name in object)) return undefined;
  const wrapper = Object.keys(object).find((key) => {
    const value = object[key];
    const inner: unknown = Array.isArray(value) ? value[0] : value;
    return isObject(inner) && propertyNames.some((name) => name in inner);
  });
  if (wrapper !== undefined) return `the object inside "${excerpt(wrapper)}"`;
  return isObject(object.error) ? 'an error in place of the object' : undefined;
}

/** The first name that an object of a JSON text has twice: parsers drop one of the values (RFC 8259 §4). */
export function duplicateName(json: string) {
  const open: Set<string>[] = [];
  for (const [token, colon] of json.matchAll(/[{}[\]]|"(?:[^"\\]|\\.)*"(\s*:)?/g)) {
    if (token === '{' || token === '[') open.push(new Set());
    else if (token === '}' || token === ']') open.pop();
    else if (colon !== undefined) {
      const name = JSON.parse(token.slice(0, -colon.length));
      if (open.at(-1)?.has(name)) return name;
      open.at(-1)?.add(name);
    }
  }
  return undefined;
}

/** What breaks the order of `streaming=true` (OData JSON 4.4). Names that are whole numbers JSON.parse puts first. */
export function orderFault(object: Readonly<Record<string, unknown>>) {
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
