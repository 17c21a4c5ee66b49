import type { RefusalReason } from '../../../../fixtures/mock/refusals.ts';
import {
  isObject,
  type Json,
  type JsonObject,
  objectOf,
} from '../../../../fixtures/mock/request.ts';
import type { Defect, MockRequest, MockResponse } from '../../support/mock.ts';
import { header, objectIn, withHeader, withJson } from './rewrite.ts';

/** What a defect does to the responses it concerns. */
export type Change = (response: MockResponse, request: MockRequest) => MockResponse;

/** The answer to what should be refused as if nothing were. */
export const accept: Change = (_, request) => request.accept();

export function when(applies: (request: MockRequest) => boolean, change: Change): Change {
  return (response, request) => (applies(request) ? change(response, request) : response);
}

export function sends(pattern: RegExp): (request: MockRequest) => boolean {
  return (request) => pattern.test(request.body.toString());
}

/** Whether a header of a request matches; one that is missing is ''. */
export function has(name: string, pattern: RegExp): (request: MockRequest) => boolean {
  return ({ headers }) => pattern.test(String(headers[name] ?? ''));
}

/** The `id` and the `deletedDateTime` of a body, where they are texts. */
export const sentId = (request: MockRequest) => textIn(request, 'id');
export const sentDate = (request: MockRequest) => textIn(request, 'deletedDateTime');

function textIn(request: MockRequest, name: string): string | undefined {
  const value = objectOf(request)[name];
  return typeof value === 'string' ? value : undefined;
}

/** A defect of all responses to creates that the conforming mock accepts. */
export function onCreate(change: Change): Defect {
  return (response, request) => (request.created > 0 ? change(response, request) : response);
}

/** A defect of every n-th of those responses only. */
export function onEvery(n: number, change: Change): Defect {
  return onCreate((response, request) =>
    request.created % n === 0 ? change(response, request) : response,
  );
}

/** A defect of refusals: all of them, or those for the given reasons. */
export function onRefusal(reasons: readonly RefusalReason[] | 'all', change: Change): Defect {
  return (response, request) => {
    const { refusal } = request;
    if (refusal === undefined || (reasons !== 'all' && !reasons.includes(refusal))) return response;
    return change(response, request);
  };
}

export function onMethod(method: string, change: Change): Defect {
  return onRefusal(
    ['method'],
    when((request) => request.method === method, change),
  );
}

export function only(applies: (request: MockRequest) => boolean, defect: Defect): Defect {
  return (response, request) => (applies(request) ? defect(response, request) : response);
}

export function then(...defects: readonly Defect[]): Defect {
  return async (response, request) => {
    let changed = response;
    for (const defect of defects) changed = await defect(changed, request);
    return changed;
  };
}

/** A defect of the object in the body of a create. */
export function onObject(change: (object: JsonObject, request: MockRequest) => Json): Defect {
  return onCreate((response, request) => withJson(response, change(objectIn(response), request)));
}

/** A defect of one property of that object; undefined takes it away. */
export function onProperty(
  name: string,
  change: (value: string, request: MockRequest) => Json | undefined,
): Defect {
  return onObject((object, request) => {
    const value = change(String(object[name]), request);
    // the property keeps its place among the others
    if (value !== undefined) return { ...object, [name]: value };
    const { [name]: _, ...rest } = object;
    return rest;
  });
}

/** Another id, in the body and in the Location that names it. */
export function onId(change: (id: string, request: MockRequest) => string): Defect {
  return onCreate((response, request) => {
    const object = objectIn(response);
    const id = change(String(object.id), request);
    const location = header(response, 'Location')?.replace(/[^/]*$/, encodeURIComponent(id)) ?? '';
    return withHeader(withJson(response, { ...object, id }), 'Location', location);
  });
}

export function onDate(change: (text: string, request: MockRequest) => Json | undefined): Defect {
  return onProperty('deletedDateTime', change);
}

/** A defect of the error object in the body of every refusal. */
export function onError(change: (error: JsonObject) => Json): Defect {
  return onRefusal('all', (response) => {
    const { error } = objectIn(response);
    return isObject(error) ? withJson(response, change(error)) : response;
  });
}
