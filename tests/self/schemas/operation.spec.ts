import { expect, test } from '@playwright/test';
import { startMock } from '../../../fixtures/mock/server.ts';
import { routePath } from '../../../fixtures/requests/paths.ts';
import * as operation from '../../../schemas/operation.ts';

const { created, example, mediaType, propertyNames, routes, routeTemplates } = operation;
const printed = (object: object) =>
  Buffer.from(JSON.stringify(object, null, 2).replaceAll('\n', '\r\n'));

test('the example is as long as its Content-lengths say', () => {
  expect(Buffer.from(example.request.text)).toEqual(printed(example.request.object));
  expect(printed(example.request.object)).toHaveLength(116);
  expect(printed(example.response.object)).toHaveLength(165);
});

// The mock imports nothing of ours, so that judge and reference do not share a mistake.
for (const route of routes)
  test(`the embedded mock answers ${routeTemplates[route]} as documented`, async () => {
    const mock = await startMock();
    const response = await fetch(`${mock.baseUrl}${routePath(route, mock.userId)}`, {
      method: operation.method,
      headers: { Authorization: `Bearer ${mock.token}`, 'Content-Type': mediaType },
      body: example.request.text,
    });
    const object = (await response.json()) as Record<string, unknown>;
    await mock.close();
    expect([response.status, response.statusText]).toEqual([created.status, created.reason]);
    expect(response.headers.get('content-type')).toContain(mediaType);
    expect(Object.keys(object)).toEqual(expect.arrayContaining([...propertyNames]));
    expect(object).toMatchObject(example.request.object);
  });
