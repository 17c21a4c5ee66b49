import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from '@playwright/test';
import { readConfiguration } from '../../../fixtures/configuration/configuration.ts';
import { holdTenant } from '../../../fixtures/tenant/hold.ts';
import { lockFolder } from '../../../fixtures/tenant/lock.ts';
import { readCleanUp } from '../../../schemas/files/clean-up.ts';
import { here } from '../support/pending.ts';
import { exampleRequest } from '../support/raw-server.ts';
import { exchange } from '../support/recorded.ts';
import { emptyFolder } from '../support/run.ts';

const id = '98b7e341-e341-98b7-41e3-b79841e3b798';
const created = exchange({ status: 201, body: Buffer.from(JSON.stringify({ id })) });
const answered = (status: number) => exchange({ status, headers: [['Retry-After', '0']] });

/** A hold on a tenant of its own, which has created so much. */
async function held(creates: number, signal?: AbortSignal, notApplicable = {}) {
  const [tenant, report] = [randomUUID(), emptyFolder()];
  const env = { GRAPH_BASE_URL: here.baseUrl, GRAPH_ACCESS_TOKEN: 't', GRAPH_USER_ID: here.userId };
  const configuration = readConfiguration({ ...env, CONTRACT_REPORT: report });
  const run = { ...configuration, run: 'r', seed: 1, isRejudged: false };
  const hold = holdTenant(tenant, run, { ...here, notApplicable }, signal);
  const create = (answer = created) =>
    hold.journalled(
      exampleRequest(),
      () => false,
      async () => answer,
    );
  for (let i = 0; i < creates; i++) await create();
  return { tenant, report, hold, create };
}
const nothing = { send: () => Promise.reject(new Error('nothing is sent')) };

test('what was created is undone, the result is written for the report, and the lock given back', async () => {
  const { report, hold, create } = await held(1);
  await create(answered(400));
  const removed: string[] = [];
  const send = async ({ path }: { path: string }) => {
    removed.push(path);
    return answered(204);
  };
  const result = await hold.end({ send });
  expect(result).toMatchObject({ run: 'r', undone: 1, left: [], notes: [] });
  expect(removed).toEqual([`/me/registeredDevices/${id}/$ref`]);
  expect(readCleanUp(report, 'r')).toEqual(result);
  expect(readCleanUp(report, 'another')).toBeUndefined();
});

test('a run that was suspended while another took the tenant sends nothing more, and names what it leaves', async () => {
  const { tenant, hold, create } = await held(1);
  writeFileSync(join(lockFolder(tenant), '99'), '{"run":"other","pid":1,"host":"another.invalid"}');
  await expect(create()).rejects.toThrow(/^Nothing more is sent: another run holds the tenant now/);
  const { undone, left, fails } = await hold.end(nothing);
  expect([undone, fails]).toEqual([
    0,
    expect.stringMatching(/^1 reference was left in the tenant/),
  ]);
  expect(left).toMatchObject([{ why: expect.stringContaining('suspended'), failing: true }]);
});

test('five seconds after a run is ended early nothing more is undone, and the rest is named', async () => {
  const ending = new AbortController();
  const { hold } = await held(3, ending.signal);
  ending.abort();
  let sent = 0;
  // All are sent at once; the second one is never answered.
  const never = new Promise<typeof created>(() => {});
  const send = async () => (++sent === 2 ? never : answered(204));
  const awake = setTimeout(10_000, 'too late', { ref: false });
  const result = await Promise.race([hold.end({ send }), awake]);
  expect(result).toMatchObject({ undone: 2, left: [{ failing: true }] });
  expect(result).toMatchObject({ left: [{ why: 'the run was ended before it could be undone' }] });
  expect(sent).toBe(3);
});

test('a removal is sent again where it was put off by throttling, and only then', async () => {
  for (const [status, times, undone] of [
    [429, 2, 1],
    [503, 1, 0],
  ] as const) {
    const { hold } = await held(1);
    let sent = 0;
    const result = await hold.end({ send: async () => answered(++sent === 1 ? status : 204) });
    expect([sent, result.undone]).toEqual([times, undone]);
  }
});

test('where nobody is signed in for a route, nothing is sent to it, and its references are named', async () => {
  const { hold } = await held(1, undefined, { me: 'an application has no /me' });
  const { left } = await hold.end(nothing);
  expect(left).toMatchObject([{ why: 'nobody is signed in for its route', failing: true }]);
});
