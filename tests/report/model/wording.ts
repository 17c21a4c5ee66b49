import type { Evidence, Outcome, RouteVerdict, Verdict } from '../../../schemas/files/report.ts';
import type { Place } from '../../../schemas/operation.ts';
import { counted, printable } from '../../judge/text.ts';

/** A line of what every report says: its name, and the text. */
export type Line = readonly [name: string, text: string];

/** What a requirement is counted as. */
export type Result = Outcome | 'warning';

/** The lines that have a text. */
export function linesOf(
  lines: readonly (readonly [name: string, text: string | undefined])[],
): Line[] {
  return lines.flatMap(([name, text]): Line[] => (text ? [[name, text]] : []));
}

/** Whether it is a deviation that fails nothing: of a platform requirement, in a run that is not strict. */
export function isWarning({ outcome, failing }: Pick<Verdict, 'outcome' | 'failing'>): boolean {
  return outcome === 'deviates' && !failing;
}

/** A route, as a sentence names it. */
function placeText(place: Place): string {
  return place === 'both' ? 'both routes' : `/${place}`;
}

/** The routes on which a requirement came to what its verdict says. */
export function routesIn({ outcome, routes }: Verdict): RouteVerdict[] {
  return routes.filter((each) => each.outcome === outcome);
}

/** Where a verdict holds, in a few words: `/me`, `/users` or both routes. */
export function whereText(verdict: Verdict): string {
  const [first, ...others] = routesIn(verdict);
  return placeText(first === undefined || others.length > 0 ? 'both' : first.route);
}

/** What is wrong, in words: the target does this, or gave that in place of what is documented. */
export function wrongIn(verdict: Verdict): string {
  const { outcome, wrong, expected, received, declared } = verdict;
  if (outcome === 'stale deviation') return `it conforms now: remove ${entryText(declared)}`;
  const here = routesIn(verdict);
  const all = here.some((each) => each.received !== received)
    ? here.map((each) => `${each.received} on ${placeText(each.route)}`).join(', ')
    : received;
  return `${wrong ?? `expected ${expected}, received ${all}`}${shareText(here, verdict.exchange)}`;
}

/** In how many of the requests it was found, with the part of each route and the first of them; empty where in all. */
function shareText(routes: readonly RouteVerdict[], first: Evidence | undefined): string {
  const [failing, requests] = sums(routes);
  if (failing === requests || failing === 0) return '';
  const parts = routes.map((each) => `${each.failingRequests} ${placeText(each.route)}`);
  const divided = routes.length > 1 ? ` (${parts.join(', ')})` : '';
  const name = first?.request.split(' on ')[0];
  return ` in ${failing} of ${counted(requests, 'request')}${divided}${name ? `, first ${name}` : ''}`;
}

function sums(routes: readonly RouteVerdict[]): [failing: number, requests: number] {
  const sum = (of: 'failingRequests' | 'requests') =>
    routes.reduce((total, each) => total + each[of], 0);
  return [sum('failingRequests'), sum('requests')];
}

/** The entry of a deviations file, as a reader finds it. */
export function entryText(declared: Verdict['declared']): string {
  return declared === undefined ? 'its entry' : `entry ${declared.entry} of ${declared.file}`;
}

/** The outcome, where it is not everywhere the same also the route, and whether it is only a warning. */
export function outcomeTitle(verdict: Verdict): string {
  const { outcome, routes } = verdict;
  const isEverywhere = routesIn(verdict).length === routes.length;
  const where = isEverywhere ? '' : ` on ${whereText(verdict)}`;
  return `${isWarning(verdict) ? 'warning' : outcome}${where}`;
}

/** Of how many requests a verdict speaks, and what it came to elsewhere. */
function requestsText(verdict: Verdict): string {
  const here = routesIn(verdict);
  const [failing, requests] = sums(here);
  const others = verdict.routes.filter((each) => !here.includes(each));
  const elsewhere = others.map((each) => `; ${placeText(each.route)}: ${each.outcome}`);
  return `${whereText(verdict)}, ${failing} of ${counted(requests, 'request')}${elsewhere.join('')}`;
}

/** Where to find an exchange again: its request, the id that support asks for, the time, file and line. */
export function evidenceText(evidence: Evidence): string {
  const { request, requestId, clientRequestId, at, recorded } = evidence;
  const ours = clientRequestId && `client-request-id ${clientRequestId} (ours)`;
  const id = requestId ? `request-id ${requestId} (the target's)` : ours;
  return [request, id, at, recorded].filter(Boolean).join(', ');
}

/** What every report says of a verdict, in the order in which it is read. */
export function verdictLines(verdict: Verdict): Line[] {
  const { text, level, source, detail, exchange, reason, expected, received, wrong } = verdict;
  const shown = level === 'shown' ? ': only the example shows it' : '';
  return linesOf([
    ['rule', `${text} (${level}${shown}; ${source})`],
    ['where', verdict.requests > 0 ? requestsText(verdict) : undefined],
    // Where a sentence of its own says what is wrong, this is what a declaration compares.
    ['expected', wrong && expected],
    ['received', wrong && received],
    ['detail', detail],
    ['because', reason],
    ['evidence', exchange && evidenceText(exchange)],
  ]);
}

/** What was found, as one sentence without a full stop. */
export function sentenceOf(verdict: Verdict): string {
  return `${verdict.requirement} on ${whereText(verdict)}: ${wrongIn(verdict)}`;
}

/** A sentence with the lines that belong to it. */
export function textOf(sentence: string, lines: readonly Line[]): string {
  return printable(
    [sentence, ...lines.map(([name, text]) => `  ${name.padEnd(10)} ${text}`)].join('\n'),
  );
}

/** Requirements that a sentence names before it only counts them. */
const namedOthers = 4;

/** The requirements that go away with a finding. */
export function othersText(ids: readonly string[]): string {
  return ids.length > namedOthers ? `${ids.length} more requirements` : ids.join(', ');
}
