import type { Where } from '../../../schemas/files/finding.ts';
import { type Exchange, headerValues, type Response } from '../../../schemas/files/recording.ts';
import { printable } from '../../judge/text.ts';

/** Characters, and headers; the recording has all. */
const shown = { line: 500, header: 300, headers: 40, body: 2_000, excerpt: 300 };

type Marked = Partial<Where> & { readonly property?: string | undefined };

export type ShownExchange = ReturnType<typeof shownExchange>;

/** Text that cannot move a screen, of a size that a page can hold. */
export function shownExchange(exchange: Exchange, where: Marked = {}) {
  const { requestCase, request, response, failure, ms } = exchange;
  const { name, route, why } = requestCase;
  const came =
    response && shownMessage(`HTTP ${response.status} ${response.reason}`, response, where);
  return {
    title: `${name} on /${route}`,
    why: cut(why, shown.line),
    ms,
    request: shownMessage(`${request.method} ${request.url}`, request, {}).text,
    response: came?.text,
    /** The lines of the response in which the finding lies. */
    marked: came?.marked ?? [],
    failure: failure && cut([failure.kind, failure.detail].filter(Boolean).join(', '), shown.line),
    curl: curlLine(requestCase, request),
  };
}

/** `marked`: where the finding lies, also what is missing. */
function shownMessage(
  start: string,
  { headers, body, notKept }: Pick<Response, 'headers' | 'body' | 'notKept'>,
  { part, header, property }: Marked,
) {
  const line = cut(start.trimEnd(), shown.line);
  const head = headers
    .slice(0, shown.headers)
    .map(([name, value]) => `${cut(name, shown.header)}: ${cut(value, shown.header)}`);
  const more = headers.length - head.length;
  if (more > 0) head.push(`… ${more} more in the recording`);
  const kept = cut(inLines(body.toString()), shown.body);
  const lines = (notKept ? `(not kept: ${notKept})` : kept).split('\n');
  const place = header ? head : lines;
  const sought = header ? `${header}:` : property && `"${property}"`;
  const isSought = (each: string) =>
    each !== '' && each.toLowerCase().includes(sought?.toLowerCase() ?? '');
  const isThere = header ? headerValues(headers, header).length > 0 : lines.some(isSought);
  const missing = `(no ${header ?? property ?? 'body'})`;
  if ((header || part === 'body') && !isThere) place.push(missing);
  const found = place.filter((each) => isSought(each) || each === missing);
  const marked = { status: [line], header: found, body: found, connection: [] };
  return { text: [line, ...head, '', ...lines].join('\n'), marked: part ? marked[part] : [] };
}

export function exchangeText(exchange: ShownExchange): string {
  const { title, why, ms, request, response, failure } = exchange;
  const came = [response, failure && `(no whole response: ${failure})`].filter(Boolean);
  return [`# ${title}: ${why}`, request, '', `# after ${ms} ms`, ...came].join('\n');
}

export function excerptOf(exchange: ShownExchange, part: Marked['part']) {
  const { request, response = '', failure, title, why, curl, marked } = exchange;
  const lineOf = (text: string) => text.slice(0, text.indexOf('\n'));
  const bodyOf = (text: string) => {
    const body = text.slice(text.indexOf('\n\n')).replaceAll(/\s+/g, ' ').trim();
    return cut(body, shown.excerpt);
  };
  return [
    ['sent', `${lineOf(request)}, ${title.split(' on ')[0]}: ${why}`],
    ['came back', [lineOf(response), failure].filter(Boolean).join(', then ') || 'nothing'],
    ['header', part === 'header' ? marked.join(', ') : ''],
    ['body', response && (bodyOf(response) || 'none')],
    ['repeat', curl.replaceAll(' \\\n  ', ' ')],
  ] as const;
}

/** Over several lines, where only blanks are added. */
function inLines(body: string): string {
  if (body.length > shown.body || body.includes('\n')) return body;
  try {
    const text = JSON.stringify(JSON.parse(body), null, 2);
    const dense = (each: string) => each.replaceAll(/\s/g, '');
    return dense(text) === dense(body) ? text : body;
  } catch {
    return body;
  }
}

function cut(text: string, limit: number): string {
  // Cut first: a huge response is not worth reading through.
  const more = text.length - limit;
  return printable(text.slice(0, limit)) + (more > 0 ? `… ${more} more characters` : '');
}

const ofCurl = ['host', 'content-length', 'connection'];
const longest = 4_000;
/** A header name (RFC 9110 §5.1), and a value that stays in its line. */
const token = /^[!#$%&'*+.^_`|~\w-]+$/;
const isOneLine = (text: string) => !/\p{Cc}|[\u2028\u2029]/u.test(text);

/** A command for a POSIX shell, which reads nothing in it; the token is $GRAPH_ACCESS_TOKEN. */
export function curlLine(
  { kind, requirement, why, form }: Exchange['requestCase'],
  { method, url, headers, body }: Exchange['request'],
): string {
  const text = body.toString();
  if (body.length > longest || body.includes(0))
    return `# its body has ${body.length} bytes that cannot be pasted: take it from the recording`;
  const sent = headers.filter(
    ([name, value]) => token.test(name) && isOneLine(value) && !ofCurl.includes(name.toLowerCase()),
  );
  // Every report shows it printable: nothing must be left to change.
  const isPlain = body.equals(Buffer.from(text)) && printable(text) === text;
  const isTyped = headerValues(headers, 'content-type').length > 0;
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
    `--url ${word(url)}`,
  ];
  const isOtherToken = kind === 'negative' && requirement?.startsWith('token-');
  // A word that is not read: at its prompt zsh knows no comment.
  const about = isOtherToken ? `; : ${word(why)}` : '';
  return printable(line.filter(Boolean).join(' \\\n  ') + about);
}

/** One word for the shell, with our variable in place of the token. */
function word(text: string): string {
  return text
    .split('[redacted]')
    .map((part) => (part === '' ? '' : `'${part.replaceAll("'", "'\\''")}'`))
    .join('"$GRAPH_ACCESS_TOKEN"');
}

/** Any bytes but NUL, as bash, zsh and POSIX.1-2024 §2.2.4 read them. */
function escapedWord(bytes: Buffer): string {
  const octal = (c: string) => `\\${c.charCodeAt(0).toString(8).padStart(3, '0')}`;
  return `$'${bytes.toString('latin1').replaceAll(/[^ -~]|['\\]/g, octal)}'`;
}
