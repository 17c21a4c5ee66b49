import type { Run } from '../../schemas/files/recording.ts';
import type { Latency, Report, Verdict } from '../../schemas/files/report.ts';
import { reportOf } from './document.ts';
import type { ShownExchange } from './exchange-view.ts';

/** What every test hands to the reporter: its verdict, and the run it belongs to. */
export interface VerdictAttachment {
  readonly run: Run;
  readonly latency: Latency;
  /** How many verdicts the whole run has. */
  readonly verdicts: number;
  readonly verdict: Verdict;
  readonly exchange?: ShownExchange;
}

/** A run put together again from what its tests handed over. */
export interface CollectedRun {
  readonly report: Report;
  /** Whether every verdict is there: `--grep` leaves some out. */
  readonly whole: boolean;
  readonly exchangeOf: (verdict: Verdict) => ShownExchange | undefined;
}

/** Sorts what was handed over by its run: merged reports hold several. */
export class Collection {
  readonly #runs = new Map<string, VerdictAttachment[]>();

  add(handed: VerdictAttachment): void {
    const { run } = handed.run;
    this.#runs.set(run, [...(this.#runs.get(run) ?? []), handed]);
  }

  runs(): CollectedRun[] {
    return [...this.#runs.values()].flatMap((all) => {
      const [first] = all;
      if (first === undefined) return [];
      const exchanges = new Map(all.map(({ verdict, exchange }) => [verdict, exchange]));
      return [
        {
          report: reportOf(
            first.run,
            first.latency,
            all.map(({ verdict }) => verdict),
          ),
          whole: all.length === first.verdicts,
          exchangeOf: (verdict: Verdict) => exchanges.get(verdict),
        },
      ];
    });
  }
}
