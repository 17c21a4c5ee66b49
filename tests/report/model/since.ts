import { type Change, type Comparison, dateOf } from '../../history/history.ts';
import { counted } from '../../judge/text.ts';
import type { List } from './model.ts';

/** What became of the contract since the previous run, in one line; what did not happen is left out. */
export function sinceLine({ runs, previous, changes, flaky }: Comparison): string {
  const now = runs.at(-1);
  if (now === undefined || now.status === 'INCONCLUSIVE') {
    const count = runs.length - 1 - runs.findLastIndex(({ status }) => status !== 'INCONCLUSIVE');
    return `not compared${count > 1 ? `: inconclusive ${count} runs in a row` : ''}`;
  }
  if (previous === undefined)
    return 'the first run of this target: there is nothing to compare with';
  const of = (kind: Change['kind'], warning = false) =>
    changes.filter((each) => each.kind === kind && each.warning === warning).length;
  const parts = [
    [of('broke'), 'new'],
    [of('found'), 'found at the first check'],
    [of('changed'), 'changed'],
    [of('fixed') + of('fixed', true), 'fixed'],
    [of('still'), 'still failing'],
    [of('broke', true), of('broke', true) === 1 ? 'new warning' : 'new warnings'],
    [flaky.size, 'flaky'],
  ].flatMap(([count, what]) => (count === 0 ? [] : `${count} ${what}`));
  const when =
    dateOf(previous) === dateOf(now)
      ? `your run of ${previous.startedAt.slice(11, 16)} UTC`
      : `the run of ${dateOf(previous)}`;
  const suite =
    previous.suiteVersion === now.suiteVersion ? '' : ` (by suite ${previous.suiteVersion})`;
  return `${parts.join(', ') || 'nothing changed'} since ${when}${suite}`;
}

/** What has no exchange to show: what was not checked and why, what was fixed, what is flaky but fine. */
export function listsOf({ runs, changes, flaky }: Comparison, open: readonly string[]): List[] {
  const states = runs.at(-1)?.states ?? {};
  const lists: List[] = [
    {
      title: 'Not checked',
      mark: 'bad',
      rows: [...new Set(open)].map((text) => ({
        name: counted(open.filter((each) => each === text).length, 'requirement'),
        text,
      })),
    },
    {
      title: 'Fixed',
      mark: 'ok',
      rows: changes
        .filter(({ kind }) => kind === 'fixed')
        .map((each) => ({
          name: each.requirement,
          text: `it received ${each.received} since ${each.since}`,
        })),
    },
    {
      title: 'Flaky, but it conforms now',
      mark: 'note',
      rows: [...flaky]
        .filter(([name]) => states[name] === 'conforms')
        .map(([name, text]) => ({ name, text })),
    },
  ];
  return lists.filter(({ rows }) => rows.length > 0);
}
