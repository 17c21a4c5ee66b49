import { join } from 'node:path';
import type { Level, Route } from '../operation.ts';

/** What the Authorization header holds; only the HTTP client puts the token in. */
// biome-ignore format: a list of words
export type Credential =
  | 'token' | 'none' | 'wrong' | 'other-scheme' | 'personal' | 'scheme-alone' | 'empty-token' | 'no-scheme'
  | 'twice' | 'two-headers' | 'altered' | 'altered-start' | 'altered-middle' | 'altered-end' | 'cut' | 'prolonged';

/** How a request is written, where not as every other one. */
export interface WireForm {
  /** null: none. */
  readonly accept?: string | null;
  readonly scheme?: string;
  readonly headerNames?: 'lower case';
  readonly requestId?: 'upper case';
  readonly body?: 'chunked';
  /** One for all of these requests, one after another. */
  readonly connection?: 'kept';
}

/** Before it is sent: a `negative` is to be refused, a `probe` may be; `undo` takes a create back. */
export interface RequestCase {
  readonly name: string;
  readonly kind: 'example' | 'create' | 'equivalent' | 'negative' | 'probe' | 'undo';
  readonly route: Route;
  readonly why: string;
  /** The one that judges it; many judge a create. */
  readonly requirement?: string | undefined;
  /** The clause, where it is not its requirement's. */
  readonly source?: string | undefined;
  /** Whether a tenant and a slow target are not spared it. */
  readonly onTenant?: true;
  /** Whether it is sent together with the others of these. */
  readonly isTogether?: true;
  readonly method: string;
  /** Below the service root, percent-encoded. */
  readonly path: string;
  readonly credential: Credential;
  readonly contentType: string | undefined;
  readonly body: Buffer | undefined;
  readonly id?: string;
  readonly deletedDateTime: string | undefined;
  readonly form?: WireForm | undefined;
}

export type Header = readonly [name: string, value: string];

/** What came back, also where it was cut off. */
export interface Response {
  readonly status: number;
  readonly reason: string;
  readonly headers: readonly Header[];
  /** Decoded from any Content-Encoding. */
  readonly body: Buffer;
  /** Bytes behind the head; undefined where they are chunks, but for HEAD, 204 and 304. */
  readonly wireBytes: number | undefined;
  /** Why the body is not kept, in words. */
  readonly notKept?: string | undefined;
}

/** `unreachable`: no connection at all; the rest is the target's doing. */
// biome-ignore format: a list of words
export type FailureKind =
  'unreachable' | 'dropped' | 'reset' | 'cut off' | 'timed out' | 'unreadable' | 'undecodable';

/** A request and what became of it. */
export interface Exchange {
  readonly requestCase: Pick<
    RequestCase,
    'name' | 'kind' | 'route' | 'why' | 'requirement' | 'source' | 'deletedDateTime' | 'form'
  > & {
    readonly number: number;
  };
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: readonly Header[];
    readonly body: Buffer;
  };
  readonly at: string;
  readonly ms: number;
  readonly response?: Response | undefined;
  /** Whether its connection had served another. */
  readonly isReused?: true | undefined;
  /** `detail`: in words; `code`: for whoever gives a hint. */
  readonly failure?:
    | { readonly kind: FailureKind; readonly detail: string; readonly code?: string }
    | undefined;
  /** `file:line` of the recording. */
  readonly evidence?: string;
}

/** The first line of a recording. */
export interface Run {
  readonly run: string;
  readonly startedAt: string;
  readonly suiteVersion: string;
  readonly target: string;
  readonly baseUrl: string;
  readonly routes: readonly Route[];
  /** Routes that are not asked, with the reason. */
  readonly notApplicable: Readonly<Partial<Record<Route, string>>>;
  readonly seed: number;
  readonly slowMs: number;
  /** The requirements whose requests alone were to be sent. */
  readonly narrowedTo?: readonly string[];
  readonly levels?: readonly Level[];
  readonly configuration: Readonly<Record<string, string | number | boolean>>;
}

/** The last line: how the sending ended. */
export interface End {
  readonly complete: boolean;
  /** Whether the run was ended early, as by Ctrl-C. */
  readonly interrupted?: true;
  readonly reason?: string;
  readonly skipped?: number;
  /** How many the target put off by 429 or 503. */
  readonly deferred?: number;
  /** From which request on the target refused the run's own token. */
  readonly refusedFrom?: number;
  /** Which requests were sent again with a renewed token. */
  readonly renewedFor?: readonly number[];
}

export interface Recording {
  readonly path: string;
  readonly run: Run;
  /** In the order in which they ended, one for each time a request was sent. */
  readonly exchanges: readonly Exchange[];
  readonly end?: End | undefined;
}

/** Whether it is a create as documented. */
export function isCreate({ kind }: Pick<RequestCase, 'kind'>): boolean {
  return kind === 'create' || kind === 'example';
}

export function recordingsFolder(report: string): string {
  return join(report, 'exchanges');
}

export function ownRecording(report: string, run: string): string {
  return join(recordingsFolder(report), `${run}.jsonl`);
}

/** What of a request is the same in a recording and in its replay. */
export function requestKey({ route, name }: Pick<RequestCase, 'route' | 'name'>): string {
  return `${name} on ${route}`;
}

export const requestIdHeader = 'client-request-id';

/** Every value of a header, in the order they came (RFC 9110 §5.1: names in any case). */
export function headerValues(headers: readonly Header[], name: string): string[] {
  const isNamed = ([each]: Header) => each.toLowerCase() === name.toLowerCase();
  return headers.filter(isNamed).map(([, value]) => value);
}

/** Whether Content-Length counts the bytes of the body (RFC 9112 §6.3). */
export function isCountable(headers: readonly Header[]): boolean {
  return headerValues(headers, 'transfer-encoding').length === 0;
}
