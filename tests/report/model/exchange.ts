import type { Optional, Where } from '../../../schemas/files/finding.ts';
import { type Exchange, headerValues, type Response } from '../../../schemas/files/recording.ts';
import { printable } from '../../judge/text.ts';

/** Characters, and headers; the recording has all. */
const shown = { line: 500, header: 300, headers: 40, body: 2_000, excerpt: 300 };

export type ShownExchange = ReturnType<typeof shownExchange>;

/** Text that cannot move a screen, of a size that a page can hold. */
export function shownExchange(exchange: Exchange, where: Optional<Where> = {}) {
  const { requestCase, request, response, failure, ms } = exchange;
  const { name, route, why } = requestCase;
  const status = `HTTP ${response?.status} ${response?.reason}`;
  return {
    title: `${name} on /${route}`,
    name,
    why: cut(why, shown.line),
    ms,
    request: shownMessage(`${request.method} ${request.url}`, request, {}),
    response: response && shownMessage(status, response, where),
    failure: failure && cut([failure.kind, failure.detail].filter(Boolean).join(', '), shown.line),
    curl: curlWords(requestCase, request),
  };
}

/** `marked`: the lines in which the finding lies, also what is missing. */
function shownMessage(
  start: string,
  { headers, body, notKept }: Pick<Response, 'headers' | 'body' | 'notKept'>,
  { part, header, property }: Optional<Where>,
) {
  const line = cut(start.trimEnd(), shown.line);
  const head = headers
    .slice(0, shown.headers)
    .map(([name, value]) => `${cut(name, shown.header)}: ${cut(value, shown.header)}`);
  const more = headers.length - head.length;
  if (more > 0) head.push(`… ${more} more in the recording`);
  const kept = cut(inLines(body.toString()), shown.body);
  const lines = notKept ? [`(not kept: ${notKept})`] : kept.split('\n');
  const place = header ? head : lines;
  const sought = header ? `${header}:` : property && `"${property}"`;
  const isSought = (each: string) =>
    each !== '' && each.toLowerCase().includes(sought?.toLowerCase() ?? '');
  const isThere = header ? headerValues(headers, header).length > 0 : lines.some(isSought);
  const missing = `(no ${header ?? property ?? 'body'})`;
  if ((header || part === 'body') && !isThere) place.push(missing);
  const found = place.filter((each) => isSought(each) || each === missing);
  const marked = { status: [line], header: found, body: found, connection: [] };
  return { line, head, body: lines, marked: part ? marked[part] : [] };
}

export function messageLines({ line, head, body }: ReturnType<typeof shownMessage>) {
  return [line, ...head, '', ...body];
}

export function exchangeText(exchange: ShownExchange) {
  const { title, why, ms, request, response, failure } = exchange;
  return [
    `# ${title}: ${why}`,
    ...messageLines(request),
    '',
    `# after ${ms} ms`,
    ...(response ? messageLines(response) : []),
    ...(failure ? [`(no whole response: ${failure})`] : []),
  ].join('\n');
}

/** To be pasted, over several lines. */
export function curlText({ curl }: ShownExchange) {
  return curl.join(' \\\n  ');
}

export function excerptOf(exchange: ShownExchange, part: Where['part'] | undefined) {
  const { request, response, failure, name, why, curl } = exchange;
  const body = response?.body.join(' ').replaceAll(/\s+/g, ' ').trim();
  return [
    ['sent', `${request.line}, ${name}: ${why}`],
    ['came back', [response?.line, failure].filter(Boolean).join(', then ') || 'nothing'],
    ['header', part === 'header' ? response?.marked.join(', ') : ''],
    ['body', body === undefined ? '' : cut(body, shown.excerpt) || 'none'],
    ['repeat', curl.join(' ')],
  ] as const;
}

/** Over several lines, where only blanks are added. */
function inLines(body: string) {
  if (body.length > shown.body || body.includes('\n')) return body;
  try {
    const text = JSON.stringify(JSON.parse(body), null, 2);
    const dense = (each: string) => each.replaceAll(/\s/g, '');
    return dense(text) === dense(body) ? text : body;
  } catch {
    return body;
  }
}

function cut(text: string, limit: number) {
  // Cut first: a huge response is not worth reading through.
  const more = text.length - limit;
  return printable(text.slice(0, limit)) + (more > 0 ? `… ${more} more characters` : '');
}

const ofCurl = ['host', 'content-length', 'connection'];
const longest = 4_000;
/** A header name (RFC 9110 §5.1), and a value that stays in its line. */
const token = /^[!#$%&'*+.^_`|~\w-]+$/;
const isOneLine = (text: string) => !/\p{Cc}|[\u2028\u2029]/u.test(text);

/** The words of a command for a POSIX shell, which reads nothing in them; the token is $GRAPH_ACCESS_TOKEN. */
export function curlWords(
  { kind, requirement, why, form }: Exchange['requestCase'],
  { method, url, headers, body }: Exchange['request'],
) {
  const text = body.toString();
  if (body.length > longest || body.includes(0))
    return [
      `# its body has ${body.length} bytes that cannot be pasted: take it from the recording`,
    ];
  const sent = headers.filter(
    ([name, value]) => token.test(name) && isOneLine(value) && !ofCurl.includes(name.toLowerCase()),
  );
  // Every report shows it printable: nothing must be left to change.
  const isPlain = body.equals(Buffer.from(text)) && printable(text) === text;
  const isTyped = headerValues(headers, 'content-type').length > 0;
  const isOtherToken = kind === 'negative' && requirement?.startsWith('token-');
  const line = [
    `curl --include --request ${word(method)}`,
    ...sent.map(
      ([name, value]) => `--header ${word(value === '' ? `${name};` : `${name}: ${value}`)}`,
    ),
    // curl accepts any type where it is not told otherwise, as Playwright does.
    form?.accept === null && `--header 'Accept:'`,
    // Of a body curl says a media type that was not sent.
    text !== '' && !isTyped && `--header 'Content-Type:'`,
    // --data-binary would read the file that a body names which begins with @.
    text !== '' && `--data-raw ${isPlain ? word(text) : escapedWord(body)}`,
    // What is behind the ":" is not read: at its prompt zsh knows no comment.
    `--url ${word(url)}${isOtherToken ? `; : ${word(why)}` : ''}`,
  ];
  return line.flatMap((each) => (each ? printable(each) : []));
}

/** One word for the shell, with our variable in place of the token. */
function word(text: string) {
  return text
    .split('[redacted]')
    .map((part) => (part === '' ? '' : `'${part.replaceAll("'", "'\\''")}'`))
    .join('"$GRAPH_ACCESS_TOKEN"');
}

/** Any bytes but NUL, as bash, zsh and POSIX.1-2024 §2.2.4 read them. */
function escapedWord(bytes: Buffer) {
  const octal = (c: string) => `\\${c.charCodeAt(0).toString(8).padStart(3, '0')}`;
  return `$'${bytes.toString('latin1').replaceAll(/[^ -~]|['\\]/g, octal)}'`;
}
