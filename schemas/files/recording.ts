import { join } from 'node:path';
import type { Level, Route } from '../operation.ts';

// A recording (schemas/files/recording.json): a line for the run, one for each exchange, one for the end.

/** What the Authorization header of a request holds; only the HTTP client puts the token in. */
// biome-ignore format: a list of words
export type Credential =
  | 'token' | 'none' | 'wrong' | 'other-scheme' | 'personal' | 'scheme-alone' | 'empty-token' | 'no-scheme'
  | 'twice' | 'two-headers' | 'altered' | 'altered-start' | 'altered-middle' | 'altered-end' | 'cut' | 'prolonged';

/** How a request is written on the wire, where that is not as every other one. */
export interface WireForm {
  /** The value of Accept; null: none is sent. */
  readonly accept?: string | null;
  /** The scheme before the token, in another spelling than Bearer. */
  readonly scheme?: string;
  /** The letters of the header names: `fetch` writes small ones. */
  readonly headerNames?: 'lower case';
  /** The letters of the client-request-id. */
  readonly requestId?: 'upper case';
  /** The body in pieces that name their length, without Content-Length (RFC 9112 §7.1). */
  readonly body?: 'chunked';
  /** One connection for all of these requests, one after another (RFC 9112 §9.3). */
  readonly connection?: 'kept';
}

/** One request, before it is sent: of a `negative` refusal is expected, of a `probe` either; `undo` takes a create back. */
export interface RequestCase {
  readonly name: string;
  readonly kind: 'example' | 'create' | 'equivalent' | 'negative' | 'probe' | 'undo';
  readonly route: Route;
  readonly why: string;
  /** The id of the requirement that judges it: of every request but the creates, which many judge. */
  readonly requirement?: string | undefined;
  /** The clause that it departs from, or that allows it, where that is not its requirement's. */
  readonly source?: string | undefined;
  /** Whether a tenant and a slow target are sent it too, where they are spared others of its requirement. */
  readonly onTenant?: true;
  /** Whether it is sent at the same time as the others of these. */
  readonly isTogether?: true;
  readonly method: string;
  /** The path below the service root, percent-encoded. */
  readonly path: string;
  readonly credential: Credential;
  readonly contentType: string | undefined;
  readonly body: Buffer | undefined;
  readonly id?: string;
  readonly deletedDateTime: string | undefined;
  readonly form?: WireForm | undefined;
}

export type Header = readonly [name: string, value: string];

/** What came back, also where it was cut off; the body decoded from any Content-Encoding. */
export interface Response {
  readonly status: number;
  readonly reason: string;
  readonly headers: readonly Header[];
  readonly body: Buffer;
  /** Bytes behind the head; undefined where Content-Length does not count them (chunked). Of a HEAD, a 204 and a 304 always. */
  readonly wireBytes: number | undefined;
  /** Why the body is not kept, in words: then it is empty. */
  readonly notKept?: string;
}

/** `unreachable`: no connection at all; the rest is the target's doing. */
// biome-ignore format: a list of words
export type FailureKind =
  'unreachable' | 'dropped' | 'reset' | 'cut off' | 'timed out' | 'unreadable' | 'undecodable';

/** One request and what became of it, as it is recorded and judged. */
export interface Exchange {
  readonly requestCase: Pick<
    RequestCase,
    'name' | 'kind' | 'route' | 'why' | 'requirement' | 'source' | 'deletedDateTime' | 'form'
  > & {
    /** Its place in the run, from 1. */
    readonly number: number;
  };
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: readonly Header[];
    readonly body: Buffer;
  };
  /** ISO 8601 in UTC. */
  readonly at: string;
  /** Until the whole response was there, or the request was given up. */
  readonly ms: number;
  readonly response?: Response;
  /** Whether it went over a connection that had served another request. */
  readonly isReused?: true;
  /** `detail`: in words; `code`: for whoever gives a hint. */
  readonly failure?: {
    readonly kind: FailureKind;
    readonly detail: string;
    readonly code?: string;
  };
  /** `file:line` of the recording, once it is read from there. */
  readonly evidence?: string;
}

/** The run a recording belongs to: its first line. */
export interface Run {
  readonly run: string;
  readonly startedAt: string;
  readonly suiteVersion: string;
  readonly target: string;
  readonly baseUrl: string;
  readonly routes: readonly Route[];
  /** Routes that the target cannot have, with the reason; they are not asked. */
  readonly notApplicable: Readonly<Partial<Record<Route, string>>>;
  readonly seed: number;
  readonly slowMs: number;
  /** The requirements whose requests alone were sent; undefined: every request was to be sent. */
  readonly narrowedTo?: readonly string[];
  /** The levels whose requests alone were sent; undefined: those of all. */
  readonly levels?: readonly Level[];
  readonly configuration: Readonly<Record<string, string | number | boolean>>;
}

/** How the sending ended: the last line. A recording without one was interrupted. */
export interface End {
  /** Whether every request was sent. */
  readonly complete: boolean;
  /** Whether the run was ended early, as by Ctrl-C: what it sent is no whole run. */
  readonly interrupted?: true;
  /** Why not every request was sent. */
  readonly reason?: string;
  /** How many were not sent. */
  readonly skipped?: number;
  /** Requests that the target deferred (503 with Retry-After, or 429 again and again), and that are not judged. */
  readonly deferred?: number;
  /** The number of the request from which on the target refused the run's own token, where it did. */
  readonly refusedFrom?: number;
  /** The numbers of requests that it refused the token for, and that were sent again once it was renewed. */
  readonly renewedFor?: readonly number[];
}

/** What a run sent and what came back, as it was recorded. */
export interface Recording {
  readonly path: string;
  readonly run: Run;
  /** In the order in which they ended; a request that was sent again stands there again. */
  readonly exchanges: readonly Exchange[];
  /** Undefined: the run was interrupted. */
  readonly end?: End | undefined;
}

/** Whether it is a create as the page documents it, the example among them. */
export function isCreate({ kind }: Pick<RequestCase, 'kind'>): boolean {
  return kind === 'create' || kind === 'example';
}

/** Where a report folder holds its recordings. */
export function recordingsFolder(report: string): string {
  return join(report, 'exchanges');
}

/** Where a report folder holds the recording of a run. */
export function ownRecording(report: string, run: string): string {
  return join(recordingsFolder(report), `${run}.jsonl`);
}

/** What of a request is the same in a recording and in its replay. */
export function requestKey({ route, name }: Pick<RequestCase, 'route' | 'name'>): string {
  return `${name} on ${route}`;
}

/** The header that identifies a request, on the wire and in the service's logs. */
export const requestIdHeader = 'client-request-id';

/** Every value of a header, in the order they came; names compare without regard to case (RFC 9110 §5.1). */
export function headerValues(headers: readonly Header[], name: string): string[] {
  return headers
    .filter(([each]) => each.toLowerCase() === name.toLowerCase())
    .map(([, value]) => value);
}

/** Whether the bytes on the wire are the body that Content-Length counts (RFC 9112 §6.3). */
export function isCountable(headers: readonly Header[]): boolean {
  return headerValues(headers, 'transfer-encoding').length === 0;
}
