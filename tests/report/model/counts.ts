import type { Run } from '../../../schemas/files/recording.ts';
import { outcomes, type Sending, type Verdict } from '../../../schemas/files/report.ts';
import { type Route, routes } from '../../../schemas/operation.ts';
import { counted } from '../../judge/text.ts';
import { isWarning, type Result } from './wording.ts';

const silent: readonly Result[] = ['error', 'not applicable', 'untested'];
const results: readonly Result[] = [
  'deviates',
  'warning',
  ...outcomes.filter((each) => each !== 'deviates'),
];

/** What became of the requirements of a run; each counts once. */
export interface Counts {
  readonly summary: Readonly<Record<Result, number>>;
  /** Requirements that were judged by an answer. */
  readonly checked: number;
  /** What was checked and what came of it, in words. */
  readonly tally: string;
  /** With what was not checked, in one line that adds up. */
  readonly line: string;
}

/** Counts the verdicts of a run. `judgeable`: how many requirements the suite can judge. */
export function countsOf(
  verdicts: readonly Verdict[],
  run: Run,
  { requests, deferred }: Sending,
  judgeable: number,
): Counts {
  const count = (result: Result) =>
    verdicts.filter((each) => (isWarning(each) ? 'warning' : each.outcome) === result).length;
  const summary = Object.fromEntries(
    results.map((each) => [each, count(each)]),
  ) as Counts['summary'];
  const checked = verdicts.filter(({ outcome }) => !silent.includes(outcome)).length;
  const asked = verdicts.filter(({ expected }) => expected !== undefined).length;
  const isPart = asked < judgeable || run.narrowedTo !== undefined || run.levels !== undefined;
  const untested = summary.untested - (verdicts.length - asked);
  const checkedText = isPart
    ? `${checked} of ${counted(judgeable, 'requirement')} checked`
    : `${counted(checked, 'requirement')}${routesText(run)}`;
  const resultsText = summary.conforms === checked ? 'all conform' : named(summary);
  const tally = checked === 0 ? 'no requirement was checked' : `${checkedText}: ${resultsText}`;
  const beside = [
    [summary['not applicable'], 'not applicable'],
    [summary.error, 'not checked'],
    [untested, 'untested'],
    [requests, requests === 1 ? 'request' : 'requests'],
    [deferred ?? 0, 'deferred by the target and not judged'],
  ].flatMap(([count, what]) => (count === 0 ? [] : `${count} ${what}`));
  return { summary, checked, tally, line: `${tally} (${beside.join(', ')})` };
}

/** "on 2 routes", or on which of them, and why not on the other. */
function routesText({ routes: asked, notApplicable }: Run): string {
  const isMissing = (route: Route) => !asked.includes(route) || notApplicable[route] !== undefined;
  const missing = routes.filter(isMissing);
  if (missing.length === 0) return ` on ${routes.length} routes`;
  const why = missing.map((route) => `/${route}: ${notApplicable[route] ?? 'it was not asked'}`);
  return ` on ${routes.length - missing.length} of ${routes.length} routes (${why.join(', ')})`;
}

const plurals: Partial<Record<Result, string>> = { conforms: 'conform', deviates: 'deviate' };

/** "45 conform, 2 warnings": what was checked, without the results that do not occur. */
function named(summary: Counts['summary']): string {
  return results
    .filter((each) => !silent.includes(each) && summary[each] > 0)
    .map((each) => counted(summary[each], each, plurals[each]))
    .join(', ');
}
