import type { Change, Compared, Regression } from '../../schemas/files/history.ts';
import { counted } from '../judge/text.ts';

/** The parts of the headline, what is new first. */
export function headlineParts({ report, regression }: Compared): string[] {
  const { changes, flaky, slower, previousRun } = regression;
  const { summary } = report;
  const of = (kind: Change['kind']) =>
    changes.filter((each) => each.kind === kind && !each.warning);
  const [broke, changed, still, fixed] = [of('broke'), of('changed'), of('still'), of('fixed')];
  const newWarnings = changes.filter(({ kind, warning }) => kind === 'broke' && warning).length;
  const news =
    previousRun === undefined
      ? [counted(broke.length, 'deviates', 'deviate'), 'the first run']
      : [
          `${broke.length === 0 && changed.length > 0 ? `${changed.length} changed` : `${broke.length || 'nothing'} broke`} since ${previousRunTitle(regression)}`,
          ...(broke.length > 0 ? some(changed.length, 'changed') : []),
          ...some(fixed.length, 'fixed'),
          ...some(still.length, 'still broken'),
        ];
  return [
    ...news,
    ...(summary.error > 0 ? [counted(summary.error, 'error')] : []),
    counted(summary['known deviation'], 'known deviation'),
    `${summary['stale deviation']} stale`,
    ...some(flaky.length, 'flaky'),
    ...(previousRun === undefined ? [] : [`${slower.length} slower`]),
    ...(newWarnings > 0 ? [counted(newWarnings, 'new warning')] : []),
  ];
}

export function headline(compared: Compared): string {
  return headlineParts(compared).join(' · ');
}

/** The run before by its date. */
export function previousRunTitle({ previousRun = '' }: Pick<Regression, 'previousRun'>): string {
  return `the run of ${previousRun}`;
}

function some(number: number, what: string): string[] {
  return number > 0 ? [`${number} ${what}`] : [];
}
