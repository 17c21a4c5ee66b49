import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@playwright/test';
import { makeCertificate } from '../support/identity-provider/certificate.ts';
import { call, doorTo, ways } from '../support/raw-server.ts';

for (const [way, departure] of Object.entries(ways))
  test(`a certificate that nobody trusts is why a target is not reached, ${way}`, async () => {
    const { certificate, privateKey } = await makeCertificate();
    const server = createServer({ cert: certificate, key: privateKey }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const door = doorTo(`https://127.0.0.1:${port}/v1.0`);
    const { failure } = await door.send(call(departure), 1);
    await door.close();
    server.close();
    expect(failure).toEqual({ kind: 'unreachable', detail: 'its certificate is not trusted here' });
  });
