import { expect, test } from '@playwright/test';
import { waitFor } from '../../../fixtures/http/wait-for-port.ts';
import { headerOf, type Responder, rawServer } from '../support/raw-server.ts';
import { unusedPort } from '../support/unused-port.ts';

const answering =
  (status: number): Responder =>
  (socket) =>
    socket.end(`HTTP/1.1 ${status} X\r\nContent-Length: 0\r\n\r\n`);
const closing: Responder = (socket) => socket.destroy();
/** Once, and then as a target that is up. */
const once =
  (begin: Responder): Responder =>
  (socket, request, n) =>
    (n < 2 ? begin : answering(401))(socket, request, n);

// biome-ignore format: a row a line
const cases: readonly (readonly [what: string, respond: Responder, waitMs: number, requests: unknown])[] = [
  ...[401, 500].map((status) => [`a target that answers ${status}`, answering(status), 30_000, 1] as const),
  ['a target that speaks no HTTP', (socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n'), 30_000, 1],
  ['a target that never answers', () => {}, 30_000, 1],
  ...[502, 503, 504].map((status) => [`a gateway that answers ${status} once`, once(answering(status)), 30_000, 2] as const),
  ['a port forwarder whose server starts', once(closing), 30_000, 2],
  // Whatever these are, they are judged as they are.
  ['a gateway without a server to the end', answering(503), 600, expect.any(Number)],
  ['a target that drops every request', closing, 600, expect.any(Number)],
];

for (const [what, respond, waitMs, requests] of cases)
  test(`${what} is waited for no longer than it must be, by GET without a token`, async () => {
    const server = await rawServer(respond);
    await waitFor(server.baseUrl, waitMs);
    await server.close();
    expect(server.seen.length).toEqual(requests);
    for (const seen of server.seen) {
      expect(seen.line).toBe('GET /v1.0/me/registeredDevices/$ref HTTP/1.1');
      expect(headerOf(seen, 'authorization')).toEqual([]);
    }
  });

test('where nothing listens, the bound ends the wait with a sentence', async () => {
  const port = await unusedPort();
  await expect(waitFor(`http://127.0.0.1:${port}/v1.0`, 600)).rejects.toThrow(
    `GRAPH_BASE_URL names 127.0.0.1:${port}, where nothing accepted a connection within 0.6 s (CONTRACT_WAIT_MS): is the target started?`,
  );
});
