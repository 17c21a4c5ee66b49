import { type Outcome, outcomes, type Report, type Verdict } from '../../schemas/files/report.ts';
import { counted } from '../judge/text.ts';
import { isWarning } from '../judge/wording.ts';

/** What a requirement comes to over its routes. */
type Result = Outcome | 'warning';

/** The worst first: one route that deviates makes a requirement that deviates. */
const worst: readonly Result[] = [
  'deviates',
  'changed deviation',
  'stale deviation',
  'warning',
  'error',
  'known deviation',
  'conforms',
  'not applicable',
  'untested',
];

/** What says nothing of the target. */
const silent: readonly Result[] = ['error', 'not applicable', 'untested'];

/** What became of the requirements of a run. Each is counted once, by the worst of its verdicts. */
export interface Counts {
  /** Requirements that were judged by an answer. */
  readonly checked: number;
  /** Requirements that no answer could show, and such whose requests were not answered. */
  readonly notApplicable: number;
  readonly notChecked: number;
  /** How many there were of each result that occurred. */
  readonly results: ReadonlyMap<Result, number>;
  readonly routes: number;
  readonly verdicts: number;
}

export function countsOf({ verdicts }: Pick<Report, 'verdicts'>): Counts {
  const ranks = new Map<string, number>();
  for (const verdict of verdicts) {
    const { requirement, outcome } = verdict;
    const rank = worst.indexOf(isWarning(verdict) ? 'warning' : outcome);
    ranks.set(requirement, Math.min(rank, ranks.get(requirement) ?? rank));
  }
  const results = new Map<Result, number>();
  for (const rank of [...ranks.values()].sort((a, b) => a - b)) {
    const result = worst[rank];
    if (result !== undefined) results.set(result, (results.get(result) ?? 0) + 1);
  }
  const count = (result: Result) => results.get(result) ?? 0;
  const [notApplicable, notChecked] = [count('not applicable'), count('error')];
  const places = verdicts.flatMap(({ route }) => (route === 'both' ? [] : [route]));
  return {
    checked: ranks.size - notApplicable - notChecked - count('untested'),
    notApplicable,
    notChecked,
    results,
    routes: new Set(places).size,
    verdicts: verdicts.length,
  };
}

/** The results of what was checked, in words and without those that do not occur: "45 conform, 2 warnings". */
export function resultsText({ results }: Pick<Counts, 'results'>): string {
  const order: readonly Result[] = ['deviates', 'warning', ...outcomes];
  const said = [...new Set(order)].filter((result) => !silent.includes(result));
  return said
    .flatMap((result) => {
      const count = results.get(result);
      return count === undefined ? [] : [resultText(result, count)];
    })
    .join(', ');
}

function resultText(result: Result, count: number): string {
  if (result === 'conforms') return counted(count, 'conforms', 'conform');
  return result === 'deviates' ? counted(count, 'deviates', 'deviate') : counted(count, result);
}

/** Whether no requirement could be judged at all. */
export function isNothingAnswered({ verdicts }: Report): boolean {
  const isAnswered = ({ outcome }: Verdict) =>
    !['error', 'untested', 'not applicable'].includes(outcome);
  return verdicts.some(({ outcome }) => outcome === 'error') && !verdicts.some(isAnswered);
}
