import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import { readRecording } from '../../../fixtures/recording/reader.ts';
import { Redaction, redacted } from '../../../fixtures/recording/redaction.ts';
import type { RequestCase } from '../../../schemas/files/recording.ts';
import { entityType, example, mediaType } from '../../../schemas/operation.ts';
import { leaksInText } from '../support/leaks.ts';
import { clients, httpMessage, sendTo, token } from '../support/raw-server.ts';
import { exchange, recorded } from '../support/recorded.ts';

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const [head, payload, signature] = [
  part({ alg: 'RS256', typ: 'JWT' }),
  part({ sub: 'canary', name: 'x~y?z>' }),
  'Y2FuYXJ5-c2lnbmF0dXJl_Zx97f3e1d5b9aQmVhcmVy',
];
const jwt = `${head}.${payload}.${signature}`;
const opaque = 'EwB4A8l6BAAU+canary/abc+def.ghi_Q==';

const each = (text: string, write: (code: number) => string) =>
  text.replace(/[^A-Za-z\d]/g, (character) => write(character.charCodeAt(0)));
const nested = (value: string, levels: number): string =>
  levels === 0 ? value : nested(JSON.stringify(value).slice(1, -1), levels - 1);
const hex = (code: number) => code.toString(16).padStart(2, '0');
const base64 = (text: string) => Buffer.from(text).toString('base64');

/** In what forms a server sends a token back. */
// biome-ignore format: a row a line
const forms: readonly (readonly [form: string, write: (token: string) => string | Buffer])[] = [
  ['as it is', (token) => token],
  ['with escaped slashes, nested', (token) => nested(token.replaceAll('/', '\\/'), 2)],
  ['as .NET writes it in JSON', (token) => each(token, (code) => `\\u00${hex(code).toUpperCase()}`)],
  ['in JSON in JSON', (token) => nested(each(token, (code) => `\\u00${hex(code)}`), 2)],
  ['percent-encoded wholly, in lower case', (token) => each(token, (code) => `%${hex(code)}`)],
  ['percent-encoded twice', (token) => encodeURIComponent(encodeURIComponent(token))],
  ['in HTML by hexadecimal number', (token) => each(token, (code) => `&#x${hex(code).toUpperCase()};`)],
  ['in HTML that is escaped again', (token) => each(token, (code) => `&amp;#${code};`)],
  ['in base64 one further', (token) => base64(`xBearer ${token}?`)],
  ['in base64url two further', (token) => Buffer.from(`xxBearer ${token}`).toString('base64url')],
  ['in base64 in JSON', (token) => base64(`~~Bearer ${token}`).replaceAll('/', '\\/')],
  ['in base64 of several lines', (token) => base64(`Bearer ${token}`).replace(/.{20}/g, '$&\n ')],
  ['in base64 of several lines in JSON', (token) => base64(`Bearer ${token}`).replace(/.{20}/g, '$&\\r\\n')],
  ['in UTF-16', (token) => Buffer.from(token, 'utf16le')],
  ['in chunks without their header', (token) => token.match(/.{1,7}/g)?.map((piece) => `${hex(piece.length)}\r\n${piece}\r\n`).join('') ?? ''],
  ['in gzip that no header announces', (token) => gzipSync(token)],
  ['among bytes that are not UTF-8', (token) => Buffer.concat([Buffer.from([0xff]), Buffer.from(token)])],
];

for (const [form, write] of forms)
  test(`no token is recorded ${form}`, () => {
    for (const secret of [opaque, jwt, token]) {
      const path = recorded([exchange({ body: Buffer.from(write(secret)) })], [secret]);
      const [back] = readRecording(path).exchanges;
      expect(back?.response?.body.toString()).toMatch(/\[redacted\]|SHA-256/);
      expect(leaksInText('it', readFileSync(path, 'utf8'), [secret])).toEqual([]);
    }
  });

const given = `Bearer ${token}`;
const cutChunk = httpMessage(`ff\r\n{"id":"${token}"`, {
  framing: 'own',
  headers: ['Transfer-Encoding: chunked'],
});
/** Where a server may send the token back, beside what a whole run shows (runs/secrecy.spec.ts). */
// biome-ignore format: a row a line
const places: readonly (readonly [place: string, wire: Buffer, override?: Partial<RequestCase>])[] = [
  ['a body in gzip that is cut off', httpMessage(gzipSync(`${given} `.repeat(9)).subarray(0, -9), { framing: 'own', headers: ['Content-Encoding: gzip', 'Content-Length: 999'] })],
  ['headers and the name of one', httpMessage('{}', { headers: [`Set-Cookie: t=${token}`, `${token}: x`] })],
  ['a chunk that is cut off', cutChunk],
  ['a chunk that is cut off behind a HEAD', cutChunk, { kind: 'negative', method: 'HEAD', body: undefined }],
  ['what calls itself gzip', httpMessage(given, { headers: ['Content-Encoding: gzip'] })],
];
for (const [by, client] of Object.entries(clients))
  for (const [place, wire, override] of places)
    test(`the token that a server echoes in ${place} is not recorded, ${by}`, async () => {
      const { exchange: sent } = await sendTo(wire, { ...client, ...override });
      // Without the echo the test would prove nothing.
      expect(sent.response).toBeDefined();
      const written = readFileSync(recorded([sent], [token]), 'utf8');
      expect(leaksInText('it', written, [token, ...(token.match(/.{16}/g) ?? [])])).toEqual([]);
    });

