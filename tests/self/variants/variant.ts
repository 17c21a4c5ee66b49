import { described } from '../mutants/defects/described.ts';
import { readRows } from '../mutants/mutant.ts';
import type { Defect } from '../support/mock.ts';

/** A server that conforms, though in an unusual way. */
export interface Variant {
  readonly name: string;
  /** The clause that allows it. */
  readonly why: string;
  /** A new way of answering with a state of its own. */
  readonly vary: () => Defect;
  /** The requirements of level `platform` that may speak, sorted; no other may. */
  readonly warnings: readonly string[];
}

/** A variant in one line. */
type Row = readonly [name: string, why: string, vary: () => Defect, warnings?: readonly string[]];

export function variantsOf(rows: readonly Row[]): Variant[] {
  return rows.map(([name, why, vary, warnings = []]) => ({ name, why, vary, warnings }));
}

const rows = readRows<Pick<Variant, 'name' | 'why'> & Partial<Variant>>(
  new URL('variants.json', import.meta.url),
);
const [answered = [], sent = []] = [rows.answered, rows.sent].map((all) =>
  variantsOf(all.map((row) => [row.name, row.why, () => described(row), row.warnings ?? []])),
);
export const inData = { answered, sent };
