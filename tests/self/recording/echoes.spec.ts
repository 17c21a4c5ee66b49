import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import { altered } from '../../../fixtures/http/authorization.ts';
import { Redaction, redacted } from '../../../fixtures/recording/redaction.ts';
import { entityType, example, mediaType } from '../../../schemas/operation.ts';
import { exchange, exchangesOf, recorded } from '../support/recorded.ts';

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const [head, payload, signature] = [
  part({ alg: 'RS256', typ: 'JWT' }),
  part({ sub: 'canary', name: 'x~y?z>' }),
  'Y2FuYXJ5-c2lnbmF0dXJl_Zx97f3e1d5b9aQmVhcmVy',
];
const jwt = `${head}.${payload}.${signature}`;
const opaque = 'EwB4A8l6BAAU+canary/abc+def.ghi_Q==';

const each = (text: string, write: (character: string, code: number) => string) =>
  [...text].map((character) => write(character, character.charCodeAt(0))).join('');
const percent = (_: string, code: number) => `%${code.toString(16)}`;
const numbered = (_: string, code: number) => `\\u${code.toString(16).padStart(4, '0')}`;
const nested = (value: string, levels: number): string =>
  levels === 0 ? value : nested(JSON.stringify(value).slice(1, -1), levels - 1);
const wrapped = (bytes: Buffer, end: string) =>
  bytes.toString('base64').replaceAll(/.{76}/g, `$&${end}`);
const utf16 = (text: string) => Buffer.from(text, 'utf16le');
const utf32 = (text: string) =>
  Buffer.concat([...text].map((c) => Buffer.from([0, 0, 0, c.charCodeAt(0)])));
const long = (token: string) => Buffer.from(`${'a text before it '.repeat(9)}${token} and behind`);

/** In what forms a server may send a token back. */
const forms: Readonly<Record<string, (token: string) => string | Buffer>> = {
  'as it is': (token) => token,
  'in base64 in lines of 76 characters': (token) => wrapped(long(token), '\r\n'),
  'in such lines in a JSON string': (token) => wrapped(long(token), '\\r\\n'),
  'in HTML entities by decimal number': (token) => each(token, (_, code) => `&#${code};`),
  'in HTML entities by hexadecimal number': (token) =>
    each(token, (_, code) => `&#x0${code.toString(16)};`),
  'in HTML entities by name': (token) =>
    token
      .replaceAll('+', '&plus;')
      .replaceAll('/', '&sol;')
      .replaceAll('.', '&period;')
      .replaceAll('_', '&lowbar;')
      .replaceAll('=', '&equals;'),
  'in escaped HTML entities': (token) => each(token, (_, code) => `&amp;amp;#${code};`),
  'in JSON in JSON in JSON': (token) => nested(each(token, numbered), 3),
  'with one escaped slash, nested': (token) =>
    nested(token.replaceAll('/', '\\/').replace('.', '\\u002e'), 4),
  'percent-encoded in lower case': (token) => each(token, percent),
  'percent-encoded in part': (token) =>
    each(token, (c, code) => (code % 3 === 0 ? percent(c, code) : c)),
  'percent-encoded twice': (token) => encodeURIComponent(each(token, percent)),
  'in UTF-16, little end first': utf16,
  'in UTF-16, big end first': (token) => utf16(token).swap16(),
  'in UTF-32': utf32,
  'in base64 of UTF-16': (token) => utf16(token).toString('base64'),
  'in base64 of base64': (token) => Buffer.from(long(token).toString('base64')).toString('base64'),
  'in base64 of gzip': (token) => gzipSync(long(token)).toString('base64'),
  'in base64url of percent-encoding': (token) =>
    Buffer.from(each(token, percent)).toString('base64url'),
  'in hex': (token) => Buffer.from(token).toString('hex'),
  'in upper-case hex': (token) => Buffer.from(token).toString('hex').toUpperCase(),
  'in gzip of gzip': (token) => gzipSync(gzipSync(long(token))),
  'in gzip of Brotli of deflate': (token) => gzipSync(brotliCompressSync(deflateSync(long(token)))),
  'in gzip of UTF-16': (token) => gzipSync(utf16(token)),
  'in raw deflate that is cut': (token) => deflateRawSync(long(token)).subarray(0, -2),
};

/** Whether a text gives a token away to somebody who undoes what the forms do. */
function gives(text: string, token: string): boolean {
  return [token.slice(2, 14), token.slice(-14, -3)].some((piece) => text.includes(piece));
}

