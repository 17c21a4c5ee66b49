import type {
  Evidence,
  Judgement,
  Outcome,
  RouteVerdict,
  Verdict,
} from '../../../schemas/files/report.ts';
import type { JudgedRoute } from '../../../schemas/operation.ts';
import { counted, printable, toldOf } from '../../judge/text.ts';

export type Line = readonly [name: string, text: string];

export type Result = Outcome | 'warning';

export function linesOf(lines: readonly (readonly [string, string | undefined])[]): Line[] {
  return lines.filter((line): line is Line => Boolean(line[1]));
}

/** A deviation that fails nothing is a warning. */
export function resultOf({ outcome, failing }: Judgement): Result {
  return outcome === 'deviates' && !failing ? 'warning' : outcome;
}

function routeText(route: JudgedRoute) {
  return route === 'both' ? 'both routes' : `/${route}`;
}

/** The routes on which a requirement came to what its verdict says. */
export function routesIn({ outcome, routes }: Verdict): RouteVerdict[] {
  return routes.filter((each) => each.outcome === outcome);
}

export function whereText(verdict: Verdict) {
  const [first, ...others] = routesIn(verdict);
  return routeText(first === undefined || others.length > 0 ? 'both' : first.route);
}

export function wrongIn(verdict: Verdict) {
  const { outcome, wrong, expected, declared, reason } = verdict;
  if (outcome === 'error') return `not checked: ${reason}`;
  const entry = `entry ${declared?.entry} of ${declared?.file}`;
  if (outcome === 'stale deviation') return `it conforms now: "npm run declare" removes ${entry}`;
  const here = routesIn(verdict);
  const isWrong = wrong && here.every((one) => one.wrong === wrong);
  const what = isWrong ? wrong : `expected ${expected}, received ${onRoutes(here, toldOf)}`;
  const known = outcome === 'changed deviation' && `; it is declared as "${declared?.received}"`;
  const over = declared?.over && `; ${entry} ended on ${declared.over}`;
  return `${what}${shareText(here, verdict)}${over || known || ''}`;
}

function onRoutes(here: readonly RouteVerdict[], textOf: (each: RouteVerdict) => string) {
  const [text, ...others] = new Set(here.map(textOf));
  if (others.length === 0) return text;
  return here.map((each) => `${textOf(each)} on ${routeText(each.route)}`).join(', ');
}

function shareText(here: readonly RouteVerdict[], { exchange, asks }: Verdict) {
  const sum = (of: 'failingRequests' | 'requests') =>
    here.reduce((total, each) => total + each[of], 0);
  const [failing, requests] = [sum('failingRequests'), sum('requests')];
  if (failing === 0 || failing === requests) return '';
  const parts = here.map((each) => `${each.failingRequests} ${routeText(each.route)}`);
  const divided = here.length > 1 ? ` (${parts.join(', ')})` : '';
  const first = exchange ? `, first ${exchange.name}` : '';
  return ` in ${failing} of ${counted(requests, asks)}${divided}${first}`;
}

export function changeText(change?: string) {
  return change ? ` (${change === 'found' ? 'first checked now' : change})` : '';
}

export function outcomeTitle(verdict: Verdict) {
  const isEverywhere = routesIn(verdict).length === verdict.routes.length;
  return `${resultOf(verdict)}${isEverywhere ? '' : ` on ${whereText(verdict)}`}`;
}

export function evidenceText(evidence: Evidence) {
  const { request, requestId, clientRequestId, at, recorded } = evidence;
  const ours = clientRequestId && `client-request-id ${clientRequestId} (ours)`;
  const id = requestId ? `request-id ${requestId} (the target's)` : ours;
  return [request, id, at, recorded].filter(Boolean).join(', ');
}

export function verdictLines(verdict: Verdict): Line[] {
  const { text, level, source, detail, exchange, reason, expected, wrong, told } = verdict;
  const shown = level === 'shown' ? ': only the example shows it' : '';
  return linesOf([
    ['rule', `${text} (${level}${shown}; ${source})`],
    ['expected', wrong && expected],
    ['received', wrong && toldOf(verdict)],
    ['declare as', told && onRoutes(routesIn(verdict), ({ received }) => `"${received}"`)],
    ['detail', detail],
    ['because', reason],
    ['evidence', exchange && evidenceText(exchange)],
  ]);
}

export function sentenceOf(verdict: Verdict) {
  return `${verdict.requirement} on ${whereText(verdict)}: ${wrongIn(verdict)}`;
}

export function textOf(sentence: string, lines: readonly Line[]) {
  return printable(
    [sentence, ...lines.map(([name, text]) => `  ${name.padEnd(10)} ${text}`)].join('\n'),
  );
}

export function messageOf(verdict: Verdict) {
  return textOf(sentenceOf(verdict), verdictLines(verdict));
}
