import { expect, test } from '@playwright/test';
import { startMock } from '../../../fixtures/mock/server.ts';
import {
  answer,
  call,
  clients,
  clientTo,
  headerOf,
  type Responder,
  rawServer,
  sendTo,
  token,
} from '../support/raw-server.ts';

const ending =
  (status: string, ...headers: string[]): Responder =>
  (socket) =>
    socket.end(answer('{}', { status, headers }));

// Everything after which some client or other asks again.
const temptations: Readonly<Record<string, Responder>> = {
  'closes without a byte': (socket) => socket.end(),
  'resets the connection': (socket) => socket.resetAndDestroy(),
  'closes in the middle of the answer': (socket) =>
    socket.end('HTTP/1.1 201 Created\r\nContent-Length: 9\r\n\r\n{'),
  'asks for credentials': ending('401 Unauthorized', 'WWW-Authenticate: Basic realm="x"'),
  "asks for a proxy's credentials": ending(
    '407 Proxy Authentication Required',
    'Proxy-Authenticate: Basic',
  ),
  'says that it timed out': ending('408 Request Timeout', 'Connection: close'),
  'asks to try at once': ending('429 Too Many Requests', 'Retry-After: 0'),
  'is unavailable for no time': ending('503 Service Unavailable', 'Retry-After: 0'),
  'is too early': ending('425 Too Early'),
  'was misdirected': ending('421 Misdirected Request'),
  fails: ending('500 Internal Server Error'),
  'redirects to itself': ending('307 Temporary Redirect', 'Location: '),
  'offers an upgrade': ending('426 Upgrade Required', 'Upgrade: h2c'),
};
for (const [by, override] of Object.entries(clients))
  for (const [name, answering] of Object.entries(temptations))
    test(`a server that ${name} is asked once, ${by}`, async () => {
      const { seen, connections } = await sendTo(answering, override);
      expect([seen.length, connections]).toEqual([1, 1]);
    });

test('a create that the mock answers wrongly is made once', async () => {
  for (const wire of ['drop', 'reset'] as const) {
    let creates = 0;
    const mock = await startMock({
      token,
      defect: (given, { created }) => {
        creates = Math.max(creates, created);
        return { ...given, wire };
      },
    });
    const client = clientTo(mock.baseUrl);
    const { failure } = await client.send(call(), 1);
    await client.close();
    await mock.close();
    expect(failure?.kind).toBe(wire === 'drop' ? 'dropped' : 'reset');
    expect(creates).toBe(1);
  }
});

for (const [by, override] of Object.entries(clients))
  for (const status of [
    '301 Moved Permanently',
    '302 Found',
    '303 See Other',
    '307 Temporary Redirect',
    '308 Permanent Redirect',
  ])
    test(`a ${status} is an answer and not followed, ${by}`, async () => {
      const other = await rawServer((socket) => socket.end(answer('{}')));
      const { exchange, seen } = await sendTo(
        ending(status, `Location: ${other.baseUrl}/me/registeredDevices/$ref`),
        override,
      );
      await other.close();
      expect(exchange.failure).toBeUndefined();
      expect(exchange.response?.status).toBe(Number(status.slice(0, 3)));
      expect(exchange.response?.headers).toContainEqual([
        'Location',
        `${other.baseUrl}/me/registeredDevices/$ref`,
      ]);
      expect([seen.length, other.connections()]).toEqual([1, 0]);
    });

const cookie = 'Set-Cookie: session=1; Path=/';

for (const [by, override] of Object.entries(clients))
  test(`a cookie is not sent back with the next call, ${by}`, async () => {
    const server = await rawServer(ending('201 Created', cookie, 'Set-Cookie: other=2'));
    const client = clientTo(server.baseUrl);
    for (let n = 1; n <= 3; n++) await client.send(call(override), n);
    await client.close();
    await server.close();
    expect(server.seen.map((seen) => headerOf(seen, 'cookie'))).toEqual([[], [], []]);
  });

test('a cookie of an answer that was cut off is not sent back', async () => {
  const server = await rawServer((socket) =>
    socket.end(`HTTP/1.1 201 Created\r\n${cookie}\r\nContent-Length: 9\r\n\r\n{`),
  );
  const client = clientTo(server.baseUrl);
  for (let n = 1; n <= 2; n++) expect((await client.send(call(), n)).failure?.kind).toBe('cut off');
  await client.close();
  await server.close();
  expect(server.seen.map((seen) => headerOf(seen, 'cookie'))).toEqual([[], []]);
});

test('a cookie is not sent by a call beside it, fired while the answer with the cookie is on its way', async () => {
  let finishFirst = () => {};
  let firstBegun = () => {};
  const begun = new Promise<void>((resolve) => (firstBegun = resolve));
  const server = await rawServer((socket, _, n) => {
    const whole = answer('{}', { headers: [cookie] });
    if (n > 1) {
      socket.end(whole);
      finishFirst();
      return;
    }
    finishFirst = () => socket.end(whole.subarray(-1));
    // The head is out, and the client has had the time to read it, before the other call begins.
    socket.write(whole.subarray(0, -1), () => setTimeout(firstBegun, 300));
  });
  const client = clientTo(server.baseUrl);
  const first = client.send(call(), 1);
  await begun;
  const second = client.send(call(), 2);
  const statuses = (await Promise.all([first, second])).map(({ response: came }) => came?.status);
  await client.close();
  await server.close();
  expect(statuses).toEqual([201, 201]);
  expect(server.seen.map((seen) => headerOf(seen, 'cookie'))).toEqual([[], []]);
});

test('calls beside each other each get their own answer', async () => {
  const server = await rawServer((socket, { body }) => socket.end(answer(body)));
  const client = clientTo(server.baseUrl);
  const sent = Array.from({ length: 24 }, (_, i) => ({
    body: Buffer.from(`{"n":${i},"x":"${'x'.repeat(i * 50)}"}`),
    ...(i % 3 === 0 && { contentType: undefined }),
  }));
  const exchanges = await Promise.all(
    sent.map((override, i) => client.send(call(override), i + 1)),
  );
  await client.close();
  await server.close();
  for (const [i, { response: came, requestCase: made }] of exchanges.entries()) {
    expect(made.number).toBe(i + 1);
    expect(came?.body.toString()).toBe(sent[i]?.body.toString());
    expect(came?.wireBytes).toBe(sent[i]?.body.length);
  }
  expect(server.connections()).toBe(24);
});
