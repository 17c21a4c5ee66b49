import { documentedRequests } from '../../fixtures/requests/documented.ts';
import { routes } from '../../schemas/operation.ts';

/** Creates and requests that one verdict takes; undefined: the default on loopback. */
export function countCalls(samples: readonly (number | undefined)[]): string[] {
  return samples.map((count) => {
    const calls = [...documentedRequests({ routes, userId: 'user', seed: 1, samples: count })];
    const creates = calls.filter(({ kind }) => kind === 'example' || kind === 'create').length;
    const name = count === undefined ? 'all classes' : String(count);
    return `${name.padEnd(12)} ${String(creates).padStart(6)} creates ${String(calls.length).padStart(6)} requests`;
  });
}
