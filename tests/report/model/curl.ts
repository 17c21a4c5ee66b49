import { type Exchange, headerValues } from '../../../schemas/files/recording.ts';

/** Headers that curl writes itself, from the URL and the body. */
const ofCurl = ['host', 'content-length', 'connection', 'transfer-encoding'];
/** Bytes of a body that fit on a command line. */
const longest = 4_000;
/** A header name (RFC 9110 §5.1), and a value that stays in its line. */
const token = /^[!#$%&'*+.^_`|~\w-]+$/;
const isOneLine = (text: string) => !/\p{Cc}|[\u2028\u2029]/u.test(text);

/** The request as a command for a POSIX shell, which reads nothing in it, with the token as $GRAPH_ACCESS_TOKEN. */
export function curlLine(
  { kind, requirement, why, form }: Exchange['requestCase'],
  { method, url, headers, body }: Exchange['request'],
): string {
  if (body.length > longest)
    return `# its body has ${body.length} bytes: take it from the recording`;
  const sent = headers.filter(
    ([name, value]) => token.test(name) && isOneLine(value) && !ofCurl.includes(name.toLowerCase()),
  );
  const isPlain = /^[ -~\n]*$/.test(body.toString('latin1'));
  const line = [
    `curl --include --request ${word(method)}`,
    ...sent.map(
      ([name, value]) => `--header ${word(value === '' ? `${name};` : `${name}: ${value}`)}`,
    ),
    // curl accepts any type where it is not told otherwise, as Playwright does.
    ...(form?.accept === null ? [`--header 'Accept:'`] : []),
    // Of a body curl says a media type that was not sent.
    ...(body.length === 0 || headerValues(headers, 'content-type').length > 0
      ? []
      : [`--header 'Content-Type:'`]),
    // --data-binary would read the file that a body names which begins with @.
    ...(body.length === 0
      ? []
      : [isPlain ? `--data-raw ${word(body.toString())}` : '--data-binary @-']),
    `--url ${word(url)}`,
  ].join(' \\\n  ');
  const piped = isPlain ? line : `printf '${octal(body)}' | ${line}`;
  const isOtherToken = kind === 'negative' && requirement?.startsWith('token-');
  return isOtherToken ? `# ${why.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ')}\n${piped}` : piped;
}

/** A text as one word that a POSIX shell takes as it is, but for our own variable in place of the token. */
function word(text: string): string {
  return text
    .split('[redacted]')
    .map((part) => (part === '' ? '' : `'${part.replaceAll("'", "'\\''")}'`))
    .join('"$GRAPH_ACCESS_TOKEN"');
}

/** Bytes as the format of printf: what is not plain is written by its number. */
function octal(bytes: Buffer): string {
  return bytes
    .toString('latin1')
    .replaceAll(/[^ -~]|['\\%]/g, (c) => `\\${c.charCodeAt(0).toString(8).padStart(3, '0')}`);
}
