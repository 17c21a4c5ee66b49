import { expect, test } from '@playwright/test';
import {
  clients,
  ending,
  exampleRequest,
  headerOf,
  httpMessage,
  sendTo,
  withServer,
} from '../support/raw-server.ts';

const location = 'Location: /v1.0/me/registeredDevices/$ref';
/** Every answer after which some client or other sends again; what ends a connection is in failures.spec.ts. */
// biome-ignore format: a row a line
const temptations: readonly (readonly [status: number, header: string])[] = [
  ...[301, 302, 303, 307, 308].map((status) => [status, location] as const),
  [401, 'WWW-Authenticate: Basic realm="x"'],
  [407, 'Proxy-Authenticate: Basic'],
  [408, 'Connection: close'],
  [421, 'X: y'],
  [425, 'X: y'],
  [426, 'Upgrade: h2c'],
  [429, 'Retry-After: 0'],
  [500, 'X: y'],
  [503, 'Retry-After: 0'],
];
const cookies = ['Set-Cookie: session=1; Path=/', 'Set-Cookie: other=2'];
const begun = 'HTTP/1.1 201 Created\r\nSet-Cookie: session=1; Path=/\r\nContent-Length: 9\r\n\r\n{';

for (const [by, override] of Object.entries(clients)) {
  for (const [status, header] of temptations)
    test(`a ${status} is a response, and nothing is sent again, ${by}`, async () => {
      const answer = ending(httpMessage('{}', { status: `${status} x`, headers: [header] }));
      const { exchange, seen, connections } = await sendTo(answer, override);
      expect(exchange.failure).toBeUndefined();
      expect(exchange.response?.status).toBe(status);
      expect(exchange.response?.headers).toContainEqual(header.split(': '));
      expect([seen.length, connections]).toEqual([1, 1]);
    });

  for (const response of [httpMessage('{}', { headers: cookies }), begun])
    test(`a cookie of ${response.length} bytes of response is not sent back, ${by}`, () =>
      withServer(ending(response), async (client, { seen }) => {
        for (let n = 1; n <= 3; n++) await client.send(exampleRequest(override), n);
        expect(seen.map((each) => headerOf(each, 'cookie'))).toEqual([[], [], []]);
      }));
}

test('requests in flight together each get their own response', () =>
  withServer(
    (socket, { body }) => socket.end(httpMessage(body)),
    async (client, server) => {
      const bodies = Array.from({ length: 24 }, (_, i) => Buffer.from('x'.repeat(i * 50)));
      const exchanges = await Promise.all(
        bodies.map((body, i) =>
          client.send(exampleRequest({ body, ...(i % 3 === 0 && { kind: 'equivalent' }) }), i + 1),
        ),
      );
      for (const [i, { response, requestCase }] of exchanges.entries()) {
        expect(requestCase.number).toBe(i + 1);
        expect([response?.body, response?.wireBytes]).toEqual([bodies[i], bodies[i]?.length]);
      }
      expect(server.connections()).toBe(24);
    },
  ));
