import {
  type Change,
  type Compared,
  dateOf,
  type Regression,
} from '../../schemas/files/history.ts';
import { counted } from '../judge/text.ts';
import { isNothingAnswered } from './counts.ts';

/** What became of the contract since the previous run, in one line; what did not happen is left out. */
export function sinceLine({ report, regression }: Compared): string {
  const { changes, flaky, slower, previousRun, suiteBefore } = regression;
  if (isNothingAnswered(report)) return 'not compared: nothing was judged';
  if (previousRun === undefined)
    return 'the first run of this target: there is nothing to compare with';
  // What is found alike on both routes is one finding.
  const of = (kind: Change['kind'], warning = false) =>
    new Set(
      changes
        .filter((each) => each.kind === kind && each.warning === warning)
        .map(({ requirement }) => requirement),
    ).size;
  const parts = [
    ...some(of('broke'), 'new'),
    ...some(of('changed'), 'changed'),
    ...some(of('fixed') + of('fixed', true), 'fixed'),
    ...some(of('still'), 'still failing'),
    ...(of('broke', true) > 0 ? [counted(of('broke', true), 'new warning')] : []),
    ...some(flaky.length, 'flaky'),
    ...some(slower.length, 'slower'),
  ];
  const suite = suiteBefore === undefined ? '' : ` (by suite ${suiteBefore})`;
  const since = `since ${previousRunTitle(regression, report)}${suite}`;
  return parts.length === 0 ? `nothing changed ${since}` : `${parts.join(', ')} ${since}`;
}

/** The run before, by its date, or by its time where it was on the same day (UTC). */
export function previousRunTitle(
  { previousRun }: Pick<Regression, 'previousRun'>,
  report: Pick<Compared['report'], 'startedAt'>,
): string {
  if (previousRun === undefined) return 'no run';
  return dateOf(previousRun) === dateOf(report)
    ? `your run of ${previousRun.startedAt.slice(11, 16)} UTC`
    : `the run of ${dateOf(previousRun)}`;
}

function some(number: number, what: string): string[] {
  return number > 0 ? [`${number} ${what}`] : [];
}
