import type { Exchange, Response } from '../../../schemas/files/recording.ts';
import { created } from '../../../schemas/operation.ts';
import type { Finding } from '../requirement.ts';
import { isObject, jsonOf } from './json.ts';
import { objectOf } from './object.ts';

/** Which responses to a negative request are right. */
export interface Accepted {
  readonly statuses: readonly number[];
  /** A response that is right though it refuses nothing: its status, and what it must hold. */
  readonly or?: {
    readonly status: number;
    readonly what: string;
    readonly holds: (exchange: Exchange) => boolean;
  };
}

/** Statuses for a body that cannot be used. */
export const badBody = [400, 422];
/** A method or path that is not there: frameworks and the service differ, and no document decides. */
export const notSupported = [400, 403, 404, 405, 501];

/** A create, where the request may be accepted as well. */
export const withObject = {
  status: created.status,
  what: 'the object',
  holds: (exchange: Exchange) => objectOf(exchange) !== undefined,
};

/** OData 4.01 11.2.8: reading a collection of references is legal, where a service offers it. */
export function listsReferences({ response }: Exchange): boolean {
  if (response === undefined) return false;
  const json = jsonOf(response);
  return 'value' in json && isObject(json.value) && Array.isArray(json.value.value);
}

/** What is wrong with a response to a negative request; undefined: it is one of those that are right. */
export function refusalFinding(
  exchange: Exchange,
  { status }: Response,
  { statuses, or }: Accepted,
): Finding | undefined {
  if (statuses.includes(status)) return undefined;
  const received = String(status);
  if (status >= 300) return { code: 'error-status', status, received, part: 'status' };
  // Where a success may be right, another one is a wrong status, and not a check that is missing.
  const kind = or === undefined && { code: 'accepted', kind: 'accepted' as const };
  if (or?.status !== status) return { ...kind, status, received, part: 'status' };
  if (exchange.response?.notKept !== undefined || or.holds(exchange)) return undefined;
  return { code: 'other-body', received: `${status} with something else`, part: 'body' };
}
