import dns from 'node:dns';
import { expect, test } from '@playwright/test';
import { waitFor } from '../../../fixtures/http/wait-for-port.ts';
import { lookUp } from '../../../fixtures/network/localhost.ts';
import { clients, ending, exampleRequest, rawServer, withClient } from '../support/raw-server.ts';

const ours = [
  { address: '::1', family: 6 },
  { address: '127.0.0.1', family: 4 },
];

test('localhost is known in both families, and every other name is looked up as ever', async () => {
  const found = (name: string, options: dns.LookupOptions) =>
    new Promise((resolve, reject) =>
      lookUp(name, options, (error, address) => (error ? reject(error) : resolve(address))),
    );
  expect(await found('localhost', { all: true })).toEqual(ours);
  expect(await found('localhost', { all: true, family: 4 })).toEqual(ours.slice(1));
  expect(await found('Mock.LOCALHOST', { all: true, family: 6 })).toEqual(ours.slice(0, 1));
  expect(await found('localhost.', { family: 4 })).toBe('127.0.0.1');
  await expect(found('localhost.contoso.invalid', { all: true })).rejects.toThrow(
    /ENOTFOUND|EAI_AGAIN/,
  );
});

test("Playwright's look-ups know it too, and no other name", async () => {
  const found = await dns.promises.lookup('mock.localhost', { all: true, family: 6 });
  expect(found).toEqual(ours.slice(0, 1));
  expect(await dns.promises.lookup('192.0.2.1')).toEqual({ address: '192.0.2.1', family: 4 });
});

for (const address of ['127.0.0.1', '::1'])
  for (const name of ['localhost', 'Mock.Localhost', 'mock.localhost.'])
    for (const [by, override] of Object.entries(clients))
      test(`${name} leads to a server on ${address} alone, ${by}`, async () => {
        const server = await rawServer(ending(), address);
        const { port } = new URL(server.baseUrl);
        // As readBaseUrl hands it over: in lower case.
        const baseUrl = new URL(`http://${name}:${port}/v1.0`).href;
        await waitFor(baseUrl, 30_000);
        const { response, failure } = await withClient({ baseUrl }, (client) =>
          client.send(exampleRequest(override), 1),
        );
        await server.close();
        expect(failure).toBeUndefined();
        expect(response?.status).toBe(201);
      });
