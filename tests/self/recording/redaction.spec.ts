import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import { Redaction, redacted } from '../../../fixtures/recording/redaction.ts';
import { clients, ending, httpMessage, sendTo, token } from '../support/raw-server.ts';
import { exchange, exchangesOf, recorded } from '../support/recorded.ts';

/** Stretches of base64 in which the secret stands, wherever in the text it began. */
function base64sOf(secret: string): string[] {
  return [0, 1, 2].flatMap((shift) => {
    const encoded = Buffer.from('x'.repeat(shift) + secret)
      .toString('base64')
      .replaceAll('=', '');
    const inner = encoded.slice(shift + 1, -2);
    return [inner, inner.replaceAll('+', '-').replaceAll('/', '_')];
  });
}

/** The recording holds the secret in none of its forms. */
function expectHidden(path: string, secret: string): void {
  const text = readFileSync(path, 'utf8');
  for (const form of [secret, encodeURIComponent(secret), ...base64sOf(secret)])
    expect(text).not.toContain(form);
}

const given = `Bearer ${token}`;
const bytes = (text: string) => Buffer.from(text);
const text = '{"id":"a text that is compressed"}'.repeat(9);
// Every place and form in which a server may send the token back.
const echoes: Readonly<Record<string, Buffer>> = {
  'a body': httpMessage(JSON.stringify({ id: token, message: `not ${given}!` })),
  'a body that is not UTF-8': httpMessage(
    Buffer.concat([Buffer.from([0xff]), bytes(given), Buffer.from([0xfe])]),
  ),
  'base64 in a body': httpMessage(Buffer.from(`{"authorization":"${given}"}`).toString('base64')),
  'base64 of the token alone': httpMessage(`{"a":"${Buffer.from(token).toString('base64')}"}`),
  'base64url in a body': httpMessage(`{"a":"${Buffer.from(`x${given}`).toString('base64url')}"}`),
  headers: httpMessage('{}', {
    headers: [
      `X-Echo: ${given}`,
      `Location: /x?token=${encodeURIComponent(token)}`,
      `Set-Cookie: t=${token}`,
    ],
  }),
  'the name of a header': httpMessage('{}', { headers: [`${token}: x`] }),
  'the reason': httpMessage('{}', { status: `201 Hello ${given}` }),
  'a body that is cut off': httpMessage(`{"id":"${token}"`, {
    framing: 'own',
    headers: ['Content-Length: 999'],
  }),
  'a chunk that is cut off': httpMessage(`ff\r\n{"id":"${token}"`, {
    framing: 'own',
    headers: ['Transfer-Encoding: chunked'],
  }),
  'what is not HTTP': bytes(`nonsense ${given}\r\n\r\n`),
  'what calls itself gzip': httpMessage(given, { headers: ['Content-Encoding: gzip'] }),
};
for (const [by, override] of Object.entries(clients))
  for (const [name, wire] of Object.entries(echoes))
    test(`the token that a server echoes in ${name} is not recorded, ${by}`, async () => {
      const { exchange: sent } = await sendTo(ending(wire), override);
      // Without the echo the test would prove nothing.
      if (name !== 'what is not HTTP') expect(sent.response).toBeDefined();
      expectHidden(recorded([sent], [token]), token);
    });

for (const [name, body] of Object.entries({
  'escapes every character': `{"id":"${[...token].map((c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')}"}`,
  'escapes one character': `{"id":"${token.replace('c', '\\u0063')}"}`,
}))
  test(`no judge reads the token from JSON that ${name}`, async () => {
    const [back] = await exchangesOf(recorded([exchange({ body: Buffer.from(body) })], [token]));
    // Verdicts quote the parsed values of a body, so that this would stand in the report.
    const { id }: { id?: unknown } = JSON.parse(back?.response?.body.toString() ?? '{}');
    expect(id).not.toBe(token);
  });

test('an opaque token with + and / is not recorded in the forms that JSON writers give it', async () => {
  const opaque = 'EwB4A8l6BAAU+canary/abc+def/ghi==';
  const writers = [opaque.replaceAll('/', '\\/'), opaque.replaceAll('+', '\\u002B')];
  const bodies = writers.map((text) => exchange({ body: Buffer.from(`{"id":"${text}"}`) }));
  for (const { response } of await exchangesOf(recorded(bodies, [opaque])))
    expect(JSON.parse(response?.body.toString() ?? '{}')).not.toEqual({ id: opaque });
});

test('a token of any length is not recorded, nor beside what JSON escapes', () => {
  for (const length of [8, 255, 256, 257, 2_000, 16_000]) {
    const long = 'aB3.dE-5_gH7'.repeat(length).slice(0, length);
    const redaction = new Redaction(() => [long]);
    const escapedEnd = `${long.slice(0, -1)}\\u${(long.codePointAt(length - 1) ?? 0).toString(16).padStart(4, '0')}`;
    const almost = `${long.slice(0, -1)}!`;
    expect(redaction.text(`"${escapedEnd}\\n${long}", "\\"${almost}"`)).toBe(
      `"${redacted}\\n${redacted}", "\\"${almost}"`,
    );
  }
});

