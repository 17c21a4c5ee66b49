import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@playwright/test';
import { makeCertificate } from '../support/identity-provider/certificate.ts';
import { call, clients, clientTo } from '../support/raw-server.ts';

for (const [by, override] of Object.entries(clients))
  test(`a certificate that nobody trusts is why a target is not reached, ${by}`, async () => {
    const { certificate, privateKey } = makeCertificate();
    const server = createServer({ cert: certificate, key: privateKey }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const client = clientTo(`https://127.0.0.1:${port}/v1.0`);
    const { failure } = await client.send(call(override), 1);
    await client.close();
    server.close();
    expect(failure).toEqual({ kind: 'unreachable', detail: 'its certificate is not trusted here' });
  });
