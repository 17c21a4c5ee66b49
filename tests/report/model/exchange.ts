import type { Where } from '../../../schemas/files/finding.ts';
import {
  type Exchange,
  type Header,
  headerValues,
  type Response,
} from '../../../schemas/files/recording.ts';
import { printable } from '../../judge/text.ts';
import { curlLine } from './curl.ts';
import type { ShownExchange, ShownSide } from './model.ts';
import { type Line, linesOf } from './wording.ts';

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

/** What of an exchange shows a finding, in short, and how to send it again. */
export function excerptOf(shown: ShownExchange, { part, header }: Partial<Where>): Line[] {
  const { request, response, failure, title, why, curl } = shown;
  const values = header ? headerValues(response?.headers ?? [], header) : [];
  const headers = values.map((value) => `${header}: ${value}`).join(', ');
  const came = [response?.line, failure].filter(Boolean).join(', then ');
  return linesOf([
    ['sent', `${request.line}, ${title.split(' on ')[0]}: ${why}`],
    ['with body', part === 'body' ? oneLine(request.body) : undefined],
    ['came back', came || 'nothing'],
    ['header', part === 'header' ? headers || `no ${header}` : undefined],
    ['body', response && (oneLine(response.body) || 'none')],
    ['repeat', curl.replaceAll(' \\\n  ', ' ')],
  ]);
}

function oneLine(body: string): string {
  return cut(body.replaceAll(/\s+/g, ' ').trim(), shown.excerpt);
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
    body: notKept ? `(not kept: ${notKept})` : inLines(cut(body.toString('utf8'), shown.body)),
  };
}

/** JSON that stands in one line over several: nothing but line breaks and blanks between its parts is added. */
function inLines(body: string): string {
  if (body.includes('\n') || !/^\s*[[{]/.test(body)) return body;
  let depth = 0;
  return body.replaceAll(/"(?:[^"\\]|\\.)*"|[{[}\],]/g, (part) => {
    if (/^[{[]/.test(part)) depth++;
    else if (/^[}\]]/.test(part)) depth = Math.max(0, depth - 1);
    else if (part !== ',') return part;
    const line = `\n${'  '.repeat(Math.min(depth, 20))}`;
    return /^[}\]]/.test(part) ? line + part : part + line;
  });
}

function cut(text: string, limit: number): string {
  // Cut first: what a huge response holds beyond the limit is not worth reading through.
  const more = text.length - limit;
  return printable(text.slice(0, limit)) + (more > 0 ? `… ${more} more characters` : '');
}
