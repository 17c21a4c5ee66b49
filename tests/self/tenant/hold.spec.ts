import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from '@playwright/test';
import { readConfiguration } from '../../../fixtures/configuration/configuration.ts';
import { TenantHold } from '../../../fixtures/tenant/hold.ts';
import { tenantLockFolder } from '../../../fixtures/tenant/lock.ts';
import { readCleanUp } from '../../../schemas/files/clean-up.ts';
import type { RequestCase } from '../../../schemas/files/recording.ts';
import { here } from '../support/pending.ts';
import { exampleRequest } from '../support/raw-server.ts';
import { exchange } from '../support/recorded.ts';
import { emptyFolder } from '../support/run.ts';

const id = '98b7e341-e341-98b7-41e3-b79841e3b798';
const created = exchange({ status: 201, body: Buffer.from(JSON.stringify({ id })) });

/** A hold on a tenant of its own. `create` sends a create that is answered so. */
function held(signal?: AbortSignal) {
  const tenant = randomUUID();
  const report = emptyFolder();
  const env = { GRAPH_BASE_URL: here.baseUrl, GRAPH_ACCESS_TOKEN: 't', GRAPH_USER_ID: here.userId };
  const configuration = readConfiguration({ ...env, CONTRACT_REPORT: report });
  const run = { ...configuration, run: 'r', seed: 1, isRejudged: false };
  const hold = new TenantHold(tenant, run, here, signal);
  const create = (answer = async () => created) =>
    hold.journalled(exampleRequest(), () => false, answer);
  const removed: string[] = [];
  const remove = async ({ path }: RequestCase) => {
    removed.push(path);
    return exchange({ status: 204 });
  };
  return { tenant, report, hold, create, removed, remove };
}

test('what was created is undone, the result is written for the report, and the lock given back', async () => {
  const { report, hold, create, removed, remove } = held();
  await create();
  await create(async () => exchange({ status: 400 }));
  const result = await hold.end({ send: remove });
  expect(result).toMatchObject({ run: 'r', undone: 1, left: [], notes: [] });
  expect(removed).toEqual([`/me/registeredDevices/${id}/$ref`]);
  expect(readCleanUp(report, 'r')).toEqual(result);
  expect(readCleanUp(report, 'another')).toBeUndefined();
});

test('a run that was suspended while another took the tenant sends nothing more, and names what it leaves', async () => {
  const { tenant, hold, create, removed, remove } = held();
  await create();
  // Another run has taken over.
  const other = { run: 'other', pid: process.pid, host: 'another.invalid' };
  writeFileSync(join(tenantLockFolder(tenant), '99'), JSON.stringify(other));
  await expect(create()).rejects.toThrow(/^Nothing more is sent: another run holds the tenant now/);
  const { undone, left, fails } = await hold.end({ send: remove });
  expect([undone, removed]).toEqual([0, []]);
  expect(left).toMatchObject([{ why: expect.stringContaining('suspended'), failing: true }]);
  expect(fails).toMatch(/^1 reference was left in the tenant/);
});

test('five seconds after a run is ended early nothing more is undone, and the rest is named', async () => {
  const ending = new AbortController();
  const { hold, create, remove } = held(ending.signal);
  for (let i = 0; i < 3; i++) await create();
  ending.abort();
  const begun = performance.now();
  let sent = 0;
  const { undone, left } = await hold.end({
    // All are sent at once; the second one hangs.
    send: async (requestCase) =>
      ++sent === 2 ? setTimeout(60_000, created, { ref: false }) : remove(requestCase),
  });
  expect(performance.now() - begun).toBeLessThan(5_500);
  expect([sent, undone]).toEqual([3, 2]);
  expect(left).toMatchObject([
    { why: 'the run was ended before it could be undone', failing: true },
  ]);
});

test('a removal is sent again where it was put off by throttling, and only then', async () => {
  for (const [status, times, undone] of [
    [429, 2, 1],
    [503, 1, 0],
  ] as const) {
    const { hold, create } = held();
    await create();
    let sent = 0;
    const result = await hold.end({
      send: async () =>
        exchange({ status: ++sent === 1 ? status : 204, headers: [['Retry-After', '0']] }),
    });
    expect([sent, result.undone]).toEqual([times, undone]);
  }
});
