import type { RequestCase } from '../../fixtures/requests/documented.ts';

export type Header = readonly [name: string, value: string];

/** Why no whole answer came. `unreachable`: no connection at all; the rest is the target's doing. */
export type FailureKind =
  | 'unreachable'
  | 'dropped'
  | 'reset'
  | 'cut off'
  | 'timed out'
  | 'unreadable'
  | 'undecodable'
  | 'too large';

/** What came back: also the part of an answer that was cut off. Bodies are bytes, decoded from any Content-Encoding. */
export interface Response {
  readonly status: number;
  readonly reason: string;
  readonly headers: readonly Header[];
  readonly body: Buffer;
  /** Bytes of body on the wire; undefined where its length is not for Content-Length to say (chunked). */
  readonly wireBytes: number | undefined;
}

/** One call and what became of it, as it is recorded and judged. */
export interface Exchange {
  readonly requestCase: Pick<RequestCase, 'name' | 'kind' | 'route' | 'why' | 'deletedDateTime'> & {
    /** Its place among the calls of the run, from 1. */
    readonly number: number;
  };
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: readonly Header[];
    readonly body: Buffer;
  };
  /** When the call was fired, ISO 8601 in UTC. */
  readonly at: string;
  /** Milliseconds until the whole answer was there, or until the call was given up. */
  readonly ms: number;
  readonly response?: Response;
  readonly failure?: { readonly kind: FailureKind; readonly detail: string };
  /** `run/line` of the recording, once recorded. */
  readonly evidence?: string;
}

/** An answer as the client hands it over: whole, and its body decoded. */
export type ReceivedResponse = Omit<Response, 'wireBytes'>;

/** Node's flat list of names and values as pairs. */
export function headerPairs(rawHeaders: readonly string[]): Header[] {
  return rawHeaders.flatMap((name, i): Header[] =>
    i % 2 === 0 ? [[name, rawHeaders[i + 1] ?? '']] : [],
  );
}

/** Whether the bytes on the wire are the body that Content-Length counts. */
export function isCountable(headers: Response['headers']): boolean {
  return headerValues(headers, 'transfer-encoding').length === 0;
}

/** Every value of a header, in the order they came; names compare without regard to case. */
export function headerValues(headers: readonly Header[], name: string): string[] {
  return headers
    .filter(([each]) => each.toLowerCase() === name.toLowerCase())
    .map(([, value]) => value);
}
