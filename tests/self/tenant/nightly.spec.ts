import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { TenantLock, tenantLockFolder } from '../../../fixtures/tenant/lock.ts';
import { leaksIn, leaksInText } from '../support/leaks.ts';
import type { MockRequest } from '../support/mock.ts';
import { type Nightly, startNightly } from '../support/nightly.ts';
import { contract, recordingsIn, reportIn } from '../support/run.ts';

const failing = (folder: string) =>
  reportIn(folder)
    .verdicts.filter((verdict) => verdict.failing)
    .map(({ requirement, route, outcome }) => `${requirement} ${route} ${outcome}`);

test('a whole run: signed in, declared deviations known, throttling waited for, everything undone', async () => {
  const nightly = await startNightly();
  const { code, output, folder } = await nightly.run();
  expect(output).toMatch(
    /writes {3}12 creates among 67 requests in tenant [0-9a-f-]{36}, journalled and undone afterwards/,
  );
  expect(output).toContain('sign-in  client-secret');
  expect(output).toContain('sign-in  stored');
  expect(failing(folder)).toEqual([]);
  expect(output).toContain('cleanup  12 undone, 0 left behind, 0 of other targets kept');
  expect(code).toBe(0);
  expect(reportIn(folder).summary['known deviation']).toBe(4);
  expect([...nightly.tenant.references]).toEqual([]);
  expect(
    nightly.tenant.requests
      .filter((line) => line.startsWith('DELETE'))
      .every((line) => line.endsWith('/$ref')),
  ).toBe(true);
  const [lines = []] = recordingsIn(folder);
  expect(JSON.stringify(lines)).toContain('Retry-After');
  await nightly.close();
});

test('the same run with one thing changed fails, and only for that thing', async () => {
  const nightly = await startNightly({
    defect: (response, { route }) =>
      response.status === 204 && route === 'users' ? { ...response, status: 409 } : response,
  });
  const { code, folder } = await nightly.run();
  expect(code).toBe(1);
  expect(failing(folder)).toEqual([
    'create-status users changed deviation',
    'example-exchange users changed deviation',
  ]);
  await nightly.close();
});

test('without consent nothing is created, and the report says 403', async () => {
  const nightly = await startNightly({ consented: false });
  const { code, folder } = await nightly.run();
  expect(code).toBe(1);
  expect(
    reportIn(folder).verdicts.find(({ requirement }) => requirement === 'create-status'),
  ).toMatchObject({ outcome: 'changed deviation', received: '403' });
  expect(nightly.tenant.references.size).toBe(0);
  await nightly.close();
});

test('with an application alone, /me is not applicable and says why', async () => {
  const nightly = await startNightly();
  const { GRAPH_STORED_SIGN_IN: _, ...env } = nightly.env;
  const { code, folder } = await contract(env);
  expect(code).toBe(0);
  const me = reportIn(folder).verdicts.filter(({ route }) => route === 'me');
  expect(new Set(me.map(({ outcome }) => outcome))).toEqual(new Set(['not applicable']));
  expect(me[0]?.reason).toContain('an application has no /me');
  expect(nightly.tenant.requests.some((line) => line.includes('/me/'))).toBe(false);
  await nightly.close();
});

test('a wrong tenant, another audience or a failed sign-in stops before the first request', async () => {
  const nightly = await startNightly();
  const other = '11111111-2222-4333-8444-555555555555';
  const elsewhere = await nightly.run([], { GRAPH_LIVE_TENANT: other });
  expect(elsewhere.code).toBe(2);
  expect(elsewhere.output).toContain('they must name the same tenant');
  nightly.provider.setFault('client secret', 7000222);
  const expired = await nightly.run();
  expect(expired.code).toBe(1);
  expect(expired.output).toMatch(
    /^FAILED {3}nothing was judged, because The sign-in \(client-secret\) failed/m,
  );
  expect(expired.output).toMatch(/expired/);
  expect(nightly.tenant.requests).toEqual([]);
  await nightly.close();
});

test('preflight signs in and sends nothing; the list sends nothing either', async () => {
  const nightly = await startNightly();
  const preflight = await nightly.run(['--project=preflight']);
  expect(preflight.code).toBe(0);
  expect(preflight.output).toContain('ready    nothing was sent');
  const list = await nightly.run(['--list']);
  expect(list.output).toContain('create-status');
  expect(nightly.tenant.requests).toEqual([]);
  await nightly.close();
});

const withId = ({ body }: MockRequest) => body.includes('"id"');

/** A run that is killed while the response to a create is held; also the id of the object it made. */
async function killedRun(held: (create: MockRequest) => boolean): Promise<[Nightly, string]> {
  const nightly = await startNightly({ hold: (create) => create.created > 3 && held(create) });
  const run = nightly.run();
  // Where it ends by itself, its output stands where an id is expected.
  const id = await Promise.race([nightly.tenant.held, run.then(({ output }) => output)]);
  expect(nightly.tenant.references).toContain(id);
  run.kill();
  expect((await run).code).toBeNull();
  expect(nightly.tenant.references.size).toBeGreaterThan(3);
  expect(nightly.openCreates()).toHaveLength(nightly.tenant.references.size);
  return [nightly, id];
}

