import type { JudgedRoute, Level, Route } from '../operation.ts';
import type { Finding, Optional } from './finding.ts';
import type { End, Exchange, FailureKind, Run } from './recording.ts';

// What a recording is judged to, and what is declared of a target.

/** docs/verdicts.md. `error`: the target or the configuration, not the contract. */
// biome-ignore format: a list of words
export const outcomes = [
  'conforms', 'deviates', 'known deviation', 'changed deviation', 'stale deviation',
  'not applicable', 'untested', 'error',
] as const;
export type Outcome = (typeof outcomes)[number];

export type Evidence = Readonly<{ request: string; name: string; at: string; recorded: string }> &
  Optional<{ failure: FailureKind; requestId: string; clientRequestId: string }>;

/** Its finding, where it has one; `kind`, `status`: where every failing request shows the same. */
export type Judgement = Omit<Finding, 'cause'> &
  Readonly<{
    outcome: Outcome;
    failing: boolean;
    requests: number;
    failingRequests: number;
  }> &
  Optional<{
    /** The requirement whose finding this one repeats. */
    cause: string;
    /** Why it was not judged, or why the deviation is declared. */
    reason: string;
    /** `over`: the last day of the declaration, where that is past. */
    declared: Pick<Declared, 'file' | 'entry' | 'received'> & Optional<{ over: string }>;
    failureCode: string;
    /** What every failing request was answered, where no document knows such an answer. */
    undocumented: string;
    /** Untested, because the answers were larger than what is kept. */
    isNotKept: true;
    exchange: Evidence;
  }>;

export type RouteVerdict = Judgement & { readonly route: JudgedRoute };

/** The worst of its routes, with the requests of all. */
export type Verdict = Judgement &
  Readonly<{
    requirement: string;
    level: Level;
    source: string;
    text: string;
    /** undefined: nobody can judge it. */
    expected: string | undefined;
    /** Requirements whose deviation may be the cause of this one. */
    dependsOn: readonly string[];
    asks: 'create' | 'request';
    routes: readonly RouteVerdict[];
  }>;

export type Deviation = Readonly<{
  requirement: string;
  route?: Route;
  received: string;
  reason: string;
  since: string;
  until?: string;
  link?: string;
}>;

export type Declared = Deviation & Readonly<{ file: string; entry: number; isOver: boolean }>;

/** The last request that was answered not at all; `isGone`: nor could be connected to. */
export type Collapse = Evidence & { readonly isGone: boolean };

/** How the sending ended, and how many requests reached the target. */
export type Sending = End & Readonly<{ requests: number; collapse?: Collapse | undefined }>;

/** What was seen, breaks no rule and is worth knowing. */
export type Note = Readonly<{ text: string; exchange?: Evidence }>;

export type JudgedRun = Readonly<{
  /** Of the recording. */
  path: string;
  run: Run;
  sending: Sending;
  verdicts: readonly Verdict[];
  notes: readonly Note[];
  exchangeOf: (evidence: Evidence | undefined) => Exchange | undefined;
}>;
