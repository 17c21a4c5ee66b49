import { type Change, type Comparison, dateOf } from '../../history/history.ts';
import { counted } from '../../judge/text.ts';
import type { List } from './model.ts';
import { sinceTitle } from './wording.ts';

/** What became of the contract since the previous run, in one line; what did not happen is left out. */
export function sinceLine({ runs, previous, changes, flaky, slower }: Comparison): string {
  const now = runs.at(-1);
  if (now === undefined || Object.keys(now.states).length === 0)
    return `not compared: nothing was judged${inARow(runs)}`;
  if (previous === undefined)
    return 'the first run of this target: there is nothing to compare with';
  const of = (kind: Change['kind'], warning = false) =>
    changes.filter((each) => each.kind === kind && each.warning === warning).length;
  const parts = [
    ...some(of('broke'), 'new'),
    ...some(of('found'), 'found at the first check'),
    ...some(of('changed'), 'changed'),
    ...some(of('fixed') + of('fixed', true), 'fixed'),
    ...some(of('still'), 'still failing'),
    ...(of('broke', true) > 0 ? [counted(of('broke', true), 'new warning')] : []),
    ...some(flaky.length, 'flaky'),
    ...some(slower.length, 'slower'),
  ];
  const when =
    dateOf(previous) === dateOf(now)
      ? `your run of ${previous.startedAt.slice(11, 16)} UTC`
      : `the run of ${dateOf(previous)}`;
  const suite =
    previous.suiteVersion === now.suiteVersion ? '' : ` (by suite ${previous.suiteVersion})`;
  return `${parts.length === 0 ? 'nothing changed' : parts.join(', ')} since ${when}${suite}`;
}

/** Of several runs in a row that judged nothing, which one this is. */
function inARow(runs: Comparison['runs']): string {
  const count = runs.length - 1 - runs.findLastIndex(({ status }) => status !== 'INCONCLUSIVE');
  return count > 1 ? `; inconclusive ${count} runs in a row` : '';
}

function some(number: number, what: string): string[] {
  return number > 0 ? [`${number} ${what}`] : [];
}

/** What changed and has no exchange to show. `isWhole`: what a part leaves out was not withdrawn. */
export function changeLists(comparison: Comparison, isWhole: boolean): List[] {
  const { changes, flaky, slower, added, withdrawn } = comparison;
  const deviates = (id: string) =>
    changes.some((each) => each.requirement === id && each.kind !== 'fixed');
  const lists: List[] = [
    {
      title: 'Fixed',
      mark: 'ok',
      rows: changes
        .filter(({ kind }) => kind === 'fixed')
        .map((each) => ({
          name: each.requirement,
          text: `it received ${each.received} since ${sinceTitle(each)}`,
        })),
    },
    {
      title: 'Slower',
      mark: 'note',
      rows: slower.map(({ route, now, before }) => ({
        name: `/${route}`,
        text: `median ${now} ms over the last three runs, ${before} ms before`,
      })),
    },
    { title: 'Checked for the first time', mark: 'info', rows: added.map(named) },
    { title: 'No longer checked', mark: 'info', rows: isWhole ? withdrawn.map(named) : [] },
    {
      title: 'Flaky, but it conforms now',
      mark: 'note',
      canWait: true,
      rows: flaky
        .filter(({ requirement }) => !deviates(requirement))
        .map(({ requirement, why }) => ({ name: requirement, text: why })),
    },
  ];
  return lists.filter(({ rows }) => rows.length > 0);
}

function named(name: string): List['rows'][number] {
  return { name, text: '' };
}
