import { type Exchange, headerValues } from '../../schemas/files/recording.ts';

/** Headers that curl writes itself, from the URL and the body. */
const ofCurl = ['host', 'content-length', 'connection'];
/** Bytes of a body that fit on a command line. */
const longest = 4_000;

/** The request as a curl command for bash and zsh, byte for byte, with the token as $GRAPH_ACCESS_TOKEN. */
export function curlLine(
  requestCase: Exchange['requestCase'],
  request: Exchange['request'],
): string {
  const { method, url, headers, body } = request;
  if (body.length > longest)
    return `# its body has ${body.length} bytes: take it from the recording`;
  const sent = headers
    .filter(([name]) => !ofCurl.includes(name.toLowerCase()))
    .map(([name, value]) => `--header ${headerWord(name, value)}`);
  // curl accepts any type where it is not told otherwise, as Playwright does.
  const isSilent = requestCase.form?.accept === null;
  // Of a body curl says a media type that was not sent.
  const isTyped = body.length === 0 || headerValues(headers, 'content-type').length > 0;
  // POST is what curl does with a body, and GET what it does without.
  const isUsual = method === (body.length > 0 ? 'POST' : 'GET');
  const line = [
    `curl --include${isUsual ? '' : ` --request ${/^[A-Z]+$/.test(method) ? method : word(Buffer.from(method))}`}`,
    ...sent,
    ...(isSilent ? [`--header 'Accept:'`] : []),
    ...(isTyped ? [] : [`--header 'Content-Type:'`]),
    ...(body.length > 0 ? [`--data-binary ${word(body)}`] : []),
    word(Buffer.from(url)),
  ].join(' \\\n  ');
  const { name, requirement, why } = requestCase;
  if (name === 'altered-token') return `# with one character of the token changed\n${line}`;
  return requirement === 'token-forms' ? `# ${why}\n${line}` : line;
}

function headerWord(name: string, value: string): string {
  if (value === '') return word(Buffer.from(`${name};`));
  // Nothing else that a shell reads between double quotes.
  return value.includes('[redacted]') && /^[\w ,[\]-]+$/.test(value)
    ? `"${name}: ${value.replaceAll('[redacted]', '$GRAPH_ACCESS_TOKEN')}"`
    : word(Buffer.from(`${name}: ${value}`));
}

/** The bytes as one word: quoted plainly where all are printable ASCII, else byte by byte. */
function word(bytes: Buffer): string {
  const text = bytes.toString('latin1');
  if (/^[ -~]*$/.test(text)) return `'${text.replaceAll("'", "'\\''")}'`;
  const escaped = text.replace(/[^ -~]|['\\]/g, (c) =>
    c === '\r' ? '\\r' : c === '\n' ? '\\n' : `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
  return `$'${escaped}'`;
}
