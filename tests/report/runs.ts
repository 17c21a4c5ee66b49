import type { Compared, Regression } from '../../schemas/files/history.ts';
import type { Report, ShownExchange, Verdict } from '../../schemas/files/report.ts';

/** A run put together again from what its tests handed over. */
export interface CollectedRun {
  readonly report: Report;
  /** Whether every verdict is there: `--grep` leaves some out. */
  readonly whole: boolean;
  readonly exchangeOf: (verdict: Verdict) => ShownExchange | undefined;
}

/** A run with what became of it since the previous one. */
export type ComparedRun = CollectedRun & Compared;

/** Runs beside the history: what a page shows, and what fails a run that minds only what is new. */
export interface ComparedRuns {
  readonly runs: readonly ComparedRun[];
  /** Targets of the history that did not run now. */
  readonly others: readonly Regression[];
  /** Lines of the history that could not be read. */
  readonly unreadable: readonly string[];
  readonly newlyFailing: number;
}
