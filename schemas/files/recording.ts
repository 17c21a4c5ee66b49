import { join } from 'node:path';
import type { Level, Route } from '../operation.ts';

/** What the Authorization header holds; only the HTTP client puts the token in. */
// biome-ignore format: a list of words
export type Credential =
  | 'token' | 'none' | 'wrong' | 'other-scheme' | 'personal' | 'scheme-alone' | 'empty-token' | 'no-scheme'
  | 'twice' | 'two-headers' | 'altered' | 'altered-start' | 'altered-middle' | 'altered-end' | 'cut' | 'prolonged';

/** How a request is written, where not as every other one. */
export type WireForm = Readonly<{
  /** null: none. */
  accept?: string | null;
  scheme?: string;
  headerNames?: 'lower case';
  requestId?: 'upper case';
  body?: 'chunked';
  /** One for all of these requests, one after another. */
  connection?: 'kept';
}>;

/** Before it is sent: a `negative` is to be refused, a `probe` may be; `undo` takes a create back. */
export type RequestCase = Readonly<{
  name: string;
  kind: 'example' | 'create' | 'equivalent' | 'negative' | 'probe' | 'undo';
  route: Route;
  why: string;
  /** The one that judges it; many judge a create. */
  requirement?: string | undefined;
  /** The clause, where it is not its requirement's. */
  source?: string | undefined;
  /** Whether a tenant and a slow target are not spared it. */
  onTenant?: true;
  /** Whether it is sent together with the others of these. */
  isTogether?: true;
  method: string;
  /** Below the service root, percent-encoded. */
  path: string;
  credential: Credential;
  contentType: string | undefined;
  body: Buffer | undefined;
  id?: string;
  deletedDateTime: string | undefined;
  form?: WireForm | undefined;
}>;

export type Header = readonly [name: string, value: string];

/** What came back, also where it was cut off. */
export type Response = Readonly<{
  status: number;
  reason: string;
  headers: readonly Header[];
  /** Decoded from any Content-Encoding. */
  body: Buffer;
  /** Bytes behind the head; undefined where they are chunks, but for HEAD, 204 and 304. */
  wireBytes: number | undefined;
  /** Why the body is not kept, in words. */
  notKept?: string | undefined;
}>;

/** `unreachable`: no connection at all; the rest is the target's doing. */
// biome-ignore format: a list of words
export type FailureKind =
  'unreachable' | 'dropped' | 'reset' | 'cut off' | 'timed out' | 'unreadable' | 'undecodable';

/** A request and what became of it. */
export type Exchange = Readonly<{
  requestCase: Pick<
    RequestCase,
    'name' | 'kind' | 'route' | 'why' | 'requirement' | 'source' | 'deletedDateTime' | 'form'
  > & {
    readonly number: number;
  };
  request: Readonly<{ method: string; url: string; headers: readonly Header[]; body: Buffer }>;
  at: string;
  ms: number;
  response?: Response | undefined;
  /** Whether its connection had served another. */
  isReused?: true | undefined;
  /** `detail`: in words; `code`: for whoever gives a hint. */
  failure?: Readonly<{ kind: FailureKind; detail: string; code?: string }> | undefined;
  /** `file:line` of the recording. */
  evidence?: string;
}>;

/** The first line of a recording. */
export type Run = Readonly<{
  run: string;
  startedAt: string;
  suiteVersion: string;
  target: string;
  baseUrl: string;
  routes: readonly Route[];
  /** Routes that are not asked, with the reason. */
  notApplicable: Readonly<Partial<Record<Route, string>>>;
  seed: number;
  slowMs: number;
  /** The requirements whose requests alone were to be sent. */
  narrowedTo?: readonly string[];
  levels?: readonly Level[];
  configuration: Readonly<Record<string, string | number | boolean>>;
}>;

/** The last line: how the sending ended. */
export type End = Readonly<{
  complete: boolean;
  /** Whether the run was ended early, as by Ctrl-C. */
  interrupted?: true;
  reason?: string;
  skipped?: number;
  /** How many the target put off by 429 or 503. */
  deferred?: number;
  /** From which request on the target refused the run's own token. */
  refusedFrom?: number;
  /** Which requests were sent again with a renewed token. */
  renewedFor?: readonly number[];
}>;

export type Recording = Readonly<{
  path: string;
  run: Run;
  /** In the order in which they ended, one for each time a request was sent. */
  exchanges: readonly Exchange[];
  end?: End | undefined;
}>;

/** Whether it is a create as documented. */
export function isCreate({ kind }: Pick<RequestCase, 'kind'>) {
  return kind === 'create' || kind === 'example';
}

export function recordingsFolder(report: string) {
  return join(report, 'exchanges');
}

export function ownRecording(report: string, run: string) {
  return join(recordingsFolder(report), `${run}.jsonl`);
}

/** What of a request is the same in a recording and in its replay. */
export function requestKey({ route, name }: Pick<RequestCase, 'route' | 'name'>) {
  return `${name} on ${route}`;
}

export const requestIdHeader = 'client-request-id';

/** Every value of a header, in the order they came (RFC 9110 §5.1: names in any case). */
export function headerValues(headers: readonly Header[], name: string) {
  const isNamed = ([each]: Header) => each.toLowerCase() === name.toLowerCase();
  return headers.filter(isNamed).map(([, value]) => value);
}

/** Whether Content-Length counts the bytes of the body (RFC 9112 §6.3). */
export function isCountable(headers: readonly Header[]) {
  return headerValues(headers, 'transfer-encoding').length === 0;
}
