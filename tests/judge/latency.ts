import type { Route } from '../../fixtures/configuration/target.ts';
import type { Exchange } from '../../schemas/files/recording.ts';

/** How long the whole answers of one route's creates took, in milliseconds. */
export interface Percentiles {
  readonly calls: number;
  readonly p50: number;
  readonly p95: number;
}

export type Latency = Readonly<Partial<Record<Route, Percentiles>>>;

/** Each bin is this much wider than the one below it, so a percentile is off by 1 % at most. */
const step = 1.02;

/** Latency in memory that does not grow with the number of calls: one count a bin. */
export class LatencyTally {
  readonly #bins = new Map<Route, Map<number, number>>();

  /** Counts creates that were answered to the end: what is refused or given up takes its own time. */
  see({ call, ms, answer, failure }: Exchange): void {
    if (call.kind !== 'create' && call.kind !== 'example') return;
    if (answer === undefined || failure !== undefined) return;
    const bins = this.#bins.get(call.route) ?? new Map<number, number>();
    const bin = Math.round(Math.log(Math.max(ms, 0.01)) / Math.log(step));
    bins.set(bin, (bins.get(bin) ?? 0) + 1);
    this.#bins.set(call.route, bins);
  }

  percentiles(): Latency {
    return Object.fromEntries(
      [...this.#bins].map(([route, bins]) => {
        const calls = [...bins.values()].reduce((sum, count) => sum + count, 0);
        return [
          route,
          { calls, p50: percentile(bins, calls / 2), p95: percentile(bins, calls * 0.95) },
        ];
      }),
    );
  }
}

function percentile(bins: ReadonlyMap<number, number>, rank: number): number {
  let below = 0;
  for (const [bin, count] of [...bins].sort(([a], [b]) => a - b)) {
    below += count;
    if (below >= rank) return Number((step ** bin).toPrecision(3));
  }
  return 0;
}
