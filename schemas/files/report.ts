import type { Level, Place, Route } from '../operation.ts';
import type { Exchange, FailureKind, Header, Run } from './recording.ts';

// contract-report/report.json (schemas/files/report.json), and what it is made of.

/** What can become of a requirement (docs/verdicts.md). `error`: the target or the configuration, not the contract. */
export const outcomes = [
  'conforms',
  'deviates',
  'known deviation',
  'changed deviation',
  'stale deviation',
  'not applicable',
  'untested',
  'error',
] as const;
export type Outcome = (typeof outcomes)[number];

/** What kind of thing is wrong: findings of one code and one status are the same symptom. */
export type FindingCode =
  | 'no-route'
  | 'no-response'
  | 'error-status'
  | 'other-success'
  | 'accepted'
  | 'routes-differ'
  | 'undecodable'
  | 'not-json'
  | 'not-an-object'
  | 'wrapped'
  | 'other-body'
  | 'schema'
  | 'duplicate-name'
  | 'repeated-id'
  | 'repeated-value'
  | 'other-object'
  | 'other-id'
  | 'order'
  | 'other-instant'
  | 'context'
  | 'absent'
  | 'repeated-header'
  | 'header-value'
  | 'media-type'
  | 'charset'
  | 'metadata'
  | 'length'
  | 'slow';

/** Where in an exchange a finding lies, for whoever marks it; of a header also its name. */
type Where =
  | { readonly part: 'status' | 'body' | 'time' | 'connection'; readonly header?: never }
  | { readonly part: 'header'; readonly header: string };

/** What a check found wrong. */
export type Finding = Where & {
  readonly code: FindingCode;
  /** The status, where that is what is wrong. */
  readonly status?: number;
  /** What the finding really is, where this one only repeats it. */
  readonly cause?: { readonly requirement: string; readonly received: string };
  /** A stable text, without ids and dates: declared deviations are compared with it. */
  readonly received: string;
  /** What differs from request to request: values, places, amounts. */
  readonly detail?: string;
  /** What the target does wrong, as the rest of a sentence that begins with it, where that says more than the received text. */
  readonly wrong?: string;
};

/** The first exchange that shows a finding. */
export interface Evidence {
  readonly request: string;
  readonly at: string;
  /** The target's own id of it, where it gave one. */
  readonly requestId?: string;
  /** Ours, as it was sent. */
  readonly clientRequestId?: string;
  /** File and line of the recording. */
  readonly recorded: string;
}

/** A requirement against what a target answered, on one route or over both. */
export interface Verdict {
  readonly requirement: string;
  readonly level: Level;
  readonly source: string;
  readonly text: string;
  readonly route: Place;
  readonly outcome: Outcome;
  /** Whether it fails the run. */
  readonly failing: boolean;
  readonly expected: string;
  readonly received: string;
  readonly detail?: string;
  readonly wrong?: string;
  /** What kind of finding it is; of several kinds: mixed. */
  readonly code?: FindingCode | 'mixed';
  readonly status?: number;
  readonly cause?: string;
  readonly part?: Where['part'];
  readonly header?: string;
  /** Ids of requirements whose deviation may be the cause of this one. */
  readonly dependsOn?: readonly string[];
  /** Why it is not applicable, untested or an error; or why the deviation is declared. */
  readonly reason?: string;
  /** Where the deviation is declared; `over`: its last day, where that is past. */
  readonly declared?: { readonly file: string; readonly entry: number; readonly over?: string };
  /** Of an error: the code of the connection's failure, such as ECONNREFUSED. */
  readonly failureCode?: string;
  readonly requests: number;
  readonly failingRequests: number;
  readonly exchange?: Evidence;
}

/** A verdict, and the exchange behind it for whoever shows it. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly exchange?: Exchange;
}

/** A deviation that is known and declared, so that only a change of it fails a run (schemas/files/deviations.json). */
export interface Deviation {
  readonly requirement: string;
  readonly route?: Route;
  readonly received: string;
  readonly reason: string;
  readonly since: string;
  readonly until?: string;
  readonly link?: string;
}

/** A declared deviation as it was read. */
export interface Declared extends Deviation {
  /** The file that declares it, and its number there, from 1. */
  readonly file: string;
  readonly entry: number;
  /** Whether its last day is over. */
  readonly isOver: boolean;
}

/** How long the whole responses to one route's creates took, in milliseconds. */
export interface Percentiles {
  readonly requests: number;
  readonly p50: number;
  readonly p95: number;
}

export type Latency = Readonly<Partial<Record<Route, Percentiles>>>;

/** The request at which a target stopped answering for good. */
export interface Collapse extends Evidence {
  /** How the request ended. */
  readonly failure: FailureKind;
  /** Whether nothing could be connected to afterwards. */
  readonly isGone: boolean;
}

/** How the sending of a run went. */
export interface Sending {
  /** Exchanges that were recorded. */
  readonly requests: number;
  /** Whether every request was sent. */
  readonly complete: boolean;
  /** Why not. */
  readonly reason?: string;
  /** Requests that were not sent, as far as that is known. */
  readonly skipped?: number;
  /** Requests that the target deferred, with 429 or with 503, and that are not judged. */
  readonly deferred?: number;
  /** Whole responses that were recorded in part, and judged without their bodies. */
  readonly cut?: number;
  /** Whether the run was ended before all was sent: killed, or stopped in order. */
  readonly interrupted?: true;
  readonly collapse?: Collapse;
}

export interface Report {
  /** Whether the run passed, and why, in one line; absent before it is compared. */
  readonly status?: string;
  readonly run: string;
  readonly target: string;
  readonly baseUrl: string;
  readonly startedAt: string;
  readonly suiteVersion: string;
  readonly seed: number;
  readonly latency: Latency;
  readonly configuration: Run['configuration'];
  readonly failing: boolean;
  readonly sending: Sending;
  /** How many requirements the suite can judge, whatever part of them was judged now. */
  readonly requirements: number;
  readonly summary: Readonly<Record<Outcome, number>>;
  readonly verdicts: readonly Verdict[];
}

/** One side of an exchange as text that cannot move a reader's screen. */
export interface ShownSide {
  readonly line: string;
  readonly headers: readonly Header[];
  readonly body: string;
}

/** An exchange as every report shows it: printable, and of a size that a page can hold. */
export interface ShownExchange {
  readonly title: string;
  readonly why: string;
  readonly ms: number;
  readonly request: ShownSide;
  readonly response?: ShownSide;
  /** Why no whole response came. */
  readonly failure?: string;
  /** The command that sends the same request again. */
  readonly curl: string;
}

/** A received text of version 0.2 in the words of today: declared deviations and histories may hold such. */
export function inCurrentWords(received: string): string {
  return received
    .replaceAll('no whole answer', 'no whole response')
    .replace(/^\/me: no answer;/, '/me: no response;')
    .replace(/; \/users: no answer$/, '; /users: no response')
    .replace(/^(\/me): taken;/, '$1: accepted;')
    .replace(/; \/users: taken$/, '; /users: accepted');
}
