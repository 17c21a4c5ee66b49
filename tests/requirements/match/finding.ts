import type { FindingKind, Where } from '../../../schemas/files/finding.ts';

/** What a check found wrong; `part` and `header` only where the row says another. */
export interface Finding extends Partial<Where> {
  readonly status?: number;
  readonly kind?: FindingKind;
  /** The finding that this one only repeats. */
  readonly cause?: { readonly requirement: string; readonly received: string };
  /** Stable, without ids and dates: declared deviations are compared with it. */
  readonly received: string;
  /** What differs from request to request. */
  readonly detail?: string;
  /** What the target does wrong, where that says more than the received text. */
  readonly wrong?: string;
}
