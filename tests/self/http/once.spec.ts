import { expect, test } from '@playwright/test';
import {
  clients,
  ending,
  exampleRequest,
  headerOf,
  httpMessage,
  type Responder,
  rawServer,
  sendTo,
  withServer,
} from '../support/raw-server.ts';

const answering = (status: string, ...headers: string[]): Responder =>
  ending(httpMessage('{}', { status, headers }));

/** Everything after which some client or other sends again. */
// biome-ignore format: a row a line
const temptations: Readonly<Record<string, Responder>> = {
  'closes without a byte': (socket) => socket.end(),
  'resets the connection': (socket) => socket.resetAndDestroy(),
  'closes in the middle of the response': ending('HTTP/1.1 201 Created\r\nContent-Length: 9\r\n\r\n{'),
  'asks for credentials': answering('401 Unauthorized', 'WWW-Authenticate: Basic realm="x"'),
  "asks for a proxy's credentials": answering('407 Proxy Authentication Required', 'Proxy-Authenticate: Basic'),
  'says that it timed out': answering('408 Request Timeout', 'Connection: close'),
  'asks to try at once': answering('429 Too Many Requests', 'Retry-After: 0'),
  'is unavailable for no time': answering('503 Service Unavailable', 'Retry-After: 0'),
  'is too early': answering('425 Too Early'),
  'was misdirected': answering('421 Misdirected Request'),
  fails: answering('500 Internal Server Error'),
  'redirects to itself': answering('307 Temporary Redirect', 'Location: '),
  'offers an upgrade': answering('426 Upgrade Required', 'Upgrade: h2c'),
};
const redirects = ['301 x', '302 x', '303 x', '307 x', '308 x'];
const cookie = 'Set-Cookie: session=1; Path=/';

for (const [by, override] of Object.entries(clients)) {
  for (const [name, respond] of Object.entries(temptations))
    test(`a server that ${name} is asked once, ${by}`, async () => {
      const { seen, connections } = await sendTo(respond, override);
      expect([seen.length, connections]).toEqual([1, 1]);
    });

  for (const status of redirects)
    test(`a ${status} is a response and not followed, ${by}`, async () => {
      const other = await rawServer(ending());
      const location = `${other.baseUrl}/me/registeredDevices/$ref`;
      const { exchange, seen } = await sendTo(answering(status, `Location: ${location}`), override);
      await other.close();
      expect(exchange.failure).toBeUndefined();
      expect(exchange.response?.status).toBe(Number(status.slice(0, 3)));
      expect(exchange.response?.headers).toContainEqual(['Location', location]);
      expect([seen.length, other.connections()]).toEqual([1, 0]);
    });

  test(`a cookie is not sent back with the next request, ${by}`, () =>
    withServer(
      answering('201 Created', cookie, 'Set-Cookie: other=2'),
      async (client, { seen }) => {
        for (let n = 1; n <= 3; n++) await client.send(exampleRequest(override), n);
        expect(seen.map((each) => headerOf(each, 'cookie'))).toEqual([[], [], []]);
      },
    ));
}

test('a cookie of a response that was cut off is not sent back', () =>
  withServer(
    ending(`HTTP/1.1 201 Created\r\n${cookie}\r\nContent-Length: 9\r\n\r\n{`),
    async (client, { seen }) => {
      for (let n = 1; n <= 2; n++)
        expect((await client.send(exampleRequest(), n)).failure?.kind).toBe('cut off');
      expect(seen.map((each) => headerOf(each, 'cookie'))).toEqual([[], []]);
    },
  ));

test('a cookie is not sent by a request that begins while the response with the cookie arrives', () => {
  let finishFirst = () => {};
  let firstBegun = () => {};
  const begun = new Promise<void>((resolve) => (firstBegun = resolve));
  const respond: Responder = (socket, _, n) => {
    const whole = httpMessage('{}', { headers: [cookie] });
    if (n > 1) {
      socket.end(whole);
      finishFirst();
      return;
    }
    finishFirst = () => socket.end(whole.subarray(-1));
    // The head is out, and the client has had the time to read it, before the other request begins.
    socket.write(whole.subarray(0, -1), () => setTimeout(firstBegun, 300));
  };
  return withServer(respond, async (client, { seen }) => {
    const first = client.send(exampleRequest(), 1);
    await begun;
    const both = await Promise.all([first, client.send(exampleRequest(), 2)]);
    expect(both.map(({ response }) => response?.status)).toEqual([201, 201]);
    expect(seen.map((each) => headerOf(each, 'cookie'))).toEqual([[], []]);
  });
});

test('requests in flight together each get their own response', () =>
  withServer(
    (socket, { body }) => socket.end(httpMessage(body)),
    async (client, server) => {
      const sent = Array.from({ length: 24 }, (_, i) => ({
        body: Buffer.from(`{"n":${i},"x":"${'x'.repeat(i * 50)}"}`),
        ...(i % 3 === 0 && clients['by our own sender']),
      }));
      const exchanges = await Promise.all(
        sent.map((override, i) => client.send(exampleRequest(override), i + 1)),
      );
      for (const [i, { response, requestCase }] of exchanges.entries()) {
        expect(requestCase.number).toBe(i + 1);
        expect(response?.body.toString()).toBe(sent[i]?.body?.toString());
        expect(response?.wireBytes).toBe(sent[i]?.body?.length);
      }
      expect(server.connections()).toBe(24);
    },
  ));
