import { onCreate, onEvery, onRefusal } from './defects/on.ts';
import { type Rewrite, withHeader, withLine, without } from './defects/rewrite.ts';
import { HTML, type Mutant, mutant, NOW_AND_THEN } from './mutant.ts';

/** Milliseconds of a slow response. */
const SLOW = 2_300;

const cutting = (bytes: (body: Buffer) => number): Rewrite => {
  return (response) => ({ ...response, wire: { cutAfter: bytes(response.body) } });
};
const sized = (more: number): Rewrite => {
  return (response) => ({
    ...withHeader(response, 'Content-Length', String(response.body.length + more)),
    wire: { cutAfter: response.body.length },
  });
};

export const framing: Mutant[] = [
  mutant('length-too-small', 'Content-Length is ten bytes short.', () => onCreate(sized(-10))),
  mutant('length-too-large', 'Content-Length is ten bytes over, then the connection closes.', () =>
    onCreate(sized(10)),
  ),
  mutant(
    'content-length-on-errors',
    'Content-Length of refusals is one byte over, then closed.',
    () => onRefusal('all', sized(1)),
  ),
  mutant('length-contradiction', 'Two Content-Length lines differ.', () =>
    onCreate((a) => withLine(a, 'Content-Length', String(a.body.length + 1))),
  ),
  mutant('chunks-unfinished', 'The last chunk never comes, the connection closes.', () =>
    onCreate((a) => cutting((body) => body.length)(without(a, 'Content-Length'))),
  ),
  mutant('dropped-now-and-then', 'Every fifth create is dropped without a byte.', () =>
    onEvery(NOW_AND_THEN, (a) => ({ ...a, wire: 'drop' })),
  ),
  mutant('reset-now-and-then', 'Every fifth create is reset.', () =>
    onEvery(NOW_AND_THEN, (a) => ({ ...a, wire: 'reset' })),
  ),
  mutant('cut-now-and-then', 'Every fifth response ends in the middle of its body.', () =>
    onEvery(
      NOW_AND_THEN,
      cutting((body) => Math.floor(body.length / 2)),
    ),
  ),
  mutant('not-http', 'Bytes come that are not HTTP.', () =>
    onCreate((a) => ({ ...a, wire: { raw: Buffer.from('\u0000SSH-2.0-OpenSSH_9.6\r\n') } })),
  ),
  mutant('html-without-head', 'A bare HTML page comes, without an HTTP head.', () =>
    onCreate((a) => ({ ...a, wire: { raw: Buffer.from(HTML) } })),
  ),
  mutant('malformed-json-dropped', 'Malformed JSON closes the connection.', () =>
    onRefusal(['malformed'], (a) => ({ ...a, wire: 'drop' })),
  ),
];

/** Servers that are slow, or that do not end what they began. */
const slow: Mutant[] = [
  mutant('hangs-once', 'The seventh create is never answered.', () =>
    onCreate((a, { created }) => (created === 7 ? { ...a, wire: 'hang' } : a)),
  ),
  mutant('stalls-once', 'The body of the seventh create stops half-way.', () =>
    onCreate((a, { created }) => {
      const half = a.body.subarray(0, Math.floor(a.body.length / 2));
      return created === 7
        ? { ...a, wire: { chunks: [half, a.body.subarray(half.length)], every: 600_000 } }
        : a;
    }),
  ),
  mutant('slow-always', 'Every response takes 2.3 seconds.', () => (a) => ({ ...a, delay: SLOW })),
  mutant('slow-now-and-then', 'Every fifth create takes 2.3 seconds.', () =>
    onEvery(NOW_AND_THEN, (a) => ({ ...a, delay: SLOW })),
  ),
  mutant(
    'slow-body',
    'The head of a created object comes at once, the end of its body 1.3 seconds later.',
    () =>
      onEvery(NOW_AND_THEN, (a) => {
        const third = Math.ceil(a.body.length / 3);
        const chunks = [0, 1, 2].map((i) => a.body.subarray(i * third, (i + 1) * third));
        return { ...a, wire: { chunks, every: SLOW / 2 } };
      }),
  ),
];

export const timing: Mutant[] = slow.map((each) => ({ ...each, inTime: true }));
