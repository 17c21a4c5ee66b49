import type { Deviation, RouteVerdict, Verdict } from '../../../schemas/files/report.ts';
import type { Cause } from './causes.ts';
import { routesIn } from './wording.ts';

/** What fails a run as entries of a deviations file, one a cause. `today`: a day in UTC. */
export function declarationsOf(causes: readonly Cause[], today: string): Deviation[] {
  const failing = causes.filter(
    ({ verdict, with: others }) =>
      [verdict, ...others].some(({ failing }) => failing) && verdict.outcome !== 'stale deviation',
  );
  return failing.flatMap(({ verdict }) => {
    const { requirement, routes } = verdict;
    const here = routesIn(verdict);
    const entry = ({ route, received }: RouteVerdict, only: boolean): Deviation => ({
      requirement,
      ...(only && route !== 'both' && { route }),
      received,
      reason: 'why the target does so',
      since: today,
    });
    const [first] = here;
    if (first === undefined) return [];
    const judged = routes.filter(({ requests }) => requests > 0);
    const isAlike = here.every(({ received }) => received === first.received);
    return isAlike && here.length === judged.length
      ? [entry(first, false)]
      : here.map((each) => entry(each, true));
  });
}

/** The entries of a deviations file after a run: without what conforms now, with what changed or is new. */
export function withDeclared(
  entries: readonly Deviation[],
  declarable: readonly Deviation[],
  verdicts: readonly Verdict[],
  reason: string,
): Deviation[] {
  const added = declarable.map((each) => ({ ...each, reason }));
  const stale = verdicts
    .flatMap(({ routes }) => routes)
    .filter(({ outcome }) => outcome === 'stale deviation');
  const gone = new Set(stale.map(({ declared }) => declared?.entry));
  const isReplaced = (entry: Deviation) =>
    added.some(
      (each) =>
        each.requirement === entry.requirement &&
        (!each.route || !entry.route || each.route === entry.route),
    );
  return [...entries.filter((entry, i) => !gone.has(i + 1) && !isReplaced(entry)), ...added];
}
