import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import type { Change } from '../mutants/defects/on.ts';
import { pieces, withBody, withHeader, withLine, without } from '../mutants/defects/rewrite.ts';
import { resetOnKept } from '../mutants/frameworks.ts';
import { message } from '../support/mock.ts';
import { variantsOf } from './variant.ts';

const coded = (
  coding: string,
  encode: (body: Buffer) => Buffer,
  labels: readonly string[] = [coding],
): Change => {
  return (response, request) => {
    // RFC 9110 12.5.3: only a coding the request lists, or any where it lists none
    const accepted = request.headers['accept-encoding'];
    if (accepted !== undefined && !String(accepted).includes(coding)) return response;
    const encoded = withBody(response, encode(response.body));
    const varying = withHeader(encoded, 'Vary', 'Accept-Encoding');
    return labels.reduce((all, label) => withLine(all, 'Content-Encoding', label), varying);
  };
};

/** The response as raw bytes, behind others, on a connection that says it ends. */
const raw = (before: Buffer, version: '1.0' | '1.1' = '1.1'): Change => {
  return (response, { method }) => {
    const body = method === 'HEAD' ? Buffer.alloc(0) : response.body;
    const final = message({ ...withHeader(response, 'Connection', 'close'), body }, version);
    return { ...response, wire: { raw: Buffer.concat([before, final]) } };
  };
};
const nothing = Buffer.alloc(0);
const interim = (status: number, ...lines: [string, string][]): Buffer =>
  message({ status, headers: lines, body: nothing });

/** Framing, codings and connections. */
// biome-ignore format: a row a line
export const connections = variantsOf([
  ['chunked-pieces', 'RFC 9112 7.1', () => (a) => pieces(without(a, 'Content-Length'), Math.ceil(a.body.length / 50), 2)],
  ['gzip', 'RFC 9110 8.4.1', () => coded('gzip', gzipSync)],
  ['brotli', 'RFC 7932', () => coded('br', brotliCompressSync)],
  ['deflate', 'RFC 9110 8.4.1', () => coded('deflate', deflateSync)],
  ['codings', 'RFC 9110 8.4', () => coded('gzip', (body) => brotliCompressSync(gzipSync(body)), ['GZIP,  br'])],
  ['codings-on-lines', 'RFC 9110 5.3', () => coded('gzip', (body) => deflateSync(gzipSync(body)), ['x-gzip', 'deflate'])],
  ['connection-closed-unsaid', 'RFC 9112 9.5', () => (a) => ({ ...a, wire: { cutAfter: a.body.length } })],
  ['kept-connection-raced', 'RFC 9112 9.5', () => resetOnKept((kept) => kept === 2)],
  ['until-close', 'RFC 9112 6.3', () => (a, r) => raw(nothing)(without(a, 'Content-Length'), r)],
  ['early-hints', 'RFC 8297', () => raw(interim(103, ['Link', '</style.css>; rel=preload']))],
  ['continue', 'RFC 9110 15.2', () => raw(interim(100))],
  ['http-1.0', 'RFC 9110 2.5', () => raw(nothing, '1.0')],
]);
