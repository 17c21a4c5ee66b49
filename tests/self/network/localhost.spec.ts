import { execFileSync } from 'node:child_process';
import dns from 'node:dns';
import { expect, test } from '@playwright/test';
import { knowLocalhost, lookUp } from '../../../fixtures/network/localhost.ts';
import { clients, ending, rawServer, sendAt } from '../support/raw-server.ts';
import { root } from '../support/run.ts';

test('to import the client changes nothing of the process', () => {
  const script = `const { promises } = require('node:dns'), { lookup } = promises;
    require('jiti')(process.cwd() + '/x')('./fixtures/http/client.ts');
    process.exit(Number(lookup !== promises.lookup))`;
  execFileSync(process.execPath, ['--eval', script], { cwd: root });
});

test('localhost is this machine in both families, and no other name is', async () => {
  const ours = [
    { address: '::1', family: 6 },
    { address: '127.0.0.1', family: 4 },
  ];
  const found = (name: string) =>
    new Promise((resolve, reject) =>
      lookUp(name, { all: true }, (error, all) => (error ? reject(error) : resolve(all))),
    );
  knowLocalhost();
  for (const name of ['localhost', 'Mock.LOCALHOST', 'localhost.']) {
    expect(await found(name)).toEqual(ours);
    expect(await dns.promises.lookup(name, { all: true })).toEqual(ours);
  }
  const other = [{ address: '192.0.2.1', family: 4 }];
  expect(await found('192.0.2.1')).toEqual(other);
  expect(await dns.promises.lookup('192.0.2.1', { all: true })).toEqual(other);
});

for (const address of ['127.0.0.1', '::1'])
  for (const [by, override] of Object.entries(clients))
    test(`localhost, and what is below it, leads to a server on ${address} alone, ${by}`, async () => {
      const server = await rawServer(ending(), address);
      const { port } = new URL(server.baseUrl);
      for (const name of ['localhost', 'mock.localhost', 'mock.localhost.']) {
        const { response, failure } = await sendAt(`http://${name}:${port}/v1.0`, override);
        expect([failure, response?.status]).toEqual([undefined, 201]);
      }
      await server.close();
    });
