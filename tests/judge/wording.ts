import type { Evidence, Verdict } from '../../schemas/files/report.ts';
import { type Place, routeTitle } from '../../schemas/operation.ts';
import { counted, printable } from './text.ts';

/** Where a verdict holds, as the page writes it. */
export function placeTitle(route: Place): string {
  return route === 'both' ? 'both routes' : routeTitle[route];
}

/** Whether it is a deviation that fails nothing: of a platform requirement, in a run that is not strict. */
export function isWarning({ outcome, failing }: Pick<Verdict, 'outcome' | 'failing'>): boolean {
  return outcome === 'deviates' && !failing;
}

/** What is wrong, in words: the target does this, or gave that in place of what is documented. */
export function wrongIn({ outcome, wrong, expected, received, declared }: Verdict): string {
  if (outcome === 'stale deviation') return `it conforms now: remove ${entryText(declared)}`;
  return wrong ?? `expected ${expected}, received ${received}`;
}

/** The entry of a deviations file, as a reader finds it. */
export function entryText(declared: Verdict['declared']): string {
  return declared === undefined ? 'its entry' : `entry ${declared.entry} of ${declared.file}`;
}

/** The outcome with its share, and whether it is only a warning. */
export function outcomeTitle(
  verdict: Pick<Verdict, 'outcome' | 'failing' | 'requests' | 'failingRequests'>,
): string {
  const { outcome, requests, failingRequests } = verdict;
  const share =
    failingRequests > 0 ? ` (${failingRequests} of ${counted(requests, 'request')})` : '';
  return `${outcome}${share}${isWarning(verdict) ? ' · warning' : ''}`;
}

/** Since when something is found, with `≥` where the history begins with it. */
export function sinceTitle(found: { readonly since: string; readonly orEarlier: boolean }): string {
  return found.orEarlier ? `≥ ${found.since}` : found.since;
}

/** The places in which a requirement came to what its verdict says. */
export function placesIn({ outcome, routes }: Verdict): Place[] {
  return routes.filter((each) => each.outcome === outcome).map(({ route }) => route);
}

/** Where a verdict holds, in a few words: `/me`, `/users` or both routes. */
export function placeText(verdict: Verdict): string {
  const [place, ...others] = placesIn(verdict);
  return place === undefined || place === 'both' || others.length > 0 ? 'both routes' : `/${place}`;
}

/** A line of what every report says of a verdict: its name, and the text where there is one. */
export type Line = readonly [name: string, text: string | undefined];

/** What every report says of a verdict, in the order in which it is read. */
export function verdictLines(verdict: Verdict): Line[] {
  const { level, source, expected, received, detail, exchange, reason } = verdict;
  const onlyShown = level === 'shown' ? ' · only the example shows it' : '';
  const places = placesIn(verdict);
  return [
    [places.length > 1 ? 'routes' : 'route', places.map(placeTitle).join('\n')],
    ['outcome', `${outcomeTitle(verdict)}${onlyShown}`],
    ['elsewhere', elsewhere(verdict)],
    ['documented', source],
    ['expected', expected],
    ['received', received],
    ['detail', detail],
    ['because', reason],
    ['exchange', exchange && evidenceText(exchange)],
  ];
}

/** What routes came to that came to something else; undefined: all came to the same. */
function elsewhere({ outcome, received, routes }: Verdict): string | undefined {
  const others = routes.filter((each) => each.outcome !== outcome || each.received !== received);
  return (
    others
      .map((each) => {
        const text = each.failingRequests > 0 ? `, received ${each.received}` : '';
        return `${placeTitle(each.route)}: ${outcomeTitle(each)}${text}`;
      })
      .join('\n') || undefined
  );
}

/** Where to find the exchange again: its request, whose id it has, the time, file and line. */
export function evidenceText(evidence: Evidence): string {
  const { request, at, recorded } = evidence;
  return [request, idText(evidence), at, recorded].filter(Boolean).join(', ');
}

/** The id that support asks for, with whose it is: the target's own, or else the one that we sent. */
function idText({ requestId, clientRequestId }: Evidence): string | undefined {
  if (requestId) return `request-id ${requestId} (the target's)`;
  return clientRequestId && `client-request-id ${clientRequestId} (ours)`;
}

/** The verdict in lines for a terminal, report.md and a failing test. */
export function verdictMessage(verdict: Verdict): string {
  const { requirement, level, text } = verdict;
  const lines = verdictLines(verdict).flatMap(([name, value]) =>
    value ? [`  ${name.padEnd(11)} ${printable(value)}`] : [],
  );
  return [`${requirement} · ${level} · ${text}`, ...lines].join('\n');
}
