import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { Redaction, redacted } from '../../../fixtures/recording/redaction.ts';
import { answer, clients, sendTo, token } from '../support/raw-server.ts';
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

function expectSecret(path: string, secret: string): void {
  const text = readFileSync(path, 'utf8');
  for (const form of [secret, encodeURIComponent(secret), ...base64sOf(secret)])
    expect(text).not.toContain(form);
}

const given = `Bearer ${token}`;
const bytes = (text: string) => Buffer.from(text);
// Every place and form in which a server may tell the caller's token back.
const echoes: Readonly<Record<string, Buffer>> = {
  'a body': answer(JSON.stringify({ id: token, message: `not ${given}!` })),
  'a body that is not UTF-8': answer(
    Buffer.concat([Buffer.from([0xff]), bytes(given), Buffer.from([0xfe])]),
  ),
  'base64 in a body': answer(Buffer.from(`{"authorization":"${given}"}`).toString('base64')),
  'base64 of the token alone': answer(`{"a":"${Buffer.from(token).toString('base64')}"}`),
  'base64url in a body': answer(`{"a":"${Buffer.from(`x${given}`).toString('base64url')}"}`),
  headers: answer('{}', {
    headers: [
      `X-Echo: ${given}`,
      `Location: /x?token=${encodeURIComponent(token)}`,
      `Set-Cookie: t=${token}`,
    ],
  }),
  'the name of a header': answer('{}', { headers: [`${token}: x`] }),
  'the reason': answer('{}', { status: `201 Hello ${given}` }),
  'a body that is cut off': answer(`{"id":"${token}"`, {
    framing: 'own',
    headers: ['Content-Length: 999'],
  }),
  'a chunk that is cut off': answer(`ff\r\n{"id":"${token}"`, {
    framing: 'own',
    headers: ['Transfer-Encoding: chunked'],
  }),
  'what is no HTTP': bytes(`nonsense ${given}\r\n\r\n`),
  'what calls itself gzip': answer(given, { headers: ['Content-Encoding: gzip'] }),
};
for (const [by, override] of Object.entries(clients))
  for (const [name, wire] of Object.entries(echoes))
    test(`the token that a server echoes in ${name} is not recorded, ${by}`, async () => {
      const { exchange: sent } = await sendTo((socket) => socket.end(wire), override);
      // Without the echo the test would prove nothing.
      if (name !== 'what is no HTTP') expect(sent.response).toBeDefined();
      expectSecret(recorded([sent], [token]), token);
    });

for (const [name, body] of Object.entries({
  'escapes every character': `{"id":"${[...token].map((c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')}"}`,
  'escapes one character': `{"id":"${token.replace('c', '\\u0063')}"}`,
}))
  test(`the token comes back to no judge from JSON that ${name}`, async () => {
    const [back] = await exchangesOf(recorded([exchange({ body: Buffer.from(body) })], [token]));
    // Verdicts quote the parsed values of a body, so that this would stand in the report.
    const { id }: { id?: unknown } = JSON.parse(back?.response?.body.toString() ?? '{}');
    expect(id).not.toBe(token);
  });

test('an opaque token with + and / is not recorded in the forms that JSON writers give it', async () => {
  const opaque = 'EwB4A8l6BAAU+canary/abc+def/ghi==';
  const writers = [opaque.replaceAll('/', '\\/'), opaque.replaceAll('+', '\\u002B')];
  const bodies = writers.map((text) => exchange({ body: Buffer.from(`{"id":"${text}"}`) }));
  for (const { response: came } of await exchangesOf(recorded(bodies, [opaque])))
    expect(JSON.parse(came?.body.toString() ?? '{}')).not.toEqual({ id: opaque });
});

test('the request is recorded with its scheme, and without its token', async () => {
  const { exchange: sent } = await sendTo((socket) => socket.end(answer('{}')));
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
});

test('bytes without a secret are the same bytes, and a token that is renewed is hidden from then on', () => {
  const secrets = ['first-secret'];
  const redaction = new Redaction(() => secrets);
  const all = Buffer.from(Array.from({ length: 256 }, (_, i) => i));
  expect(redaction.bytes(all)).toBe(all);
  secrets.push('second-secret');
  expect(redaction.text('first-secret second-secret')).toBe(`${redacted} ${redacted}`);
});
