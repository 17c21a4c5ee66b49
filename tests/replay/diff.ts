import { isAnswered } from '../../fixtures/recording/merged.ts';
import type { Exchange } from '../../schemas/files/recording.ts';
import type { Route } from '../../schemas/operation.ts';
import { isSuccess, jsonOf } from '../requirements/match/object.ts';
import { type Aspect, aspects } from './fact.ts';
import { factsOf } from './normalise.ts';
import { idIn } from './normalise-body.ts';

/** One recorded call, and what another target answered to the same. */
export interface Pair {
  readonly recorded: Exchange;
  readonly replayed: Exchange;
}

/** One thing in which another target answers otherwise, over all calls that show it. */
export interface Difference {
  readonly aspect: Aspect;
  readonly where: string;
  readonly routes: readonly Route[];
  readonly recorded: string;
  readonly received: string;
  /** The names of the calls that show it. */
  readonly calls: ReadonlySet<string>;
  readonly first: Pair;
}

/** The calls that the recorded target answered, with what became of them at the other one. */
export function pairsOf(recorded: Answered, replayed: Answered): Pair[] {
  const keyOf = ({ requestCase }: Exchange) => `${requestCase.name} ${requestCase.route}`;
  const again = new Map(replayed.exchanges.map((each) => [keyOf(each), each]));
  return recorded.exchanges.filter(isAnswered).flatMap((each) => {
    const other = again.get(keyOf(each));
    return other === undefined ? [] : [{ recorded: each, replayed: other }];
  });
}

interface Answered {
  readonly exchanges: readonly Exchange[];
}

const absent = 'absent';

type Roots = Readonly<Record<keyof Pair, string>>;

/** What the answers of both targets differ in, in the order in which a client reads them. Pure. */
export function differencesOf(pairs: Iterable<Pair>, roots: Roots): Difference[] {
  const found = new Map<string, Difference & { routes: Route[]; calls: Set<string> }>();
  const sides = {
    recorded: { root: roots.recorded, seen: new Set<unknown>() },
    replayed: { root: roots.replayed, seen: new Set<unknown>() },
  };
  for (const pair of pairs) {
    for (const each of differing(pair, sides)) {
      const { route, name } = pair.recorded.requestCase;
      const key = JSON.stringify(Object.values(each));
      const known = found.get(key) ?? { ...each, routes: [], calls: new Set(), first: pair };
      if (!known.routes.includes(route)) known.routes.push(route);
      known.calls.add(name);
      found.set(key, known);
    }
    sides.recorded.seen.add(createdId(pair.recorded));
    sides.replayed.seen.add(createdId(pair.replayed));
  }
  return [...found.values()].toSorted(
    (a, b) => aspects.indexOf(a.aspect) - aspects.indexOf(b.aspect),
  );
}

function createdId({ response, request }: Exchange): unknown {
  return response && request.method === 'POST' && isSuccess(response)
    ? idIn(jsonOf(response))
    : undefined;
}

type Side = Parameters<typeof factsOf>[1];

type Seen = Pick<Difference, 'aspect' | 'where' | 'recorded' | 'received'>;

function differing(
  { recorded, replayed }: Pair,
  sides: Readonly<Record<keyof Pair, Side>>,
): Seen[] {
  const before = tellings(recorded, sides.recorded);
  const after = tellings(replayed, sides.replayed);
  const keys = [...new Set([...before.keys(), ...after.keys()])];
  const all = keys.flatMap((key): Seen[] => {
    const [aspect, where] = JSON.parse(key) as [Aspect, string];
    const [was, is] = [before.get(key) ?? absent, after.get(key) ?? absent];
    return was === is ? [] : [{ aspect, where, recorded: was, received: is }];
  });
  // With another status everything else is another answer's: its code is all that still helps.
  return all.some(({ aspect }) => aspect === 'status')
    ? all.filter(({ aspect, where }) => where === '' && ['status', 'error code'].includes(aspect))
    : withoutParts(all);
}

/** Leaves out the properties of what is told as a whole: another body, or an object that is missing. */
function withoutParts(all: readonly Seen[]): Seen[] {
  const wholes = all
    .filter(({ aspect }) => aspect === 'body')
    .filter(({ where, ...sides }) => where === '' || Object.values(sides).includes(absent))
    .map(({ where }) => where);
  const otherType = all.some(({ aspect, where }) => aspect === 'media type' && where === '');
  const isPart = (where: string) =>
    wholes.some((whole) => where !== whole && (whole === '' || where.startsWith(`${whole}.`)));
  // What comes with the body is missing where it is, a nested code where its property is.
  const isMissing = ({ aspect, where, ...sides }: Seen) =>
    (aspect === 'media type' ||
      (aspect === 'error code' && (where !== '' || wholes.includes('')))) &&
    Object.values(sides).includes(absent);
  return all
    .filter((each) => !isMissing(each))
    .filter(({ aspect, where }) => aspect !== 'body' || !isPart(where))
    .filter(({ aspect, where }) => !otherType || aspect !== 'media type' || where === '');
}

/** By what is told, what is told of it; the items of an array tell together. */
function tellings(exchange: Exchange, side: Side): Map<string, string> {
  const told = new Map<string, Set<string>>();
  for (const telling of factsOf(exchange, side)) {
    const key = JSON.stringify([telling.aspect, telling.where]);
    told.set(key, (told.get(key) ?? new Set()).add(telling.value));
  }
  return new Map([...told].map(([key, words]) => [key, [...words].sort().join(' or ')]));
}
