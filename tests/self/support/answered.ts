import type { Exchange, Response } from '../../../schemas/files/recording.ts';
import { entityType } from '../../../schemas/operation.ts';
import { exchange } from './recorded.ts';

/** The date that these creates send. */
export const sent = '2017-01-01T00:00:34.0507931+03:00';

/** How an exchange differs from a create on /me that is answered as documented. */
export interface Differing extends Partial<Omit<Response, 'body'>> {
  readonly number?: number;
  /** The created object; a text: the body as it is. */
  readonly object?: object | string;
  readonly requestCase?: Partial<Exchange['requestCase']>;
  /** Why there is no whole response; then `status` says whether there is a part of one. */
  readonly failure?: Exchange['failure'];
}

/** A create on /me and what it was answered. */
export function answered({
  number = 1,
  object,
  requestCase,
  failure,
  ...response
}: Differing = {}): Exchange {
  const documented = { '@odata.type': entityType, id: `id-${number}`, deletedDateTime: sent };
  const body = Buffer.from(
    typeof object === 'string' ? object : JSON.stringify(object ?? documented),
  );
  const headers: Response['headers'] = [
    ['Content-Type', 'application/json'],
    ['request-id', 'r-1'],
    ['client-request-id', `c-${number}`],
  ];
  const made = exchange({ headers, body, wireBytes: body.length, ...response }, number);
  const { response: whole, ...silent } = made;
  return {
    ...(failure !== undefined && response.status === undefined ? silent : made),
    requestCase: { ...made.requestCase, deletedDateTime: sent, ...requestCase },
    request: { ...made.request, headers: [['client-request-id', `c-${number}`]] },
    evidence: `recording.jsonl:${number}`,
    ...(failure && { failure }),
  };
}
