import { isComparable } from '../../fixtures/recording/reader.ts';
import type { Exchange } from '../../schemas/files/recording.ts';
import type { Route } from '../../schemas/operation.ts';
import { jsonOf } from '../requirements/match/json.ts';
import { isSuccess } from '../requirements/match/object.ts';
import { normalise } from './normalise.ts';
import { idIn } from './normalise-body.ts';
import { aspects, type Mismatch, mismatchesOf } from './tree.ts';

/** A recorded exchange, and the one of the same request with another target. */
export interface Pair {
  readonly recorded: Exchange;
  readonly replayed: Exchange;
}

/** A mismatch, with the requests that show it. */
export interface Difference extends Mismatch {
  readonly routes: Set<Route>;
  /** The names of the requests. */
  readonly requests: Set<string>;
  readonly first: Pair;
}

/** The recorded exchanges that can be compared, each with the replayed one of the same route and name. */
export function pairsOf(recorded: readonly Exchange[], replayed: readonly Exchange[]): Pair[] {
  const keyOf = ({ requestCase: { route, name } }: Exchange) => JSON.stringify([route, name]);
  const again = new Map(replayed.map((each) => [keyOf(each), each]));
  return recorded.filter(isComparable).flatMap((each) => {
    const other = again.get(keyOf(each));
    return other === undefined ? [] : [{ recorded: each, replayed: other }];
  });
}

/** What the responses of two targets differ in, in the order in which a client reads them. `roots`: the service roots. */
export function differencesOf(
  pairs: Iterable<Pair>,
  roots: Readonly<Record<keyof Pair, string>>,
): Difference[] {
  const found = new Map<string, Difference>();
  const seen = { recorded: new Set<unknown>(), replayed: new Set<unknown>() };
  for (const pair of pairs) {
    const treeOf = (side: keyof Pair) =>
      normalise({ exchange: pair[side], root: roots[side], seen: seen[side] });
    for (const mismatch of mismatchesOf(treeOf('recorded'), treeOf('replayed'))) {
      const key = JSON.stringify(mismatch);
      const difference = found.get(key) ?? {
        ...mismatch,
        routes: new Set(),
        requests: new Set(),
        first: pair,
      };
      difference.routes.add(pair.recorded.requestCase.route);
      difference.requests.add(pair.recorded.requestCase.name);
      found.set(key, difference);
    }
    for (const side of ['recorded', 'replayed'] as const) seen[side].add(createdId(pair[side]));
  }
  return [...found.values()].toSorted(
    (a, b) => aspects.indexOf(a.path[0]) - aspects.indexOf(b.path[0]),
  );
}

/** The id of the object that a create made; undefined: it made none. */
function createdId({ response, request }: Exchange): unknown {
  return response && request.method === 'POST' && isSuccess(response)
    ? idIn(jsonOf(response))
    : undefined;
}
