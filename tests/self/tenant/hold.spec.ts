import { randomUUID } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { readConfiguration } from '../../../fixtures/configuration/configuration.ts';
import { holdTenant } from '../../../fixtures/tenant/hold.ts';
import { readCleanUp } from '../../../schemas/files/clean-up.ts';
import { here } from '../support/pending.ts';
import { exampleRequest } from '../support/raw-server.ts';
import { exchange } from '../support/recorded.ts';
import { emptyFolder } from '../support/run.ts';

const id = '98b7e341-e341-98b7-41e3-b79841e3b798';
const created = exchange({ status: 201, body: Buffer.from(JSON.stringify({ id })) });
const refused = exchange({ status: 400 });

/** Creates a reference in a tenant, is refused another, and ends at a service that answers removals so. */
async function ended(statuses: readonly number[], notApplicable = {}, signal?: AbortSignal) {
  const report = emptyFolder();
  const env = { GRAPH_BASE_URL: here.baseUrl, GRAPH_ACCESS_TOKEN: 't', GRAPH_USER_ID: here.userId };
  const configuration = readConfiguration({ ...env, CONTRACT_REPORT: report });
  const run = { ...configuration, run: 'r', seed: 1, isRejudged: false };
  const hold = holdTenant(randomUUID(), run, { ...here, notApplicable }, signal);
  const isSecret = () => false;
  for (const answer of [created, refused])
    await hold.journalled(exampleRequest(), isSecret, async () => answer);
  const removed: string[] = [];
  const send = async ({ path }: { path: string }) => {
    const status = statuses[removed.push(path) - 1] ?? 500;
    if (status === 0) await new Promise(() => {});
    return exchange({ status, headers: [['Retry-After', '0']] });
  };
  return { report, removed, result: await hold.end({ send }) };
}

test('a removal is sent again where it was put off by throttling, and only then', async () => {
  for (const [statuses, times, undone] of [
    [[429, 429, 204], 3, 1],
    [[503, 204], 1, 0],
  ] as const) {
    const { report, removed, result } = await ended(statuses);
    expect([removed.length, result.undone]).toEqual([times, undone]);
    expect(readCleanUp(report, 'r')).toEqual(result);
    expect(readCleanUp(report, 'another')).toBeUndefined();
  }
});

test('where nobody is signed in for a route, nothing is sent to it, and its references are named', async () => {
  const { removed, result } = await ended([], { me: 'an application has no /me' });
  expect(removed).toEqual([]);
  const why = 'nobody is signed in for its route';
  expect(result.left).toMatchObject([{ why, failing: true }]);
});

test('of a run that was ended before it took the tenant, no removal is waited for without end', async () => {
  const { removed, result } = await ended([0], {}, AbortSignal.abort());
  expect(removed.length).toBe(1);
  expect(result.left).toMatchObject([{ why: 'the run was ended before it could be undone' }]);
});
