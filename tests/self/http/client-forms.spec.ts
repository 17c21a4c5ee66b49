import { expect, test } from '@playwright/test';
import { documentedExample } from '../../../fixtures/requests/bodies.ts';
import {
  type Exchange,
  headerPairs,
  type RequestCase,
  type WireForm,
} from '../../../schemas/files/recording.ts';
import { curlLine } from '../../report/curl.ts';
import { clientOf } from '../support/judged.ts';
import { type MockRequest, startMock } from '../support/mock.ts';
import {
  exampleRequest,
  headerOf,
  httpMessage,
  type Responder,
  withServer,
} from '../support/raw-server.ts';

/** What a mock saw of a request in this form, and what is recorded of it. */
async function sentAs(form: WireForm, override: Partial<RequestCase> = {}) {
  const seen: MockRequest[] = [];
  const mock = await startMock({
    defect: (response, request) => {
      seen.push(request);
      return response;
    },
  });
  const client = clientOf(mock);
  const exchange = await client.send(exampleRequest({ form, ...override }), 1);
  await client.close();
  await mock.close();
  const [only] = seen;
  if (only === undefined || seen.length > 1) throw new Error(`${seen.length} requests came`);
  expect(exchange.response?.status).toBe(201);
  // What is recorded as sent is what was sent; Playwright writes two of the names in small letters.
  const pairs = headerPairs(only.rawHeaders).map(([name, value]) => [name.toLowerCase(), value]);
  for (const [name, value] of exchange.request.headers)
    expect(pairs).toContainEqual([name.toLowerCase(), value]);
  return { ...only, exchange, curl: curlLine(exchange.requestCase, exchange.request) };
}

test('a request without Accept has none on the wire, and none in the curl command', async () => {
  const { headers, curl } = await sentAs({ accept: null });
  expect(headers.accept).toBeUndefined();
  expect(curl).toContain("--header 'Accept:'");
});

test('an Accept of its own is sent as it is written', async () => {
  const { headers, curl } = await sentAs({ accept: 'text/plain;q=0.5, application/json' });
  expect(headers.accept).toBe('text/plain;q=0.5, application/json');
  expect(curl).toContain("--header 'Accept: text/plain;q=0.5, application/json'");
});

test('header names in lower case are so on the wire', async () => {
  const { rawHeaders } = await sentAs({ headerNames: 'lower case' });
  expect(rawHeaders).toEqual(
    expect.arrayContaining(['authorization', 'content-type', 'client-request-id', 'user-agent']),
  );
  expect(rawHeaders).not.toContain('Authorization');
});

test('a scheme in another spelling stands before the same token', async () => {
  const [usual, lower] = [await sentAs({}), await sentAs({ scheme: 'bearer' })];
  expect(usual.headers.authorization).toBe(`Bearer ${usual.token}`);
  expect(lower.headers.authorization).toBe(`bearer ${lower.token}`);
});

test('a client-request-id in capitals is sent, and recorded, in capitals', async () => {
  const { headers, exchange } = await sentAs({ requestId: 'upper case' });
  const id = String(headers['client-request-id']);
  expect(id).toBe(id.toUpperCase());
  // The wire tap found the request by it: only it counts the bytes of the response.
  expect(exchange.response?.wireBytes).toBe(exchange.response?.body.length);
});

test('a chunked body comes in several pieces, without a length, and is the same', async () => {
  const { headers, body, curl } = await sentAs({ body: 'chunked' });
  expect(headers['transfer-encoding']).toBe('chunked');
  expect(headers['content-length']).toBeUndefined();
  expect(body.equals(documentedExample.body)).toBe(true);
  expect(curl).toContain("--header 'Transfer-Encoding: chunked'");
});

/** Sends three at once over one connection. */
function sendThree(respond: Responder) {
  return withServer(respond, async (client, server) => {
    const sent = [1, 2, 3].map((n) =>
      exampleRequest({ form: { connection: 'kept' }, name: `${n}` }),
    );
    const exchanges = await Promise.all(sent.map((each, i) => client.send(each, i + 1)));
    return { exchanges, seen: server.seen, connections: server.connections() };
  });
}

const statuses = (exchanges: readonly Exchange[]) =>
  exchanges.map(({ response, failure }) => response?.status ?? failure?.code ?? failure?.kind);

test('requests over one connection are sent one after another over one', async () => {
  let open = 0;
  const { exchanges, seen, connections } = await sendThree((socket) => {
    expect(++open).toBe(1);
    setImmediate(() => {
      open--;
      socket.write(httpMessage('{}'));
    });
  });
  expect(statuses(exchanges)).toEqual([201, 201, 201]);
  expect(connections).toBe(1);
  expect(seen.map((each) => headerOf(each, 'connection'))).toEqual(
    Array.from({ length: 3 }, () => ['keep-alive']),
  );
});

test('a connection that the target closes is opened anew', async () => {
  const { exchanges, connections } = await sendThree((socket) => {
    socket.end(httpMessage('{}', { headers: ['Connection: close'] }));
  });
  expect(statuses(exchanges)).toEqual([201, 201, 201]);
  expect(connections).toBe(3);
});

test('a request on a connection that the target had closed is not sent again, and says so', async () => {
  const { exchanges, seen } = await sendThree((socket, _, n) => {
    if (n === 2) socket.destroy();
    else socket.write(httpMessage('{}'));
  });
  expect(statuses(exchanges)).toEqual([201, 'KEPT_CONNECTION_CLOSED', 201]);
  expect(seen).toHaveLength(3);
});

test('a second response that nobody asked for is seen', async () => {
  const { exchanges } = await sendThree((socket, _, n) => {
    const own = httpMessage(`{"n":${n}}`);
    socket.write(n === 1 ? Buffer.concat([own, httpMessage('{"n":"stray"}')]) : own);
  });
  const [first] = exchanges;
  const stray =
    first?.response?.wireBytes !== first?.response?.body.length ||
    exchanges.some(({ response }) => response?.body.toString().includes('stray'));
  expect(stray).toBe(true);
});
