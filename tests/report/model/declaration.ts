import type { Deviation, Verdict } from '../../../schemas/files/report.ts';
import type { Cause } from './causes.ts';
import { routesIn } from './wording.ts';

/** What fails a run as entries of a deviations file, one a cause. */
export function declarationsOf(causes: readonly Cause[], since: string): Deviation[] {
  const failing = causes.filter(
    ({ verdict, with: others }) =>
      [verdict, ...others].some((each) => each.failing) && verdict.outcome !== 'stale deviation',
  );
  return failing.flatMap(({ verdict }) => {
    const { requirement, routes } = verdict;
    const here = routesIn(verdict);
    const isAlike = new Set(here.map(({ received }) => received)).size === 1;
    const judged = routes.filter(({ requests }) => requests > 0);
    const isEverywhere = isAlike && here.length === judged.length;
    return here.slice(0, isEverywhere ? 1 : undefined).map(({ route, received }) => {
      const only = !isEverywhere && route !== 'both' && { route };
      return { requirement, ...only, received, reason: 'why the target does so', since };
    });
  });
}

/** The entries of a deviations file after a run: without what conforms now, with what changed or is new. */
export function withDeclared(
  entries: readonly Deviation[],
  { declarable, verdicts }: { declarable: readonly Deviation[]; verdicts: readonly Verdict[] },
  reason: string,
): Deviation[] {
  const stale = verdicts
    .flatMap(({ routes }) => routes)
    .filter(({ outcome }) => outcome === 'stale deviation');
  const gone = new Set(stale.map(({ declared }) => declared?.entry));
  const isReplaced = ({ requirement, route }: Deviation) =>
    declarable.some(
      (each) => each.requirement === requirement && (!each.route || !route || each.route === route),
    );
  return [
    ...entries.filter((each, i) => !gone.has(i + 1) && !isReplaced(each)),
    ...declarable.map((each) => ({ ...each, reason })),
  ];
}
