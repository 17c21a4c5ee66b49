import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@playwright/test';
import { makeCertificate } from '../support/identity-provider/certificate.ts';
import { clients, exampleRequest, withClient } from '../support/raw-server.ts';

for (const [by, override] of Object.entries(clients))
  test(`a certificate that nobody trusts is why a target is unreachable, ${by}`, async () => {
    const { certificate, privateKey } = await makeCertificate();
    const server = createServer({ cert: certificate, key: privateKey }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const { failure } = await withClient({ baseUrl: `https://127.0.0.1:${port}/v1.0` }, (client) =>
      client.send(exampleRequest(override), 1),
    );
    server.close();
    expect(failure).toEqual({
      kind: 'unreachable',
      detail: 'its certificate is not trusted here',
      code: 'UNTRUSTED',
    });
  });
