import type { Change, Regression } from '../history/compare.ts';
import type { Report } from './document.ts';

/** A run with what became of it since the last night. */
export interface Compared {
  readonly report: Report;
  readonly regression: Regression;
}

/** The parts of the sentence of the night, what is new first. */
export function nightParts({ report, regression }: Compared): string[] {
  const { changes, flaky, slower, lastNight } = regression;
  const { summary } = report;
  const of = (kind: Change['kind']) => changes.filter((each) => each.kind === kind && !each.advice);
  const [broke, changed, still, fixed] = [of('broke'), of('changed'), of('still'), of('fixed')];
  const newAdvice = changes.filter(({ kind, advice }) => kind === 'broke' && advice).length;
  const news =
    lastNight === undefined
      ? [count(broke.length, 'deviates', 'deviate'), 'the first night']
      : [
          `${broke.length === 0 && changed.length > 0 ? `${changed.length} changed` : `${broke.length || 'nothing'} broke`} since ${lastNightTitle(regression)}`,
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
    ...(lastNight === undefined ? [] : [`${slower.length} slower`]),
    ...some(newAdvice, 'new advice'),
  ];
}

export function nightSentence(compared: Compared): string {
  return nightParts(compared).join(' · ');
}

/** `last night` where it was the night before, else its date. */
export function lastNightTitle({ nights, lastNight = '' }: Regression): string {
  const tonight = Date.parse((nights.at(-1)?.startedAt ?? '').slice(0, 10));
  return tonight - Date.parse(lastNight) === 86_400_000 ? 'last night' : lastNight;
}

/** Since when something is found, with `≥` where the history begins with it. */
export function sinceTitle({ since, orEarlier }: Pick<Change, 'since' | 'orEarlier'>): string {
  return orEarlier ? `≥ ${since}` : since;
}

function some(number: number, what: string): string[] {
  return number > 0 ? [`${number} ${what}`] : [];
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}
