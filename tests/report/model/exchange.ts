import {
  type Exchange,
  type Header,
  headerValues,
  type Response,
} from '../../../schemas/files/recording.ts';
import type { Where } from '../../../schemas/files/report.ts';
import { printable } from '../../judge/text.ts';
import { curlLine } from './curl.ts';
import type { ShownExchange, ShownSide } from './model.ts';
import type { Line } from './wording.ts';

/** Characters, and number of headers, that are shown; the recording has all of them. */
const shown = { line: 500, header: 300, headers: 40, body: 2_000, excerpt: 300 };

export function shownExchange(exchange: Exchange): ShownExchange {
  const { requestCase, request, response, failure, ms } = exchange;
  return {
    title: `${requestCase.name} on /${requestCase.route}`,
    why: cut(requestCase.why, shown.line),
    ms,
    request: side(`${request.method} ${request.url}`, request),
    ...(response && {
      response: side(`HTTP ${response.status} ${response.reason}`.trimEnd(), response),
    }),
    ...(failure && {
      failure: cut([failure.kind, failure.detail].filter(Boolean).join(', '), shown.line),
    }),
    curl: printable(curlLine(requestCase, request)),
  };
}

/** The exchange as the HTTP it was. */
export function exchangeText(exchange: ShownExchange): string {
  const { title, why, ms, request, response, failure } = exchange;
  const linesOf = ({ line, headers, body }: ShownSide) => [
    line,
    ...headers.map((header) => header.join(': ')),
    '',
    body,
  ];
  return [
    `# ${title}: ${why}`,
    ...linesOf(request),
    '',
    `# after ${ms} ms`,
    ...(response ? linesOf(response) : []),
    ...(failure ? [`(no whole response: ${failure})`] : []),
  ].join('\n');
}

/** The part of an exchange that shows a finding: what was sent, in a line, and what is wrong in what came back. */
export function excerptOf(
  { request, response, failure, title, why }: ShownExchange,
  { part, header }: Partial<Where>,
): Line[] {
  const sent: Line = ['sent', `${request.line}, ${title.split(' on ')[0]}: ${why}`];
  if (response === undefined) return [sent, ['came back', failure ?? 'nothing']];
  const status: Line = ['came back', failure ? `${response.line}, then ${failure}` : response.line];
  if (part === 'body') return [sent, status, ['body', bodyText(response.body)]];
  if (part !== 'header' || header === undefined) return [sent, status];
  const values = headerValues(response.headers, header);
  const text = values.map((value) => `${header}: ${value}`).join(', ');
  return [sent, status, ['header', text || `no ${header}`]];
}

function bodyText(body: string): string {
  const line = body.replaceAll(/\s+/g, ' ').trim();
  return line === '' ? 'no body' : cut(line, shown.excerpt);
}

function side(
  line: string,
  { headers, body, notKept }: Pick<Response, 'headers' | 'body' | 'notKept'>,
): ShownSide {
  const more = headers.length - shown.headers;
  return {
    line: cut(line, shown.line),
    headers: [
      ...headers
        .slice(0, shown.headers)
        .map(([name, value]): Header => [cut(name, shown.header), cut(value, shown.header)]),
      ...(more > 0 ? [['…', `${more} more in the recording`] as const] : []),
    ],
    body: notKept ? `(not kept: ${notKept})` : cut(body.toString('utf8'), shown.body),
  };
}

function cut(text: string, limit: number): string {
  // Cut first: what a huge response holds beyond the limit is not worth reading through.
  const more = text.length - limit;
  return printable(text.slice(0, limit)) + (more > 0 ? `… ${more} more characters` : '');
}
