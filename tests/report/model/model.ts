import type { CleanUp } from '../../../schemas/files/clean-up.ts';
import type { Where } from '../../../schemas/files/finding.ts';
import type { Header, Run } from '../../../schemas/files/recording.ts';
import type { Deviation, Sending, Verdict } from '../../../schemas/files/report.ts';
import type { ChangeKind, RunRecord } from '../../history/history.ts';
import type { Line, Result } from './wording.ts';

// The report of a run: report.json holds it as it is (docs/fields.md), and everything else only shows it.

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
  readonly failure?: string;
  readonly curl: string;
}

/** Something to look at, and what goes away with it. */
export interface Finding extends Partial<Where> {
  readonly id: string;
  readonly requirement: string;
  /** `fails`: it fails the run, or would if it were new. */
  readonly kind: 'fails' | 'warning' | 'known';
  readonly where: string;
  readonly wrong: string;
  readonly sentence: string;
  /** The text that declared deviations are compared with. */
  readonly received: string;
  readonly change: ChangeKind | undefined;
  readonly with: readonly string[];
  readonly property?: string;
  /** All else that is said of it, in the order in which it is read. */
  readonly lines: readonly Line[];
  /** What of the exchange shows it, in short. */
  readonly excerpt: readonly Line[];
  readonly exchange?: ShownExchange | undefined;
}

export interface List {
  readonly title: string;
  readonly mark: 'ok' | 'note' | 'bad';
  readonly rows: readonly { readonly name: string; readonly text: string }[];
}

/** A requirement in the table: its verdict, its outcome in words, and a letter for each run of the history. */
export interface Row extends Verdict {
  readonly title: string;
  /** c conforms, d deviates, w warning, k known deviation, - no verdict. */
  readonly marks: string;
}

export interface Report extends Omit<RunRecord, 'states' | 'status'> {
  readonly baseUrl: string;
  readonly configuration: Run['configuration'];
  readonly status: string;
  readonly word: RunRecord['status'];
  readonly reason: string;
  /** What people call the target: CONTRACT_TARGET_NAME, or else its address. */
  readonly name: string;
  readonly counts: string;
  readonly since: string;
  /** Whether every requirement was judged that there is: else it enters no history. */
  readonly whole: boolean;
  readonly summary: Readonly<Record<Result, number>>;
  readonly sending: Sending;
  readonly cleanUp?: CleanUp;
  /** What fails, then warnings, then what is known, each in the order in which fixing helps most. */
  readonly findings: readonly Finding[];
  readonly lists: readonly List[];
  readonly notes: readonly Line[];
  readonly declarable: readonly Deviation[];
  readonly verdicts: readonly Row[];
  /** The runs of the history that the marks stand for, this one last. */
  readonly history: readonly Pick<RunRecord, 'run' | 'startedAt' | 'status'>[];
}
