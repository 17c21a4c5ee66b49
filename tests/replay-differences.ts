import type { Exchange } from '../fixtures/exchange.ts';
import { isAnswered } from '../fixtures/recorded.ts';
import type { Route } from '../fixtures/target.ts';
import { type Aspect, aspects, tellingsOf } from './likeness.ts';
import { printable } from './message.ts';

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
  const keyOf = ({ call }: Exchange) => `${call.name} ${call.route}`;
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
  for (const pair of pairs)
    for (const seen of differing(pair, roots)) {
      const { route, name } = pair.recorded.call;
      const key = JSON.stringify(Object.values(seen));
      const known = found.get(key) ?? { ...seen, routes: [], calls: new Set(), first: pair };
      if (!known.routes.includes(route)) known.routes.push(route);
      known.calls.add(name);
      found.set(key, known);
    }
  return [...found.values()].toSorted(
    (a, b) => aspects.indexOf(a.aspect) - aspects.indexOf(b.aspect),
  );
}

type Seen = Pick<Difference, 'aspect' | 'where' | 'recorded' | 'received'>;

function differing({ recorded, replayed }: Pair, roots: Roots): Seen[] {
  const before = tellings(recorded, roots.recorded);
  const after = tellings(replayed, roots.replayed);
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
  const isPart = (where: string) =>
    wholes.some((whole) => where !== whole && (whole === '' || where.startsWith(`${whole}.`)));
  // A nested code that is not there is a property that is not there.
  const isMissingCode = ({ aspect, where, ...sides }: Seen) =>
    aspect === 'error code' && where !== '' && Object.values(sides).includes(absent);
  return all.filter(
    (each) => !isMissingCode(each) && (each.aspect !== 'body' || !isPart(each.where)),
  );
}

/** By what is told, what is told of it; the items of an array tell together. */
function tellings(exchange: Exchange, root: string): Map<string, string> {
  const told = new Map<string, Set<string>>();
  for (const telling of tellingsOf(exchange, root)) {
    const key = JSON.stringify([telling.aspect, telling.where]);
    told.set(key, (told.get(key) ?? new Set()).add(telling.told));
  }
  return new Map([...told].map(([key, words]) => [key, [...words].sort().join(' or ')]));
}

/** Names of calls that a line has room for. */
const namedCalls = 3;

/** The difference in one line. */
export function differenceLine(difference: Difference): string {
  const { aspect, where, recorded, received, routes, calls } = difference;
  const names = [...calls].slice(0, namedCalls).join(', ');
  const more = calls.size > namedCalls ? ` and ${calls.size - namedCalls} more` : '';
  const place = routes.length > 1 ? 'both routes' : `/${routes[0]}`;
  return printable(
    `${[aspect, where].filter(Boolean).join(' ')}: recorded ${recorded}, here ${received} · ${place}: ${names}${more}`,
  ).replaceAll('\n', ' ');
}

/** replay/differences.md: what a mock does otherwise than the target that was recorded. */
export function differencesMarkdown(title: string, differences: readonly Difference[]): string {
  const sections = aspects.flatMap((aspect) => {
    const mine = differences.filter((each) => each.aspect === aspect);
    const lines = mine.map((each) => `- ${differenceLine(each).replaceAll(markup, '\\$&')}`);
    return lines.length === 0 ? [] : [`## ${aspect}`, lines.join('\n')];
  });
  return [`# ${title}`, ...sections, ''].join('\n\n');
}

/** Text from a target must not become markup. */
const markup = /[\\`*_{}[\]<>|#]/g;
