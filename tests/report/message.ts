import { routeTitle } from '../../fixtures/configuration/target.ts';
import type { Exchange, Header } from '../../schemas/files/recording.ts';
import type { Verdict } from '../judge/judge.ts';

/** Characters of a body that a text shows; the recording has all of them. */
const bodyLimit = 4_000;

/** Where a verdict holds, as the page writes it. */
export function placeTitle(route: Verdict['route']): string {
  return route === 'both' ? 'both routes' : routeTitle[route];
}

/** The verdict in the lines that every reader is shown: terminal, report and failing test alike. */
export function verdictMessage(verdict: Verdict): string {
  const { requirement, level, text, route, source, expected, received, detail, exchange, reason } =
    verdict;
  const lines: [string, string | undefined][] = [
    ['route', placeTitle(route)],
    [
      'outcome',
      `${outcomeTitle(verdict)}${level === 'shown' ? ' · only the example shows it' : ''}`,
    ],
    ['documented', source],
    ['expected', expected],
    ['received', received && (detail ? `${received} (${detail})` : received)],
    ['because', reason],
    [
      'exchange',
      exchange &&
        [
          exchange.request,
          exchange.requestId && `request-id ${exchange.requestId}`,
          exchange.at,
          exchange.recorded,
        ]
          .filter(Boolean)
          .join(', '),
    ],
  ];
  const body = lines.flatMap(([name, value]) =>
    value ? [`  ${name.padEnd(11)} ${printable(value)}`] : [],
  );
  return [`${requirement} · ${level} · ${text}`, ...body].join('\n');
}

/** The outcome with its share, and whether it is only advice. */
export function outcomeTitle({ outcome, failing, requests, failingRequests }: Verdict): string {
  const share =
    failingRequests > 0
      ? ` (${failingRequests} of ${requests} ${requests === 1 ? 'call' : 'calls'})`
      : '';
  const advice = outcome === 'deviates' && !failing ? ' · advice' : '';
  return `${outcome}${share}${advice}`;
}

/** An exchange as the HTTP it was, as text that no terminal and no page can be moved by. */
export function exchangeText({ request, response, failure, ms, requestCase }: Exchange): string {
  const asked = [
    `${request.method} ${request.url}`,
    ...headerLines(request.headers),
    '',
    bodyText(request.body),
  ];
  const told = response
    ? [
        `HTTP ${response.status} ${response.reason}`.trimEnd(),
        ...headerLines(response.headers),
        '',
        bodyText(response.body),
      ]
    : [];
  const silent = failure
    ? [`(no whole answer: ${failure.kind}${failure.detail && `, ${failure.detail}`})`]
    : [];
  return [
    `# ${requestCase.name}: ${requestCase.why}`,
    ...asked,
    '',
    `# after ${ms} ms`,
    ...told,
    ...silent,
  ]
    .map(printable)
    .join('\n');
}

function headerLines(headers: readonly Header[]): string[] {
  return headers.map(([name, value]) => `${name}: ${value}`);
}

function bodyText(body: Buffer): string {
  const text = body.toString('utf8');
  return text.length > bodyLimit
    ? `${text.slice(0, bodyLimit)}\n… ${text.length - bodyLimit} more characters in the recording`
    : text;
}

/** Control characters by their number; line ends and tabs stay. */
export function printable(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replace(/[^\P{C}\n\t]/gu, (c) => `\\u{${c.codePointAt(0)?.toString(16)}}`);
}
