import type { Exchange, Response } from '../../../schemas/files/recording.ts';
import { propertyNames } from '../../../schemas/operation.ts';
import { type SchemaError, schemaErrors } from '../../../schemas/validate.ts';
import { excerpt } from './excerpt.ts';
import { isObject, jsonOf } from './json.ts';

/** Whether the status is a success. */
export function isSuccess({ status }: Response): boolean {
  return status >= 200 && status < 300;
}

/** Whether a create was answered with success and with a body that may be judged. */
export function hasCreatedBody({ response, failure }: Exchange): boolean {
  return (
    response !== undefined &&
    failure === undefined &&
    response.notKept === undefined &&
    isSuccess(response) &&
    ![204, 205].includes(response.status)
  );
}

const objects = new WeakMap<Response, Record<string, unknown> | undefined>();

/** The response's body where it is a JSON object, and not one that only wraps another; looked for once. */
export function objectOf({ response }: Exchange): Record<string, unknown> | undefined {
  if (response !== undefined && !objects.has(response)) objects.set(response, objectIn(response));
  return response && objects.get(response);
}

function objectIn(response: Response): Record<string, unknown> | undefined {
  const json = jsonOf(response);
  if (!('value' in json) || !isObject(json.value)) return undefined;
  return wrapperIn(json.value) === undefined ? json.value : undefined;
}

/** What an object without any documented property is instead: a wrapper around one that has them, or an error. */
export function wrapperIn(object: Record<string, unknown>): string | undefined {
  if (propertyNames.some((name) => name in object)) return undefined;
  const wrapper = Object.keys(object).find((key) => {
    const value = object[key];
    const inner: unknown = Array.isArray(value) ? value[0] : value;
    return isObject(inner) && propertyNames.some((name) => name in inner);
  });
  if (wrapper !== undefined) return `the object inside "${excerpt(wrapper)}"`;
  return isObject(object.error) ? 'an error in place of the object' : undefined;
}

const checked = new WeakMap<Response, SchemaError[]>();

/** Where the response's object breaks schemas/wire/directoryObject.json; checked once. */
export function directoryObjectErrors(exchange: Exchange): SchemaError[] {
  const object = objectOf(exchange);
  if (object === undefined || exchange.response === undefined) return [];
  const known = checked.get(exchange.response) ?? schemaErrors('directoryObject', object);
  checked.set(exchange.response, known);
  return known;
}
