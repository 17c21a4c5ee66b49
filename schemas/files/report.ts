import type { Level, Route } from '../operation.ts';
import type { Exchange, Run } from './recording.ts';
/** How long the whole responses to one route's creates took, in milliseconds. */
export interface Percentiles {
  readonly requests: number;
  readonly p50: number;
  readonly p95: number;
}

export type Latency = Readonly<Partial<Record<Route, Percentiles>>>;

export const outcomes = [
  'conforms',
  'deviates',
  'known deviation',
  'changed deviation',
  'stale deviation',
  'not applicable',
  'untested',
  'not judged',
] as const;

export type Outcome = (typeof outcomes)[number];

export interface Evidence {
  readonly request: string;
  readonly at: string;
  readonly requestId?: string;
  /** File and line of the recording. */
  readonly recorded: string;
}

/** A requirement against what a target answered, on one route or (`both`) over both. */
export interface Verdict {
  readonly requirement: string;
  readonly level: Level;
  readonly source: string;
  readonly text: string;
  readonly route: Route | 'both';
  readonly outcome: Outcome;
  /** Whether it fails the run. */
  readonly failing: boolean;
  readonly expected: string;
  readonly received: string;
  readonly detail?: string;
  readonly part?: Part;
  /** Why it is not applicable, untested or not judged; or why the deviation is declared. */
  readonly reason?: string;
  readonly requests: number;
  readonly failingRequests: number;
  /** The first exchange that shows the finding. */
  readonly exchange?: Evidence;
}

/** A verdict, and the exchange behind it for whoever shows it. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly exchange?: Exchange;
}

/** Where in an exchange the finding lies, for whoever marks it. */
export type Part = 'status' | 'body' | 'time' | 'connection' | `header ${string}`;

/** What a check found wrong. */
export interface Finding {
  /** A stable text, without ids and dates: declared deviations are compared with it. */
  readonly received: string;
  /** What differs from call to call: values, places, amounts. */
  readonly detail?: string;
  readonly part: Part;
}

/** A deviation that is known and declared, so that only a change of it turns a run red. */
export interface Deviation {
  readonly requirement: string;
  readonly route?: Route;
  readonly received: string;
  readonly reason: string;
  readonly since: string;
  readonly until?: string;
  readonly link?: string;
}

/** contract-report/report.json (schemas/files/report.json). */
export interface Report {
  readonly run: string;
  readonly target: string;
  readonly baseUrl: string;
  readonly startedAt: string;
  readonly suiteVersion: string;
  readonly seed: number;
  readonly latency: Latency;
  readonly configuration: Run['configuration'];
  readonly failing: boolean;
  readonly summary: Readonly<Record<Outcome, number>>;
  readonly verdicts: readonly Verdict[];
}
