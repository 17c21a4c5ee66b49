import type { Change, Compared, Regression } from '../../schemas/files/history.ts';

/** The parts of the sentence of the night, what is new first. */
export function headlineParts({ report, regression }: Compared): string[] {
  const { changes, flaky, slower, previousRun } = regression;
  const { summary } = report;
  const of = (kind: Change['kind']) =>
    changes.filter((each) => each.kind === kind && !each.warning);
  const [broke, changed, still, fixed] = [of('broke'), of('changed'), of('still'), of('fixed')];
  const newAdvice = changes.filter(({ kind, warning }) => kind === 'broke' && warning).length;
  const news =
    previousRun === undefined
      ? [count(broke.length, 'deviates', 'deviate'), 'the first night']
      : [
          `${broke.length === 0 && changed.length > 0 ? `${changed.length} changed` : `${broke.length || 'nothing'} broke`} since ${previousRunTitle(regression)}`,
          ...(broke.length > 0 ? some(changed.length, 'changed') : []),
          ...some(fixed.length, 'fixed'),
          ...some(still.length, 'still broken'),
        ];
  return [
    ...news,
    ...some(summary['not judged'], 'not judged'),
    count(summary['known deviation'], 'known deviation', 'known deviations'),
    `${summary['stale deviation']} stale`,
    ...some(flaky.length, 'flaky'),
    ...(previousRun === undefined ? [] : [`${slower.length} slower`]),
    ...some(newAdvice, 'new advice'),
  ];
}

export function headline(compared: Compared): string {
  return headlineParts(compared).join(' · ');
}

/** `last night` where it was the night before, else its date. */
export function previousRunTitle({ runs, previousRun = '' }: Regression): string {
  const tonight = Date.parse((runs.at(-1)?.startedAt ?? '').slice(0, 10));
  return tonight - Date.parse(previousRun) === 86_400_000 ? 'last night' : previousRun;
}

function some(number: number, what: string): string[] {
  return number > 0 ? [`${number} ${what}`] : [];
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}
