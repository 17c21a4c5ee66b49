import { createHistogram, type RecordableHistogram } from 'node:perf_hooks';
import type { Exchange } from '../../schemas/files/recording.ts';
import type { Latency, Percentiles } from '../../schemas/files/report.ts';
import type { Route } from '../../schemas/operation.ts';

/** Latency in memory that does not grow with the number of requests. */
export class LatencyTally {
  readonly #histograms = new Map<Route, RecordableHistogram>();

  /** Counts creates that were answered to the end: what is refused or given up takes its own time. */
  add({ requestCase: { kind, route }, ms, response, failure }: Exchange): void {
    if (kind !== 'create' && kind !== 'example') return;
    if (response === undefined || failure !== undefined) return;
    const histogram = this.#histograms.get(route) ?? createHistogram();
    histogram.record(Math.max(1, Math.round(ms * 1_000)));
    this.#histograms.set(route, histogram);
  }

  percentiles(): Latency {
    const entries = [...this.#histograms].map(([route, histogram]): [Route, Percentiles] => {
      const ms = (rank: number) => Number((histogram.percentile(rank) / 1_000).toPrecision(3));
      return [route, { requests: histogram.count, p50: ms(50), p95: ms(95) }];
    });
    return Object.fromEntries(entries);
  }
}
