import {
  type CollectedRun,
  type ComparedRun,
  type ComparedRuns,
  dateOf,
  type Regression,
} from '../../schemas/files/history.ts';
import { regressionOf, runsOf } from '../history/compare.ts';
import type { History } from '../history/file.ts';
import { newlyFailing } from '../history/new-failures.ts';
import { recordOf } from '../history/record.ts';

/**
 * Compares each run with the earlier runs of its target. `failOnNew`: only what is new fails a run:
 * what the last run of an earlier day had not, so that a second run of a day turns nothing green. Pure.
 */
export function compareRuns(
  collected: readonly CollectedRun[],
  { runs: earlier, unreadable }: History,
  failOnNew = false,
): ComparedRuns {
  const all = [...earlier, ...collected.map(({ report }) => recordOf(report))];
  const runs = collected.flatMap((run): ComparedRun[] => {
    const { report, whole } = run;
    const compared = regressionOf(runsOf(all, report.target, report));
    if (compared === undefined) return [];
    // What a narrowed run leaves out was not withdrawn.
    const regression = whole ? compared : { ...compared, withdrawn: [] };
    const dayBefore = compared.runs.findLast(
      (each) => dateOf(each) < report.startedAt.slice(0, 10),
    );
    const isNew = newlyFailing(report, dayBefore).length > 0;
    const fails = report.failing && (!failOnNew || isNew || report.sending.interrupted === true);
    return [{ ...run, regression, fails }];
  });
  const targets = new Set(runs.map(({ report }) => report.target));
  const others = [...new Set(all.map(({ target }) => target))]
    .filter((target) => !targets.has(target))
    .flatMap((target): Regression | Regression[] => regressionOf(runsOf(all, target)) ?? []);
  return { runs, others, unreadable };
}