test('a run killed between a create with an id and its response leaves nothing behind a sweep', async () => {
  const [nightly] = await killedRun(withId);
  const created = nightly.tenant.references.size;
  const sweep = await nightly.run(['--project=cleanup']);
  expect(sweep.output).toContain(`cleanup  ${created} undone, 0 left behind`);
  expect(sweep.code).toBe(0);
  expect([...nightly.tenant.references]).toEqual([]);
  expect(nightly.openCreates()).toEqual([]);
  await nightly.close();
});

test('a run killed between a create without an id and its response leaves that one, and a sweep names it', async () => {
  const [nightly, id] = await killedRun((create) => !withId(create));
  const created = nightly.tenant.references.size;
  const sweep = await nightly.run(['--project=cleanup']);
  expect(sweep.output).toContain(`cleanup  ${created - 1} undone, 1 left behind`);
  expect(sweep.output).toMatch(
    /^left {5}documented-example, created .* \(the run ended before its response\)$/m,
  );
  expect(sweep.code).toBe(1);
  expect([...nightly.tenant.references]).toEqual([id]);
  expect(nightly.openCreates()).toHaveLength(1);

  // A person removes it by hand, and says so: the next sweep is green.
  const { code, output } = await nightly.acknowledge();
  expect(output).toMatch(/^acknowledged: documented-example, created .* client-request-id /);
  expect(code).toBe(0);
  expect(nightly.openCreates()).toEqual([]);
  expect((await nightly.run(['--project=cleanup'])).code).toBe(0);
  expect((await nightly.acknowledge()).output).toBe('nothing is open\n');
  await nightly.close();
});

test('what no clean-up has tried to undo cannot be acknowledged', async () => {
  const [nightly] = await killedRun(withId);
  const open = nightly.openCreates();
  const { output } = await nightly.acknowledge();
  expect(output).toMatch(/^kept open: .*: "npm run sweep" has not tried to undo it yet$/m);
  expect(nightly.openCreates()).toEqual(open);
  await nightly.close();
});

test('a night that cannot sign in names what an earlier one left open', async () => {
  const [nightly] = await killedRun(withId);
  nightly.provider.setFault('client secret', 7000222);
  const { code, output } = await nightly.run();
  expect(code).toBe(1);
  const named = output.match(/^left {5}\S+, created .* \(nobody could sign in to undo it\)$/gm);
  expect(named).toHaveLength(nightly.openCreates().length);
  await nightly.close();
});

test('a token that a response gives as the id of an object is written nowhere', async () => {
  const tokens = new Set<string>();
  const nightly = await startNightly({
    defect: (response, { created, headers }) => {
      if (created === 0 || response.status !== 204) return response;
      tokens.add(headers.authorization?.slice(7) ?? '');
      const id = created % 2 === 0 ? headers.authorization : headers.authorization?.slice(7);
      const body = Buffer.from(JSON.stringify({ id }));
      return {
        status: 201,
        headers: [
          ['Content-Type', 'application/json'],
          ['Content-Length', String(body.length)],
        ],
        body,
      };
    },
  });
  const { output, folder } = await nightly.run(['--add-reporter=list,json,junit,html']);
  expect(output).toMatch(/^left {5}documented-example/m);
  expect(tokens.size).toBe(2);
  expect(leaksInText('output', output, [...tokens])).toEqual([]);
  expect(leaksIn(join(folder, 'contract-report'), [...nightly.secrets, ...tokens])).toEqual([]);
  const journal = readFileSync(
    join(folder, 'contract-report/journal', `${nightly.provider.tenantId}.jsonl`),
    'utf8',
  );
  expect(journal).not.toMatch(/eyJ|Bearer/);
  await nightly.close();
});

test('no secret of a run is written anywhere, also with every trace and report', async () => {
  const nightly = await startNightly();
  const { output, folder } = await nightly.run(
    ['--trace=on', '--grep=create-status|token-', '--add-reporter=list,json,junit,html'],
    { DEBUG: 'pw:api' },
  );
  const stored = readFileSync(nightly.env.GRAPH_STORED_SIGN_IN ?? '', 'utf8');
  const secrets = [
    ...nightly.secrets,
    ...[...stored.matchAll(/"secret":\s*"([^"]+)"/g)].map(([, secret = '']) => secret),
  ];
  expect(secrets.length).toBeGreaterThan(2);
  expect(leaksInText('output', output, secrets)).toEqual([]);
  expect(leaksIn(join(folder, 'contract-report'), secrets)).toEqual([]);
  expect(output).not.toMatch(/eyJ[\w-]{20,}\.[\w-]{20,}/);
  await nightly.close();
});

test('a run at a tenant that another run holds sends nothing to it, and says so', async () => {
  const nightly = await startNightly();
  // Whatever folder the other run writes to.
  const holder = { run: 'a', pid: process.pid, host: hostname() };
  const lock = new TenantLock(tenantLockFolder(nightly.provider.tenantId), holder);
  const { code, output, folder } = await nightly.run();
  expect(code).toBe(1);
  expect(output).toMatch(/^stopped {2}.* is held by run a \(process \d+ on /m);
  expect(nightly.tenant.requests).toEqual([]);
  const outcomes = reportIn(folder).verdicts.map(({ outcome }) => outcome);
  expect(new Set(outcomes)).toEqual(new Set(['error', 'untested']));
  lock.release();
  await nightly.close();
});
