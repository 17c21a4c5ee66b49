import type { Exchange, Header } from '../../schemas/files/recording.ts';
import type { Verdict } from '../../schemas/files/report.ts';
import { outcomeTitle, placeTitle, printable } from './wording.ts';

/** Characters of a body that a text shows; the recording has all of them. */
const bodyLimit = 4_000;

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
