import { createServer, type Server, type Socket } from 'node:net';
import { expect, test } from '@playwright/test';
import { waitFor } from '../../../fixtures/http/wait-for-port.ts';
import { startMock } from '../support/mock.ts';
import { headerOf, rawServer } from '../support/raw-server.ts';
import { contract, emptyFolder, pointedAt, recordingsIn, reportIn } from '../support/run.ts';
import { unusedPort } from '../support/unused-port.ts';

function listening(server: Server, port = 0): Promise<number> {
  return new Promise((resolve) =>
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    }),
  );
}

const at = (port: number) => `http://127.0.0.1:${port}/v1.0`;

const answering = (status: number) => `HTTP/1.1 ${status} X\r\nContent-Length: 0\r\n\r\n`;

test('a target that is up is waited for no longer, and receives one GET without a token', async () => {
  for (const status of [200, 401, 404, 405, 500]) {
    const server = await rawServer((socket) => socket.end(answering(status)));
    await waitFor(server.baseUrl, 30_000);
    await server.close();
    expect(server.seen.map(({ line }) => line)).toEqual([
      'GET /v1.0/me/registeredDevices/$ref HTTP/1.1',
    ]);
    expect(server.seen.flatMap((seen) => headerOf(seen, 'authorization'))).toEqual([]);
  }
});

for (const status of [502, 503, 504])
  test(`a gateway that answers ${status} is waited for until it answers otherwise`, async () => {
    const server = await rawServer((socket, _, n) => socket.end(answering(n < 4 ? status : 401)));
    await waitFor(server.baseUrl, 60_000);
    await server.close();
    expect(server.seen.length).toBe(4);
  });

test('a target that answers like a gateway to the end is judged as it is', async () => {
  const server = await rawServer((socket) => socket.end(answering(503)));
  await waitFor(server.baseUrl, 600);
  await server.close();
  expect(server.seen.length).toBeGreaterThan(0);
});

for (const [what, respond] of Object.entries({
  'drops the request': (socket: Socket) => socket.destroy(),
  'speaks no HTTP': (socket: Socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n'),
  'never answers': () => {},
}))
  test(`a target that ${what} is up, and left to the verdicts`, async () => {
    const server = await rawServer(respond);
    await waitFor(server.baseUrl, 60_000);
    await server.close();
    expect(server.seen.length).toBe(1);
  });

test('a target that starts late is waited for', async () => {
  const server = createServer((socket) => socket.end(answering(401)));
  const port = await unusedPort();
  const waited = waitFor(at(port), 30_000);
  setTimeout(() => server.listen(port, '127.0.0.1'), 700);
  await waited;
  server.close();
});

test('a port that accepts connections and drops them is not up yet', async () => {
  const forwarder = createServer((socket) => socket.destroy());
  const port = await listening(forwarder);
  await expect(waitFor(at(port), 600)).rejects.toThrow(/within 0.6 s/);
  forwarder.close();
});

test('the bound ends the wait with a sentence, and nothing was sent', async () => {
  const port = await unusedPort();
  const { code, output, folder } = await contract({
    ...pointedAt({ baseUrl: at(port), token: 'token-of-a-mock', userId: 'somebody' }),
    CONTRACT_WAIT_MS: '600',
  });
  expect(code).toBe(1);
  expect(output).toContain(`waiting  for 127.0.0.1:${port}, at most 0.6 s`);
  expect(output).toContain(
    `GRAPH_BASE_URL names 127.0.0.1:${port}, where nothing accepted a connection within 0.6 s (CONTRACT_WAIT_MS): is the target started?`,
  );
  expect(output).not.toContain('token-of-a-mock');
  const [lines = []] = recordingsIn(folder);
  expect(lines).toHaveLength(2);
  expect(reportIn(folder).summary.conforms).toBe(0);
});

test('a run waits for a mock that starts after it', async () => {
  const port = await unusedPort();
  const folder = emptyFolder();
  const token = 'token-of-a-mock';
  const userId = '0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0';
  const env = {
    ...pointedAt({ baseUrl: at(port), token, userId }),
    CONTRACT_SAMPLES: '1',
    CONTRACT_WAIT_MS: '60000',
  };
  let mock: ReturnType<typeof startMock> | undefined;
  const { code, output } = await contract(env, [], folder, (printed) => {
    if (printed.includes(`waiting  for 127.0.0.1:${port}`))
      mock ??= startMock({ port, accepts: (given) => given === token, userId });
  });
  await (await mock)?.close();
  expect(output).toContain('waiting  for 127.0.0.1:');
  expect(output).toMatch(/^PASSED .*: all conform$/m);
  expect(code).toBe(0);
});
