import type {
  CollectedRun,
  ComparedRun,
  ComparedRuns,
  Regression,
} from '../../schemas/files/history.ts';
import { regressionOf, runsOf } from '../history/compare.ts';
import type { History } from '../history/file.ts';
import { newlyFailing } from '../history/new-failures.ts';
import { recordOf } from '../history/record.ts';

/** Compares each run with the earlier runs of its target. Pure. */
export function compareRuns(
  collected: readonly CollectedRun[],
  { runs: earlier, unreadable }: History,
): ComparedRuns {
  const all = [...earlier, ...collected.map(({ report }) => recordOf(report))];
  const runs = collected.flatMap((run): ComparedRun[] => {
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
  const failures = runs.flatMap(({ report, regression }) =>
    newlyFailing(report, regression.runs.at(-2)),
  );
  return { runs, others, unreadable, newlyFailing: failures.length };
}
