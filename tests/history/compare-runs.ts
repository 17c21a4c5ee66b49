import type { Regression } from '../../schemas/files/history.ts';
import type { CollectedRun } from '../report/attachment.ts';
import type { Page } from '../report/formats/html/page.ts';
import { regressionOf, runsOf } from './compare.ts';
import type { History } from './file.ts';
import { newlyFailing } from './new-failures.ts';
import { recordOf } from './record.ts';

/** Runs beside the history: what a page shows, and what fails a run that minds only what is new. */
export interface ComparedRuns extends Page {
  readonly newlyFailing: number;
}

/** Compares each run with the earlier nights of its target. Pure. */
export function compareRuns(
  collected: readonly CollectedRun[],
  { runs: earlier, unreadable }: History,
): ComparedRuns {
  const all = [...earlier, ...collected.map(({ report }) => recordOf(report))];
  const runs = collected.flatMap((run) => {
    const regression = regressionOf(runsOf(all, run.report.target, run.report));
    // What a narrowed run leaves out was not withdrawn.
    return regression
      ? [{ ...run, regression: run.whole ? regression : { ...regression, withdrawn: [] } }]
      : [];
  });
  const targets = new Set(runs.map(({ report }) => report.target));
  const others = [...new Set(all.map(({ target }) => target))]
    .filter((target) => !targets.has(target))
    .flatMap((target): Regression | Regression[] => regressionOf(runsOf(all, target)) ?? []);
  return {
    runs,
    others,
    unreadable,
    newlyFailing: runs.reduce(
      (sum, { report, regression }) => sum + newlyFailing(report, regression.runs.at(-2)).length,
      0,
    ),
  };
}
