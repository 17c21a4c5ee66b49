import { isComparable } from '../../fixtures/recording/reader.ts';
import { type Exchange, type Recording, requestKey } from '../../schemas/files/recording.ts';
import type { Route } from '../../schemas/operation.ts';
import { aspects, isErrorCode, kindsOf, type Place } from './kinds.ts';

const sides = ['recorded', 'replayed'] as const;

/** A recorded exchange, and the one of the same request with another target. */
export type Pair = Readonly<Record<(typeof sides)[number], Exchange>>;

/** A place where responses differ, the kind that stands there in each, and the names of the requests that show it. */
export interface Difference extends Readonly<Record<keyof Pair, string>> {
  readonly place: Place;
  readonly routes: Set<Route>;
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

/** What the responses of two targets differ in, in the order in which a client reads them. `runs`: whose they are. */
export function differencesOf(
  pairs: Iterable<Pair>,
  runs: Readonly<Record<keyof Pair, Pick<Recording['run'], 'baseUrl'>>>,
): Difference[] {
  const found = new Map<string, Difference>();
  for (const pair of pairs) {
    const [then, now] = sides.map((side) =>
      kindsOf({ exchange: pair[side], root: runs[side].baseUrl }),
    );
    for (const [place, recorded, replayed] of mismatches(then, now)) {
      const key = JSON.stringify([place, recorded, replayed]);
      const sets = { routes: new Set<Route>(), requests: new Set<string>() };
      const difference = found.get(key) ?? { place, recorded, replayed, ...sets, first: pair };
      difference.routes.add(pair.recorded.requestCase.route);
      difference.requests.add(pair.recorded.requestCase.name);
      found.set(key, difference);
    }
  }
  return aspects.flatMap((aspect) =>
    [...found.values()].filter(({ place }) => place[0] === aspect),
  );
}

type Kinds = ReturnType<typeof kindsOf>;

/** Where two responses to the same request differ: the highest place of each difference. */
function mismatches(recorded: Kinds = new Map(), replayed: Kinds = new Map()) {
  const found = new Map<string, readonly [Place, string, string]>();
  const [then, now] = [recorded, replayed].map((kinds) => kinds.get('["status"]') ?? '');
  // Of a refusal and a success the rest is not the same thing: only the code still helps.
  const isOther = then?.[0] !== now?.[0];
  for (const key of new Set([...recorded.keys(), ...replayed.keys()])) {
    const place: string[] = JSON.parse(key);
    const [before = 'absent', after = 'absent'] = [recorded.get(key), replayed.get(key)];
    const isWithin = place.some((_, i) => found.has(JSON.stringify(place.slice(0, i))));
    const isOnBoth = recorded.has(key) && replayed.has(key);
    const isCompared = !isOther || place[0] === 'status' || (isErrorCode(place) && isOnBoth);
    if (before === after || isWithin || !isCompared) continue;
    const more = isOther && place[0] === 'status' ? ', so that the rest is not compared' : '';
    found.set(key, [place, before, `${after}${more}`]);
  }
  return found.values();
}
