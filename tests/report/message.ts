import type { Evidence, Verdict } from '../../schemas/files/report.ts';
import { outcomeTitle, placeTitle, printable } from '../judge/wording.ts';

/** A line of what every report says of a verdict: its name, and the text where there is one. */
export type Line = readonly [name: string, text: string | undefined];

/** What every report says of a verdict, in the order in which it is read. `places`: where it holds. */
export function verdictLines(
  verdict: Verdict,
  places: readonly string[] = [placeTitle(verdict.route)],
): Line[] {
  const { level, source, expected, received, detail, exchange, reason } = verdict;
  const onlyShown = level === 'shown' ? ' · only the example shows it' : '';
  return [
    [places.length > 1 ? 'routes' : 'route', places.join('\n')],
    ['outcome', `${outcomeTitle(verdict)}${onlyShown}`],
    ['documented', source],
    ['expected', expected],
    ['received', received],
    ['detail', detail],
    ['because', reason],
    ['exchange', exchange && evidenceText(exchange)],
  ];
}

function evidenceText({ request, requestId, at, recorded }: Evidence): string {
  return [request, requestId && `request-id ${requestId}`, at, recorded].filter(Boolean).join(', ');
}

/** The verdict in lines for a terminal, report.md and a failing test. */
export function verdictMessage(verdict: Verdict): string {
  const { requirement, level, text } = verdict;
  const lines = verdictLines(verdict).flatMap(([name, value]) =>
    value ? [`  ${name.padEnd(11)} ${printable(value)}`] : [],
  );
  return [`${requirement} · ${level} · ${text}`, ...lines].join('\n');
}
