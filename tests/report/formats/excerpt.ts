import { headerValues } from '../../../schemas/files/recording.ts';
import type { ShownExchange, Verdict } from '../../../schemas/files/report.ts';

/** Characters of a body that stand beside a finding; the recording has all of it. */
const shownBody = 240;

/** A line of an excerpt: what it is, and what it says. */
type Line = readonly [name: string, text: string];

/** The part of an exchange that shows a finding: what was sent, in a line, and what is wrong in what came back. */
export function excerptOf(
  { request, response, failure, title, why }: ShownExchange,
  { part, header }: Pick<Verdict, 'part' | 'header'>,
): Line[] {
  const sent: Line = ['sent', `${request.line}, ${title.split(' on ')[0]}: ${why}`];
  if (response === undefined) return [sent, ['came back', failure ?? 'nothing']];
  const status: Line = ['came back', failure ? `${response.line}, then ${failure}` : response.line];
  if (part === 'header' && header !== undefined)
    return [sent, status, ['header', headerText(response.headers, header)]];
  return part === 'body' ? [sent, status, ['body', bodyText(response.body)]] : [sent, status];
}

function headerText(headers: ShownExchange['request']['headers'], name: string): string {
  const values = headerValues(headers, name);
  return values.length === 0 ? `no ${name}` : values.map((value) => `${name}: ${value}`).join(', ');
}

function bodyText(body: string): string {
  const line = body.replaceAll(/\s+/g, ' ').trim();
  if (line === '') return 'no body';
  return line.length > shownBody ? `${line.slice(0, shownBody)}…` : line;
}
