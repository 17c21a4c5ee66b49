import type { CollectedRun } from '../report/attachment.ts';
import type { Page } from '../report/formats/html/page.ts';
import { nightsOf, type Regression, regressionOf } from './compare.ts';
import type { History } from './file.ts';
import { newlyRed } from './new-failures.ts';
import { nightOf } from './record.ts';

/** Runs beside the history: what a page shows, and what fails a run that minds only what is new. */
export interface ComparedRuns extends Page {
  readonly newlyRed: number;
}

/** Compares each run with the earlier nights of its target. Pure. */
export function compareRuns(
  collected: readonly CollectedRun[],
  { nights, setAside }: History,
): ComparedRuns {
  const all = [...nights, ...collected.map(({ report }) => nightOf(report))];
  const runs = collected.flatMap((run) => {
    const regression = regressionOf(nightsOf(all, run.report.target, run.report));
    // What a narrowed run leaves out was not withdrawn.
    return regression
      ? [{ ...run, regression: run.whole ? regression : { ...regression, withdrawn: [] } }]
      : [];
  });
  const targets = new Set(runs.map(({ report }) => report.target));
  const others = [...new Set(all.map(({ target }) => target))]
    .filter((target) => !targets.has(target))
    .flatMap((target): Regression | Regression[] => regressionOf(nightsOf(all, target)) ?? []);
  return {
    runs,
    others,
    setAside,
    newlyRed: runs.reduce(
      (sum, { report, regression }) => sum + newlyRed(report, regression.nights.at(-2)).length,
      0,
    ),
  };
}
