import { propertyNames } from '../../../schemas/operation.ts';
import { excerpt } from './excerpt.ts';
import { isObject } from './json.ts';

/** What an object without any documented property is instead: a wrapper around one that has them, or an error. */
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
