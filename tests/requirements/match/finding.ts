import type { FindingKind, Where } from '../../../schemas/files/finding.ts';

/** What a check found wrong; `part` and `header` only where it does not lie where the requirement says. */
export interface Finding extends Partial<Where> {
  /** The status, where that is what is wrong. */
  readonly status?: number;
  readonly kind?: FindingKind;
  /** What the finding really is, where this one only repeats it. */
  readonly cause?: { readonly requirement: string; readonly received: string };
  /** A stable text, without ids and dates: declared deviations are compared with it. */
  readonly received: string;
  /** What differs from request to request: values, places, amounts. */
  readonly detail?: string;
  /** What the target does wrong, as the rest of a sentence that begins with it, where that says more than the received text. */
  readonly wrong?: string;
}
