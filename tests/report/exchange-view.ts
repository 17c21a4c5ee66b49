import type { Exchange, Header, Response } from '../../schemas/files/recording.ts';
import type { ShownExchange, ShownSide } from '../../schemas/files/report.ts';
import { printable } from '../judge/text.ts';
import { curlLine } from './curl.ts';

/** Characters, and number of headers, that are shown; the recording has all of them. */
const shown = { line: 500, header: 300, headers: 40, body: 2_000 };

export function shownExchange(exchange: Exchange): ShownExchange {
  const { requestCase, request, response, failure, ms } = exchange;
  return {
    title: `${requestCase.name} on /${requestCase.route}`,
    why: requestCase.why,
    ms,
    request: side(`${request.method} ${request.url}`, request),
    ...(response && {
      response: side(`HTTP ${response.status} ${response.reason}`.trimEnd(), response),
    }),
    ...(failure && {
      failure: cut([failure.kind, failure.detail].filter(Boolean).join(', '), shown.line),
    }),
    curl: curlLine(requestCase, request),
  };
}

/** The exchange as the HTTP it was. */
export function exchangeText({
  title,
  why,
  ms,
  request,
  response,
  failure,
}: ShownExchange): string {
  return [
    `# ${title}: ${why}`,
    ...linesOf(request),
    '',
    `# after ${ms} ms`,
    ...(response ? linesOf(response) : []),
    ...(failure ? [`(no whole response: ${failure})`] : []),
  ].join('\n');
}

function linesOf({ line, headers, body }: ShownSide): string[] {
  return [line, ...headers.map(([name, value]) => `${name}: ${value}`), '', body];
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
    body:
      notKept === undefined
        ? cut(body.toString('utf8'), shown.body)
        : `(a body that is not kept: ${notKept})`,
  };
}

function cut(text: string, limit: number): string {
  // Cut first: what a huge response holds beyond the limit is not worth reading through.
  const more = text.length - limit;
  return printable(text.slice(0, limit)) + (more > 0 ? `… ${more} more characters` : '');
}
