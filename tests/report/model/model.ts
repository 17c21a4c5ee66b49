import type { CleanUp } from '../../../schemas/files/clean-up.ts';
import type { Run } from '../../../schemas/files/recording.ts';
import type { Deviation, Sending, Verdict } from '../../../schemas/files/report.ts';
import type { ChangeKind, RunRecord } from '../../history/history.ts';
import type { ShownExchange } from './exchange.ts';
import type { Line, Result } from './wording.ts';

// report.json (docs/fields.md): everything else only shows it.

export type Card = Readonly<{
  id: string;
  requirement: string;
  /** `fails`: it fails the run, or would if it were new. */
  kind: 'fails' | 'warning' | 'known';
  where: string;
  wrong: string;
  sentence: string;
  /** With what goes away with it, and where to look. */
  line: string;
  received: string;
  source: string;
  /** Whether it looks like a wrong configuration, which is not to be declared. */
  isMisconfigured: boolean;
  change: ChangeKind | 'flaky' | undefined;
  with: readonly string[];
  lines: readonly Line[];
  excerpt: readonly Line[];
  exchange: ShownExchange | undefined;
}>;

export interface TableRow extends Verdict {
  readonly title: string;
  /** c conforms, d deviates, w warning, k known deviation, - no verdict. */
  readonly marks: string;
}

export type Report = Omit<RunRecord, 'states' | 'status'> &
  Readonly<{
    baseUrl: string;
    configuration: Run['configuration'];
    status: string;
    word: RunRecord['status'];
    reason: string;
    name: string;
    /** The name of its files beside the page, without their endings; and where its recording is from there. */
    file: string;
    recording: string;
    counts: string;
    since: string;
    whole: boolean;
    summary: Readonly<Record<Result, number>>;
    sending: Sending;
    cleanUp: CleanUp | undefined;
    findings: readonly Card[];
    notes: readonly Line[];
    declarable: readonly Deviation[];
    verdicts: readonly TableRow[];
    history: readonly Pick<RunRecord, 'run' | 'startedAt' | 'status'>[];
  }>;
