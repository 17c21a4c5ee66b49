import type { Deviation, Report } from '../../schemas/files/report.ts';
import { fixesOf } from './fix-first.ts';

/**
 * The findings that fail a run as entries of a deviations file (schemas/files/deviations.json): one
 * for each cause. `today`: a day in UTC.
 */
export function declarationsOf(report: Report, reason: string, today: string): Deviation[] {
  const routes = report.verdicts.flatMap(({ route }) => (route === 'both' ? [] : [route]));
  const all = new Set(routes).size;
  return fixesOf(report)
    .filter(({ verdict }) => verdict.failing && verdict.outcome !== 'stale deviation')
    .map(({ verdict, routes: found }) => {
      const [route] = found;
      const only = found.length < all && route !== undefined && route !== 'both' ? { route } : {};
      const { requirement, received } = verdict;
      return { requirement, ...only, received, reason, since: today };
    });
}

/**
 * The entries of a deviations file after a run: those that conform now are gone, those that changed
 * are replaced, and what is new is added.
 */
export function withDeclared(
  entries: readonly Deviation[],
  report: Report,
  reason: string,
  today: string,
): Deviation[] {
  const added = declarationsOf(report, reason, today);
  const stale = report.verdicts.filter(({ outcome }) => outcome === 'stale deviation');
  const gone = new Set(stale.map(({ declared }) => declared?.entry));
  const kept = entries.filter(
    (entry, i) => !gone.has(i + 1) && !added.some((each) => each.requirement === entry.requirement),
  );
  return [...kept, ...added];
}
