import { type Exchange, headerValues } from '../../../schemas/files/recording.ts';
import { printable } from '../../judge/text.ts';

const ofCurl = ['host', 'content-length', 'connection', 'transfer-encoding'];
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
  // Every report shows it printable: nothing must be left to change.
  if (body.length > longest || !body.equals(Buffer.from(text)) || printable(text) !== text)
    return `# its body has ${body.length} bytes that cannot be pasted: take it from the recording`;
  const sent = headers.filter(
    ([name, value]) => token.test(name) && isOneLine(value) && !ofCurl.includes(name.toLowerCase()),
  );
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
    text !== '' && `--data-raw ${word(text)}`,
    `--url ${word(url)}`,
  ];
  const isOtherToken = kind === 'negative' && requirement?.startsWith('token-');
  const about = isOtherToken ? `# ${why.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ')}\n` : '';
  return printable(about + line.filter(Boolean).join(' \\\n  '));
}

/** One word for the shell, with our variable in place of the token. */
function word(text: string): string {
  return text
    .split('[redacted]')
    .map((part) => (part === '' ? '' : `'${part.replaceAll("'", "'\\''")}'`))
    .join('"$GRAPH_ACCESS_TOKEN"');
}
