import { isComparable } from '../../fixtures/recording/reader.ts';
import { type Exchange, requestKey } from '../../schemas/files/recording.ts';
import type { Route } from '../../schemas/operation.ts';
import { aspects, idIn, isSuccess, type Kinds, keyOf, kindsOf } from './kinds.ts';

/** A recorded exchange, and the one of the same request with another target. */
export interface Pair {
  readonly recorded: Exchange;
  readonly replayed: Exchange;
}

/** One place where two responses differ, and the kind that stands there in each. */
interface Mismatch {
  readonly place: readonly string[];
  readonly recorded: string;
  readonly replayed: string;
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
  const again = new Map(replayed.map((each) => [requestKey(each.requestCase), each]));
  return recorded.filter(isComparable).flatMap((each) => {
    const other = again.get(requestKey(each.requestCase));
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
    const kindsIn = (side: keyof Pair) =>
      kindsOf({ exchange: pair[side], root: roots[side], seen: seen[side] });
    const { route, name } = pair.recorded.requestCase;
    for (const mismatch of mismatchesOf(kindsIn('recorded'), kindsIn('replayed'))) {
      const key = JSON.stringify(mismatch);
      const sets = { routes: new Set<Route>(), requests: new Set<string>() };
      const difference = found.get(key) ?? { ...mismatch, ...sets, first: pair };
      difference.routes.add(route);
      difference.requests.add(name);
      found.set(key, difference);
    }
    for (const side of ['recorded', 'replayed'] as const) seen[side].add(createdId(pair[side]));
  }
  const order: readonly (string | undefined)[] = aspects;
  return [...found.values()].toSorted(
    (a, b) => order.indexOf(a.place[0]) - order.indexOf(b.place[0]),
  );
}

/** The id of the object that a create made; undefined: it made none. */
function createdId({ response, request }: Exchange): unknown {
  return response && request.method === 'POST' && isSuccess(response)
    ? idIn(response.body)
    : undefined;
}

/** Where two responses to the same request differ: the highest place of each difference. */
function mismatchesOf(recorded: Kinds, replayed: Kinds): Mismatch[] {
  const found = new Map<string, Mismatch>();
  const inWords = (kinds: Kinds, key: string) =>
    [...(kinds.get(key) ?? ['absent'])].sort().join(' or ');
  const statuses = [recorded, replayed].map((kinds) => inWords(kinds, keyOf(['status'])));
  // Of a refusal and a success the rest is not the same thing: only the code still helps.
  const isOther = new Set(statuses.map((status) => status[0])).size > 1;
  for (const key of new Set([...recorded.keys(), ...replayed.keys()])) {
    const place: string[] = JSON.parse(key);
    const [aspect = ''] = place;
    if (isOther && !['status', 'error code'].includes(aspect)) continue;
    // A media type or a code is missing where the body, or a part of it, is: that is reported there.
    const isOnBoth = recorded.has(key) && replayed.has(key);
    if (!isOnBoth && ['media type', 'error code'].includes(aspect)) continue;
    if (place.some((_, i) => i > 0 && found.has(keyOf(place.slice(0, i))))) continue;
    const [then, now] = [inWords(recorded, key), inWords(replayed, key)];
    const more =
      isOther && aspect === 'status' ? ', so that headers and body are not compared' : '';
    if (then !== now) found.set(key, { place, recorded: then, replayed: `${now}${more}` });
  }
  return [...found.values()];
}
