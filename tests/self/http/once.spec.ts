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
  ...[301, 303, 307].map((status) => [status, location] as const),
  [401, 'WWW-Authenticate: Basic realm="x"'],
  [407, 'Proxy-Authenticate: Basic'],
  [408, 'Connection: close'],
  [421, 'X: y'],
  [429, 'Retry-After: 0'],
  [503, 'Retry-After: 0'],
];
const cookies = ['Set-Cookie: session=1; Path=/', 'Set-Cookie: other=2'];
const begun = 'HTTP/1.1 201 Created\r\nSet-Cookie: session=1; Path=/\r\nContent-Length: 9\r\n\r\n{';

for (const [by, override] of Object.entries(clients)) {
  test(`no answer makes a request be sent again, ${by}`, async () => {
    for (const [status, header] of temptations) {
      const answer = httpMessage('{}', { status: `${status} x`, headers: [header] });
      const { response, failure, seen, connections } = await sendTo(answer, override);
      expect([response?.status, failure, seen.length, connections]).toEqual([
        status,
        undefined,
        1,
        1,
      ]);
      expect(response?.headers).toContainEqual(header.split(': '));
    }
  });

  test(`a cookie is recorded and not sent back, from a whole answer or half of one, ${by}`, async () => {
    for (const response of [httpMessage('{}', { headers: cookies }), begun])
      await withServer(ending(response), async (client, { seen }) => {
        for (let n = 1; n <= 3; n++) {
          const { response } = await client.send(exampleRequest(override), n);
          expect(response?.headers).toContainEqual(['Set-Cookie', 'session=1; Path=/']);
        }
        expect(seen.map((each) => headerOf(each, 'cookie'))).toEqual([[], [], []]);
      });
  });
}

test('requests in flight together each have an id and get a response of their own', () =>
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
      const ids = server.seen.flatMap((each) => headerOf(each, 'client-request-id'));
      expect(new Set(ids).size).toBe(24);
      for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    },
  ));
