import type { RefusalReason } from '../../../../fixtures/mock/defect.ts';
import { isObject, type Json, type JsonObject } from '../../../../fixtures/mock/request.ts';
import type { Defect, MockRequest, MockResponse } from '../../../../fixtures/mock/server.ts';
import { objectIn, withJson } from './rewrite.ts';

/** What a defect does to the answers it concerns. */
export type Change = (answer: MockResponse, request: MockRequest) => MockResponse;

/** A change made only where it applies. */
export function when(applies: (request: MockRequest) => boolean, change: Change): Change {
  return (answer, request) => (applies(request) ? change(answer, request) : answer);
}

/** Whether a request's body matches. */
export function sends(pattern: RegExp): (request: MockRequest) => boolean {
  return (request) => pattern.test(request.body.toString());
}

/** A defect of all answers to creates the conforming mock accepts. */
export function onCreate(change: Change): Defect {
  return (answer, request) => (request.created > 0 ? change(answer, request) : answer);
}

/** A defect of every n-th of those answers only. */
export function onEvery(n: number, change: Change): Defect {
  return onCreate((answer, request) =>
    request.created % n === 0 ? change(answer, request) : answer,
  );
}

/** A defect of refusals: all of them, or those on the given grounds. */
export function onRefusal(grounds: readonly RefusalReason[] | 'all', change: Change): Defect {
  return (answer, request) => {
    const { refusal } = request;
    if (refusal === undefined || (grounds !== 'all' && !grounds.includes(refusal))) return answer;
    return change(answer, request);
  };
}

/** A defect of refusals of one method on a route. */
export function onMethod(method: string, change: Change): Defect {
  return onRefusal(
    ['method'],
    when((request) => request.method === method, change),
  );
}

/** A defect confined to the route `/users/{usersId}`. */
export function onUsers(defect: Defect): Defect {
  return (answer, request) => (request.route === 'users' ? defect(answer, request) : answer);
}

/** A defect that answers requests refused on these grounds as if they were conforming. */
export function accepting(...grounds: RefusalReason[]): Defect {
  return onRefusal(grounds, (_, request) => request.accept());
}

/** A defect of the object in the body of a create. */
export function onObject(change: (object: JsonObject, request: MockRequest) => Json): Defect {
  return onCreate((answer, request) => withJson(answer, change(objectIn(answer), request)));
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

/** A defect of `deletedDateTime`. */
export function onDate(change: (text: string, request: MockRequest) => Json | undefined): Defect {
  return onProperty('deletedDateTime', change);
}

/** A defect of the error object in the body of every refusal. */
export function onError(change: (error: JsonObject) => Json): Defect {
  return onRefusal('all', (answer) => {
    const { error } = objectIn(answer);
    return isObject(error) ? withJson(answer, change(error)) : answer;
  });
}
