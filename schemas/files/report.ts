import type { Level, Place, Route } from '../operation.ts';
import type { Finding } from './finding.ts';
import type { Exchange, FailureKind, Run } from './recording.ts';

// What a recording is judged to, and what is declared of a target. The report is made of it: tests/report/model/model.ts.

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

/** The first exchange that shows a finding. */
export interface Evidence {
  readonly request: string;
  readonly at: string;
  readonly requestId?: string;
  readonly clientRequestId?: string;
  /** File and line of the recording. */
  readonly recorded: string;
}

/**
 * What a requirement came to, on one route or over all of them: its finding, where it has one.
 * `received`: '' where nothing was judged; `kind`, `status`: only where every failing request shows the same.
 */
interface Result extends Omit<Finding, 'cause'> {
  readonly outcome: Outcome;
  readonly failing: boolean;
  /** Requests that were judged, and those of them that show a deviation. */
  readonly requests: number;
  readonly failingRequests: number;
  /** The requirement whose finding this one repeats. */
  readonly cause?: string;
  /** Why it is not applicable, untested or an error; or why the deviation is declared. */
  readonly reason?: string;
  /** Where the deviation is declared; `over`: its last day, where that is past. */
  readonly declared?: { readonly file: string; readonly entry: number; readonly over?: string };
  /** Of an error: the code of the connection's failure, such as ECONNREFUSED. */
  readonly failureCode?: string;
  readonly exchange?: Evidence;
}

export interface RouteVerdict extends Result {
  readonly route: Place;
}

/** A requirement against what a target answered: the worst of its routes, with the requests of all. */
export interface Verdict extends Result {
  readonly requirement: string;
  readonly level: Level;
  readonly source: string;
  readonly text: string;
  /** undefined: nobody can judge it. */
  readonly expected?: string;
  /** Ids of requirements whose deviation may be the cause of this one. */
  readonly dependsOn: readonly string[];
  readonly routes: readonly RouteVerdict[];
}

/** A deviation that is known and declared, so that only a change of it fails a run (schemas/deviations.json). */
export interface Deviation {
  readonly requirement: string;
  readonly route?: Route;
  readonly received: string;
  readonly reason: string;
  readonly since: string;
  readonly until?: string;
  readonly link?: string;
}

export interface Declared extends Deviation {
  readonly file: string;
  readonly entry: number;
  readonly isOver: boolean;
}

/** The request at which a target stopped answering for good. */
export interface Collapse extends Evidence {
  readonly failure: FailureKind;
  /** Whether nothing could be connected to afterwards. */
  readonly isGone: boolean;
}

/** How the sending of a run went. */
export interface Sending {
  readonly requests: number;
  readonly complete: boolean;
  readonly reason?: string;
  readonly skipped?: number;
  /** By the target, with 429 or 503. */
  readonly deferred?: number;
  /** Whether the run was ended before all was sent: killed, or stopped in order. */
  readonly interrupted?: true;
  readonly collapse?: Collapse;
}

/** What was seen, breaks no rule and is worth knowing. */
export interface Note {
  readonly text: string;
  readonly exchange?: Evidence;
}

export interface Judged {
  readonly run: Run;
  readonly sending: Sending;
  /** One for each requirement that is judged in the run, in the order of the table. */
  readonly verdicts: readonly Verdict[];
  readonly notes: readonly Note[];
  /** The exchange that an evidence names; undefined: none. */
  readonly exchangeOf: (evidence: Evidence | undefined) => Exchange | undefined;
}
