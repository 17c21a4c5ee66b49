import { gzipSync } from 'node:zlib';
import { onCreate, onEvery, onRefusal } from './defects/on.ts';
import {
  pieces,
  type Rewrite,
  withBody,
  withHeader,
  withLine,
  without,
} from './defects/rewrite.ts';
import { HTML, mutantsOf } from './mutant.ts';

const cutting = (bytes: (body: Buffer) => number): Rewrite => {
  return (response) => ({ ...response, wire: { cutAfter: bytes(response.body) } });
};
const sized = (more: number): Rewrite => {
  return (response) => ({
    ...withHeader(response, 'Content-Length', String(response.body.length + more)),
    wire: { cutAfter: response.body.length },
  });
};

/** Responses that only a connection shows: how they are framed and coded, or that they do not come. */
// biome-ignore format: a row a line
export const connections = mutantsOf([
  ['status-interim-only', 'create-answered example-exchange', () => onCreate((a) => ({ ...a, wire: { raw: Buffer.from('HTTP/1.1 100 Continue\r\n\r\n') } }))],
  ['body-bad-gzip', 'body-json example-exchange', () => onCreate((a) => withHeader(withBody(a, Buffer.from([31, 139, 8, 0, 1, 2, 3])), 'Content-Encoding', 'gzip'))],
  ['body-brotli-lie', 'body-json example-exchange', () => onCreate((a) => withHeader(withBody(a, gzipSync(a.body)), 'Content-Encoding', 'gzip, br'))],
  ['error-chunks-unfinished', 'error-json', () => onRefusal('all', (a) => ({ ...without(a, 'Content-Length'), wire: { cutAfter: a.body.length } }))],
  ['length-too-small', 'body-json content-length example-exchange', () => onCreate(sized(-10))],
  ['length-in-characters', 'body-json content-length', () => onCreate((a) => sized(String(a.body).length - a.body.length)(a))],
  ['length-too-large', 'content-length create-answered example-exchange', () => onCreate(sized(10))],
  ['content-length-on-errors', 'content-length', () => onRefusal('all', sized(1))],
  ['length-contradiction', 'create-answered example-exchange', () => onCreate((a) => withLine(a, 'Content-Length', String(a.body.length + 1)))],
  ['chunks-unfinished', 'create-answered example-exchange', () => onCreate((a) => cutting((body) => body.length)(without(a, 'Content-Length')))],
  ['cut-now-and-then', 'content-length create-answered', () => onEvery(5, cutting((body) => Math.floor(body.length / 2)))],
  ['not-http', 'create-answered example-exchange', () => onCreate((a) => ({ ...a, wire: { raw: Buffer.from('\u0000SSH-2.0-OpenSSH_9.6\r\n') } }))],
  ['html-without-head', 'create-answered example-exchange', () => onCreate((a) => ({ ...a, wire: { raw: Buffer.from(HTML) } }))],
]);

/** Responses that come late, or of which the rest never comes. */
// biome-ignore format: a row a line
export const timing = mutantsOf([
  ['hangs-once', 'create-answered', () => onCreate((a, { created }) => (created === 7 ? { ...a, wire: 'hang' } : a))],
  ['stalls-once', 'create-answered', () => onCreate((a, { created }) => (created === 7 ? pieces(a, 2, 600_000) : a))],
]);
