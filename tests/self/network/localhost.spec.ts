import dns from 'node:dns';
import { expect, test } from '@playwright/test';
import { waitFor } from '../../../fixtures/http/wait-for-port.ts';
import { startMock } from '../../../fixtures/mock/server.ts';
import { knowingLocalhost } from '../../../fixtures/network/localhost.ts';
import { startIdentityProvider } from '../support/identity-provider/provider.ts';
import { clients, ending, exampleRequest, rawServer, withClient } from '../support/raw-server.ts';
import { contract, pointedAt } from '../support/run.ts';
import { at, signInBy } from '../support/sign-in.ts';

const asked: string[] = [];
const lookup = knowingLocalhost((async (name: string) => {
  asked.push(name);
  return [];
}) as unknown as typeof dns.promises.lookup);

test('localhost is known in both families, and no name server is asked for it', async () => {
  const ours = [
    { address: '::1', family: 6 },
    { address: '127.0.0.1', family: 4 },
  ];
  expect(await lookup('localhost', { all: true })).toEqual(ours);
  expect(await lookup('localhost', { all: true, family: 4 })).toEqual(ours.slice(1));
  expect(await lookup('Mock.LOCALHOST', { all: true, family: 6 })).toEqual(ours.slice(0, 1));
  expect(await lookup('localhost.', { family: 4 })).toEqual(ours[1]);
  expect(asked).toEqual([]);
});

test('every other name is looked up as ever', async () => {
  expect(await lookup('localhost.contoso.invalid', { all: true })).toEqual([]);
  expect(asked).toEqual(['localhost.contoso.invalid']);
});

test('the client looks names up so: what is not in /etc/hosts is known', async () => {
  const found = await dns.promises.lookup('mock.localhost', { all: true, family: 6 });
  expect(found).toEqual([{ address: '::1', family: 6 }]);
});

for (const address of ['127.0.0.1', '::1'])
  for (const name of ['localhost', 'Mock.Localhost', 'mock.localhost.']) {
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
        expect([response?.status, failure]).toEqual([201, undefined]);
      });
  }

test('a sign-in at a name below localhost leads to this machine', async () => {
  const provider = await startIdentityProvider();
  const env = at(
    { ...provider, origin: provider.origin.replace('127.0.0.1', 'login.localhost') },
    { AZURE_CLIENT_SECRET: provider.clientSecret },
  );
  const identity = await signInBy(env);
  await provider.close();
  expect(identity.kind).toBe('application');
});

test('a mock that is called localhost is judged like any other', async () => {
  const mock = await startMock();
  const baseUrl = mock.baseUrl.replace('127.0.0.1', 'localhost');
  const { code, output } = await contract({ ...pointedAt({ ...mock, baseUrl }) });
  await mock.close();
  expect(code, output).toBe(0);
  expect(output).toMatch(/^PASSED .*: all conform$/m);
});
