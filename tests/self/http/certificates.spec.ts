import { createServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer, type ServerOptions } from 'node:https';
import { expect, test } from '@playwright/test';
import { Observed } from '../../../fixtures/network/observed.ts';
import { outcomeOf } from '../../../fixtures/network/outcome.ts';
import { certificateFor, type Listening, listening } from '../support/proxy.ts';
import { clients, sendAt } from '../support/raw-server.ts';

const ok: RequestListener = (_, response) => response.end('{}');
const https = async (options: ServerOptions) => listening(createHttpsServer(options, ok));
const own = () => certificateFor('test');

/** Of an authority that nobody here trusts. */
async function signed() {
  const { cert, key } = await certificateFor('an authority');
  return certificateFor('test', { ca: { cert, key } });
}

// biome-ignore format: a row a line
const faults: readonly (readonly [what: string, start: () => Promise<Listening>, detail: string, code: string])[] = [
  ['a certificate that signs itself', async () => https(await own()), 'self-signed certificate', 'UNTRUSTED'],
  ['a certificate of an unknown authority', async () => https(await signed()), 'unable to verify the first certificate', 'UNTRUSTED'],
  ['a server that answers in plain text', () => listening(createServer(ok)), 'wrong version number', 'EPROTO'],
];

for (const [what, open, detail, code] of faults)
  for (const [by, override] of Object.entries(clients))
    test(`${what} is why a target is unreachable, ${by}`, async () => {
      const server = await open();
      const { failure } = await sendAt(`https://127.0.0.1:${server.port}/v1.0`, override);
      await server.close();
      expect(failure).toEqual({ kind: 'unreachable', detail, code });
    });

test('a demand for a client certificate that comes after the handshake is told in its own words', () => {
  const reason = 'tlsv13 alert certificate required';
  const error = Object.assign(new Error('x'), { code: 'ERR_SSL_X', reason });
  const observed = Object.assign(new Observed(), { error, isOpen: true, isSecure: true });
  const sent = { method: 'POST', proxy: undefined, timeoutMs: 1 };
  expect(outcomeOf(observed, sent).failure).toEqual({ kind: 'reset', detail: reason });
});
