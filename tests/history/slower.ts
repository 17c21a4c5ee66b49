import type { RunRecord, Slower } from '../../schemas/files/history.ts';
import { routes } from '../../schemas/operation.ts';

/** Nights that are the present, and as many at least that are the past. */
const presentNights = 3;
/** What is less than this is noise: half as much again, a few milliseconds, thrice the usual spread. */
const leastRatio = 1.5;
const leastMs = 5;
const leastSpreads = 3;

/** Routes whose median over the last three nights is clearly above the median of the nights before. */
export function slowerIn(nights: readonly RunRecord[]): Slower[] {
  return routes.flatMap((route) => {
    const all = nights.flatMap(({ latency }) => latency[route]?.p50 ?? []);
    const past = all.slice(0, -presentNights);
    if (past.length < presentNights) return [];
    const now = median(all.slice(-presentNights));
    const before = median(past);
    const spread = median(past.map((ms) => Math.abs(ms - before)));
    const floor = Math.max(leastMs, leastSpreads * spread);
    return now >= before * leastRatio && now - before >= floor ? [{ route, before, now }] : [];
  });
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low = 0, high = 0] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return (low + high) / 2;
}
