import type { Exchange } from '../../schemas/files/recording.ts';
import type { Latency, Percentiles } from '../../schemas/files/report.ts';
import { routes } from '../../schemas/operation.ts';

/** How long creates took that were answered to the end: what is refused or given up takes its own time. */
export function latencyOf(exchanges: readonly Exchange[]): Latency {
  const entries = routes.flatMap((route): [string, Percentiles][] => {
    const times = exchanges
      .filter(({ requestCase, response, failure }) => {
        const isCreate = ['create', 'example'].includes(requestCase.kind);
        return isCreate && requestCase.route === route && response && failure === undefined;
      })
      .map(({ ms }) => ms)
      .sort((a, b) => a - b);
    const rank = (percent: number) =>
      Number((times[Math.ceil((percent / 100) * times.length) - 1] ?? 0).toPrecision(3));
    if (times.length === 0) return [];
    return [[route, { requests: times.length, p50: rank(50), p95: rank(95) }]];
  });
  return Object.fromEntries(entries);
}
