import { isComparable } from '../../fixtures/recording/reader.ts';
import { type Exchange, type Recording, requestKey } from '../../schemas/files/recording.ts';
import type { Route } from '../../schemas/operation.ts';
import { counted, oneLine } from '../judge/text.ts';
import { escaped } from '../report/formats/markdown.ts';
import { aspects, isErrorCode, kindsOf, type Path } from './kinds.ts';

/** A recorded exchange, and the one of the same request with another target. */
export type Pair = Readonly<Record<'recorded' | 'replayed', Exchange>>;

/** Where responses differ, the kind that stands there in each, and the requests that show it. */
export type Difference = Readonly<Record<keyof Pair, string>> &
  Readonly<{ place: Path; routes: Set<Route>; requests: Set<string>; first: Pair }>;

/** The recorded exchanges that can be compared, each with the replayed one of the same route and name. */
export function pairsOf(recorded: readonly Exchange[], replayed: readonly Exchange[]): Pair[] {
  const again = new Map(replayed.map((each) => [requestKey(each.requestCase), each]));
  return recorded.filter(isComparable).flatMap((each) => {
    const other = again.get(requestKey(each.requestCase));
    return other === undefined ? [] : [{ recorded: each, replayed: other }];
  });
}

/** What the responses of two targets differ in, in the order in which a client reads them. */
export function differencesOf(
  pairs: Iterable<Pair>,
  runs: Readonly<Record<keyof Pair, Pick<Recording['run'], 'baseUrl'>>>,
): Difference[] {
  const found = new Map<string, Difference>();
  for (const pair of pairs) {
    const kindsIn = (side: keyof Pair) =>
      kindsOf({ exchange: pair[side], root: runs[side].baseUrl });
    const differing = mismatches(kindsIn('recorded'), kindsIn('replayed'));
    for (const [place, recorded, replayed] of differing) {
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
function mismatches(recorded: Kinds, replayed: Kinds) {
  const found = new Map<string, readonly [Path, string, string]>();
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

const namedRequests = 3;

export function differenceLine(difference: Difference) {
  const { place, recorded, replayed, routes, requests } = difference;
  const names = [...requests].slice(0, namedRequests).join(', ');
  const more = requests.size > namedRequests ? ` and ${requests.size - namedRequests} more` : '';
  const on = routes.size > 1 ? 'both routes' : `/${[...routes].join()}`;
  return oneLine(
    `${placeOf(place)}: recorded ${recorded}, here ${replayed} · ${on}: ${names}${more}`,
  );
}

/** Where the responses differ: `status`, `headers Location`, `body error.details[].code`. */
export function placeOf([aspect = '', ...steps]: Difference['place']) {
  return `${aspect} ${steps.join('.').replaceAll('.[]', '[]')}`.trimEnd();
}

/** What was compared, in one sentence, and what of the recording could not be. */
export function summaryOf(
  { run, exchanges }: Recording,
  pairs: readonly Pair[],
  differences: readonly Difference[],
) {
  const comparable = exchanges.filter(isComparable).length;
  const left = (count: number, why: string) =>
    count === 0 ? '' : `; ${counted(count, 'recorded request')} ${why}`;
  return [
    `${counted(differences.length, 'difference')} in ${counted(pairs.length, 'request')} to ${run.target}, recorded ${run.startedAt}`,
    left(exchanges.length - comparable, 'had no response to compare with'),
    left(comparable - pairs.length, 'could not be sent here'),
  ].join('');
}

/** Why not every recorded request was compared; undefined: each was. */
export function whyIncomplete(
  pairs: readonly Pair[],
  recorded: Pick<Recording, 'end'>,
  replayed: Pick<Recording, 'end'>,
) {
  if (pairs.length === 0) return 'nothing could be compared';
  if (!recorded.end || recorded.end.interrupted)
    return 'the recording is not whole: the run was interrupted';
  return replayed.end?.complete ? undefined : (replayed.end?.reason ?? 'the run was interrupted');
}

/** replay/differences.md: each difference, and in which lines of both recordings to see it. */
export function differencesMarkdown(title: string, differences: readonly Difference[]) {
  const lines = differences.map((difference) => {
    const { recorded, replayed } = difference.first;
    const evidence = `recorded in ${recorded.evidence}, here in ${replayed.evidence}`;
    return `- ${escaped(differenceLine(difference))}\n  - ${escaped(evidence)}`;
  });
  const where = lines.length === 0 ? [] : ['html/index.html shows both exchanges of each.'];
  return [`# ${escaped(title)}`, ...lines, ...where, ''].join('\n\n');
}