test('a token is not recorded, whichever of its characters are escaped', () => {
  const long = `${'A'.repeat(255)}u\\${'0041'.repeat(100)}`;
  const numbered = (c: string) => `\\u${(c.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;
  const redaction = new Redaction(() => [long]);
  for (const every of [1, 2, 3, 256]) {
    const escaped = [...long].map((c, i) => (i % every === 0 || c === '\\' ? numbered(c) : c));
    expect(redaction.text(`"${escaped.join('')}"`)).toBe(`"${redacted}"`);
  }
});

for (const [name, body] of Object.entries({
  'stands in two chunks': `${token.slice(0, 20)}\r\n14\r\n${token.slice(20)}\r\nzz`,
  'is cut off': `{"id":"${token.slice(0, -2)}`,
  'begins before the limit': `${'x'.repeat(50)}${token.slice(0, 12)}`,
}))
  test(`no part of a token is recorded that ${name}`, async () => {
    const cutOff = { failure: { kind: 'cut off', detail: '' } } as const;
    const broken = { ...exchange({ body: Buffer.from(body) }), ...cutOff };
    const [back] = await exchangesOf(recorded([broken], [token]));
    expect(back?.response?.body.toString()).toBe(redacted);
  });

for (const [name, encode] of Object.entries({ gzip: gzipSync, 'raw deflate': deflateRawSync }))
  test(`a token in a body of ${name} that no header announces is not recorded`, async () => {
    const body = encode(Buffer.from(`{"id":"${token}"}`));
    const [back] = await exchangesOf(recorded([exchange({ body })], [token]));
    expect(back?.response?.body.toString()).toBe(redacted);
  });

const truncations: Readonly<Record<string, (text: string) => Buffer>> = {
  gzip: (text) => gzipSync(text).subarray(0, -8),
  deflate: (text) => deflateSync(text).subarray(0, -4),
  Brotli: (text) => brotliCompressSync(text).subarray(0, -1),
};
for (const [name, truncated] of Object.entries(truncations))
  test(`of bytes of ${name} without their end length and hash are kept, and no secret`, () => {
    const redaction = new Redaction(() => [token]);
    expect(redaction.body(truncated(`${given} ${text}`)).toString()).toBe(redacted);
    const harmless = truncated(text);
    expect(redaction.body(harmless).toString()).toBe(
      `[${harmless.length} bytes that cannot be read, SHA-256 ${createHash('sha256').update(harmless).digest('hex')}]`,
    );
  });

test('compressed bytes that hold too much to be read through are not recorded', () => {
  const redaction = new Redaction(() => [token]);
  const large = gzipSync(Buffer.concat([Buffer.alloc(80 * 1024 * 1024), bytes(token)]));
  expect(redaction.body(large).toString()).toMatch(/^\[\d+ bytes that cannot be read, SHA-256 /);
});

test('the request is recorded with its scheme, and without its token', async () => {
  const { exchange: sent } = await sendTo(ending());
  const [back] = await exchangesOf(recorded([sent], [token]));
  expect(back?.request.headers).toContainEqual(['Authorization', `Bearer ${redacted}`]);
  expect(back?.response?.body.toString()).toBe('{}');
});

test('a secret that holds another one is hidden whole', () => {
  const redaction = new Redaction(() => ['abcdefgh', 'abcdefghijkl', '']);
  expect(redaction.text('a abcdefghijkl b abcdefgh c')).toBe(`a ${redacted} b ${redacted} c`);
});

test('a short secret is hidden behind its scheme only, and changes nothing else', () => {
  const redaction = new Redaction(() => ['error']);
  expect(redaction.text('{"error":1} Bearer error')).toBe(`{"error":1} Bearer ${redacted}`);
  // The scheme is also sent in small letters.
  expect(redaction.text('{"error":1} bearer error')).toBe(`{"error":1} bearer ${redacted}`);
});

test('bytes without a secret are the same bytes, and a token that is renewed is hidden from then on', () => {
  const secrets = ['first-secret'];
  const redaction = new Redaction(() => secrets);
  const all = Buffer.from(Array.from({ length: 256 }, (_, i) => i));
  expect(redaction.bytes(all)).toBe(all);
  secrets.push('second-secret');
  expect(redaction.text('first-secret second-secret')).toBe(`${redacted} ${redacted}`);
});

for (const size of [1, 3, 5, 7, 12])
  test(`a token in chunks of ${size} bytes of a body that was cut is not recorded`, () => {
    const redaction = new Redaction(() => [token]);
    const text = `{"a":"Bearer ${token}"`;
    const pieces = text.match(new RegExp(`.{1,${size}}`, 'gs')) ?? [];
    const framed = pieces.map((piece) => `${piece.length.toString(16)}\r\n${piece}\r\n`).join('');
    expect(redaction.body(Buffer.from(framed), true).toString()).toBe(redacted);
  });

test('of a long body that was cut only the ends are read, and a token within them is hidden', async () => {
  const long = Buffer.concat([bytes(token), Buffer.alloc(1_000_000, 'x'), bytes(token)]);
  const sent = exchange({ body: long });
  const cut = { ...sent, failure: { kind: 'cut off', detail: '' } } as const;
  const path = recorded([cut], [token]);
  expectHidden(path, token);
});
