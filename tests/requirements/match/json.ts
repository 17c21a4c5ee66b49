export type Json = Readonly<{
  value?: unknown;
  text?: string;
  fault?: string;
  detail?: string;
  /** How it is written otherwise than in UTF-8 without a mark (RFC 8259 §8.1). */
  encoding?: string;
}>;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const mark = '\ufeff';

/** Reads bytes as one JSON text to the last byte; otherwise encoded ones as a lenient reader does. */
export function readJson(body: Buffer): Json {
  if (body.length === 0) return { fault: 'an empty body' };
  const { text, ...encoding } = decoded(body);
  try {
    return { value: JSON.parse(text), text, ...encoding };
  } catch (error) {
    const detail = error instanceof Error ? error.message : '';
    return { fault: faultIn(text, detail), detail, ...encoding };
  }
}

function faultIn(text: string, message: string) {
  const [, end] = /after JSON at position (\d+)/.exec(message) ?? [];
  if (end !== undefined)
    return isJson(text.slice(Number(end))) ? 'two JSON texts' : 'text behind the JSON';
  return isJson(text.slice(text.search(/\{\s*"/))) ? 'text before the JSON' : 'no JSON';
}

function isJson(text: string) {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function decoded(body: Buffer) {
  try {
    const text = utf8.decode(body);
    if (!text.startsWith(mark)) return { text };
    return { text: text.slice(mark.length), encoding: 'a byte order mark before the JSON' };
  } catch {
    return { text: body.toString('latin1'), encoding: 'bytes that are not UTF-8' };
  }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const quoted = 80;

/** The beginning of a text that a target sent, where it is long. */
export function excerpt(text: string) {
  return text.length > quoted ? `${text.slice(0, quoted - 1)}…` : text;
}

export function show(value: unknown) {
  if (value === undefined) return 'absent';
  try {
    return excerpt(JSON.stringify(value));
  } catch {
    // Writing descends as deep as the value, which reading does not.
    return 'a value that is nested too deep to be shown';
  }
}