for (const [name, write] of Object.entries(forms))
  test(`no token is recorded ${name}`, async () => {
    for (const token of [opaque, jwt]) {
      const written = Buffer.from(write(token));
      const [back] = await exchangesOf(recorded([exchange({ body: written })], [token]));
      const kept = back?.response?.body ?? Buffer.alloc(0);
      expect(gives(kept.toString('latin1'), token)).toBe(false);
      // What was written in its place is all that is left: nothing remains to be decoded.
      expect(kept.toString()).toMatch(/\[redacted\]|SHA-256/);
      expect(kept.toString().replaceAll(/a text before it|and behind/g, '').length).toBeLessThan(
        250,
      );
    }
  });

test('of a JWT payload and signature are secret alone, and what begins every token is not', () => {
  const redaction = new Redaction(() => [jwt]);
  expect(redaction.text(`{"p":"${payload}","s":"${signature}","h":"${head}"}`)).toBe(
    `{"p":"${redacted}","s":"${redacted}","h":"${head}"}`,
  );
});

test('what stands beside a written token stays', () => {
  const redaction = new Redaction(() => [opaque]);
  expect(
    redaction.text(`a\\n%41 ${each(opaque, percent)} &amp; ${each(opaque, numbered)}\\u0041`),
  ).toBe(`a\\n%41 ${redacted} &amp; ${redacted}\\u0041`);
});

test('of what cannot be read length and hash are kept', async () => {
  const bomb = gzipSync(Buffer.alloc(17 * 1024 * 1024, 'x'));
  const noise = Buffer.from(Array.from({ length: 999 }, (_, i) => (i * i * 31 + i) % 256));
  for (const body of [bomb, noise, gzipSync(noise).subarray(0, -3)]) {
    const [back] = await exchangesOf(recorded([exchange({ body })], [opaque]));
    expect(back?.response?.body.toString()).toMatch(
      new RegExp(`^\\[${body.length} bytes that cannot be read, SHA-256 [0-9a-f]{64}\\]$`),
    );
  }
});

test('what can be read is kept to the byte', async () => {
  const text = JSON.stringify(example.response.object);
  for (const body of [
    Buffer.from(text),
    gzipSync(text),
    gzipSync(brotliCompressSync(text)),
    utf16(text),
    Buffer.from('{"name":"caf\xe9 \x80"}', 'latin1'),
    Buffer.from('{"a":"\u0000\u001b[2J\u2028"}'),
    Buffer.from(`{"photo":"${gzipSync(text).toString('base64')}"}`),
  ]) {
    const [back] = await exchangesOf(recorded([exchange({ body })], [jwt, opaque]));
    expect(back?.response?.body).toEqual(body);
  }
});

for (const word of [
  'microsoft',
  'directoryObject',
  entityType,
  mediaType,
  'registeredDevices',
  'application',
  't',
])
  test(`${word} for a token hides no ordinary text`, () => {
    const redaction = new Redaction(() => [word, altered(word)]);
    const text = `{"@odata.type":"${entityType}"} ${mediaType} /me/registeredDevices/$ref Bearer token`;
    expect(redaction.text(text)).toBe(text);
    expect(redaction.text(`bearer ${word}, Basic ${word}`)).toBe(
      `bearer ${redacted}, Basic ${redacted}`,
    );
  });

test('URL and failure are recorded without a token', async () => {
  const { request, ...rest } = exchange();
  const failure = { kind: 'unreachable', detail: `at ${opaque}` } as const;
  const sent = {
    ...rest,
    failure,
    request: { ...request, url: `http://127.0.0.1/?t=${encodeURIComponent(opaque)}` },
  };
  const [back] = await exchangesOf(recorded([sent], [opaque]));
  expect(back?.request.url).toBe(`http://127.0.0.1/?t=${redacted}`);
  expect(back?.failure?.detail).toBe(`at ${redacted}`);
});

for (const [name, unit] of Object.entries({
  backslashes: '\\',
  percents: '%25',
  entities: '&amp;',
  escapes: '\\u005c',
  blanks: ' ',
  base64: 'Ab3d',
}))
  test(`four megabytes of ${name} are read in time`, () => {
    const text = unit.repeat(Math.floor((4 * 1024 * 1024) / unit.length));
    expect(new Redaction(() => [jwt]).text(text)).toBe(text);
  });
