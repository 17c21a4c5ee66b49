import type { CollectedRun } from '../../schemas/files/history.ts';
import type { Run } from '../../schemas/files/recording.ts';
import type { Latency, Sending, ShownExchange, Verdict } from '../../schemas/files/report.ts';
import type { Judged } from '../judge/judge.ts';
import { reportOf } from './document.ts';
import { shownExchange } from './exchange-view.ts';

/** What a test hands to the reporter once for each worker: the run that its verdict belongs to. */
export interface RunAttachment {
  readonly run: Run;
  readonly latency: Latency;
  readonly sending: Sending;
  /** The exchange with which the target stopped answering, if it did. */
  readonly collapsed?: ShownExchange | undefined;
  /** How many verdicts the whole run has. */
  readonly verdicts: number;
  /** How many requirements can be judged, in this run or another. */
  readonly judgeable: number;
}

/** What every test hands to the reporter: its verdict, and the name of its run. */
export interface VerdictAttachment {
  readonly run: string;
  /** Its place among the verdicts of the run: they come in the order of the table of requirements. */
  readonly number: number;
  readonly verdict: Verdict;
  readonly exchange?: ShownExchange;
}

/** The attachments by their names. */
export const attachmentNames = { run: 'run', verdict: 'verdict', exchange: 'exchange' } as const;

/** Sorts what was handed over by its run: merged reports hold several. */
export class Collection {
  readonly #runs = new Map<string, RunAttachment>();
  /** By run and number: a test that is repeated hands over the same verdict again. */
  readonly #verdicts = new Map<string, Map<number, VerdictAttachment>>();

  addRun(handed: RunAttachment): void {
    this.#runs.set(handed.run.run, handed);
  }

  addVerdict(handed: VerdictAttachment): void {
    const known = this.#verdicts.get(handed.run) ?? new Map();
    this.#verdicts.set(handed.run, known.set(handed.number, handed));
  }

  /** Takes all verdicts of a recording, where no test could hand them over. */
  addJudged({ judgements, collapsed, ...judged }: Judged, judgeable: number): void {
    const { run } = judged;
    const shown = collapsed && shownExchange(collapsed);
    this.addRun({ ...judged, collapsed: shown, verdicts: judgements.length, judgeable });
    for (const [number, { verdict, exchange }] of judgements.entries()) {
      const shown = exchange && { exchange: shownExchange(exchange) };
      this.addVerdict({ run: run.run, number, verdict, ...shown });
    }
  }

  runs(): CollectedRun[] {
    return [...this.#runs].map(
      ([name, { run, latency, sending, collapsed, verdicts: total, judgeable }]) => {
        const handed = [...(this.#verdicts.get(name)?.values() ?? [])];
        handed.sort((a, b) => a.number - b.number);
        const verdicts = handed.map(({ verdict }) => verdict);
        const exchanges = new Map(handed.map(({ verdict, exchange }) => [verdict, exchange]));
        return {
          report: reportOf({ run, latency, sending, requirements: judgeable }, verdicts),
          whole: verdicts.length === total && run.narrowedTo === undefined && !sending.interrupted,
          collapsed,
          exchangeOf: (verdict: Verdict) => exchanges.get(verdict),
        };
      },
    );
  }
}