test('no part of a token is recorded that is cut off, or that begins at the end', () => {
  const redaction = new Redaction(() => [token]);
  // biome-ignore format: a row a line
  const cut = [`{"id":"${token.slice(0, -2)}`, `${'x'.repeat(50)}${token.slice(0, 12)}`, base64(`x${given}`).slice(0, 30)];
  for (const body of cut)
    expect(redaction.body(Buffer.from(body), true).toString(), body).toBe(redacted);
});

test('what stands beside a secret stays, and of a JWT what begins every one', () => {
  const secrets = [jwt, opaque, 'hgfedcba', 'hgfedcbaXYZ', ''];
  const redaction = new Redaction(() => secrets);
  const written = `a\\n%41 ${encodeURIComponent(opaque)} &amp; ${nested(opaque, 1)}\\u0041`;
  expect(redaction.text(written)).toBe(`a\\n%41 ${redacted} &amp; ${redacted}\\u0041`);
  const parts = `"${payload}" "${signature}" "${head}"`;
  expect(redaction.text(parts)).toBe(`"${redacted}" "${redacted}" "${head}"`);
  expect(redaction.text('a hgfedcbaXYZ b hgfedcba c')).toBe(`a ${redacted} b ${redacted} c`);
  secrets.push('another-secret');
  expect(redaction.text('another-secret')).toBe(redacted);
});

test('what can be read is kept to the byte, and of what is no text length and hash', () => {
  const redaction = new Redaction(() => [jwt, opaque]);
  const text = JSON.stringify(example.response.object);
  const packed = gzipSync(text);
  const readable = [
    Buffer.from(text),
    Buffer.from(text, 'utf16le'),
    Buffer.from('{"name":"caf\xe9 \x80"}', 'latin1'),
    Buffer.from('{"a":"\u0000\u001b[2J\u2028"}'),
    Buffer.from(`{"photo":"${packed.toString('base64')}"}`),
  ];
  for (const body of readable) expect(redaction.body(body)).toEqual(body);
  const hash = createHash('sha256').update(packed).digest('hex');
  const said = `[${packed.length} bytes that are no text, SHA-256 ${hash}]`;
  expect(redaction.body(packed).toString()).toBe(said);
  const all = Buffer.from(Array.from({ length: 256 }, (_, i) => i));
  expect(redaction.bytes(all)).toEqual(all);
});

test('a word of the contract for a token hides no ordinary text, but stays hidden behind its scheme', () => {
  const text = `{"@odata.type":"${entityType}","error":1} ${mediaType} /me/registeredDevices Bearer token`;
  for (const word of ['microsoft', 'directoryObject', entityType, mediaType, 'error', 't']) {
    const redaction = new Redaction(() => [word]);
    expect(redaction.text(text)).toBe(text);
    const hidden = `bearer ${redacted}, Basic ${redacted}`;
    expect(redaction.text(`bearer ${word}, Basic ${word}`)).toBe(hidden);
  }
});

test('request, URL and failure are recorded without a token, and with the scheme', async () => {
  const { exchange: sent } = await sendTo();
  const failure = { kind: 'unreachable', detail: `at ${opaque}` } as const;
  const url = `http://127.0.0.1/?t=${encodeURIComponent(opaque)}`;
  const all = { ...sent, failure, request: { ...sent.request, url } };
  const [back] = readRecording(recorded([all], [token, opaque])).exchanges;
  expect(back?.request.headers).toContainEqual(['Authorization', `Bearer ${redacted}`]);
  expect(back?.request.url).toBe(`http://127.0.0.1/?t=${redacted}`);
  expect(back?.failure?.detail).toBe(`at ${redacted}`);
});

test('as much as a response holds of what looks like an escape is read in time', () => {
  const redaction = new Redaction(() => [jwt, opaque, `/${opaque}`]);
  for (const unit of ['\\', '%25', '&amp;', '\\u005c', '&#0', ' ', 'Ab3d', 'a\r\n']) {
    const text = unit.repeat(Math.floor((256 * 1024) / unit.length));
    const begun = performance.now();
    expect(redaction.body(Buffer.from(text), true).toString()).toBe(text);
    expect(performance.now() - begun, unit).toBeLessThan(2_000);
  }
});
