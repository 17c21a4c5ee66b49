import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { leaksIn, leaksInText } from '../support/leaks.ts';
import { startNightly } from '../support/nightly.ts';
import { contract, recordingsIn, reportIn } from '../support/run.ts';

const reds = (folder: string) =>
  reportIn(folder)
    .verdicts.filter(({ failing }) => failing)
    .map(({ requirement, route, outcome }) => `${requirement} ${route} ${outcome}`);

test('a whole night: signed in, declared deviations known, throttling waited for, everything undone', async () => {
  const night = await startNightly();
  const { code, output, folder } = await contract(night.env, [], night.folder);
  expect(output).toMatch(
    /writes {3}12 creates among 47 calls in tenant [0-9a-f-]{36}, journalled and undone afterwards/,
  );
  expect(output).toContain('sign-in  client secret');
  expect(output).toContain('sign-in  stored sign-in');
  expect(reds(folder)).toEqual([]);
  expect(output).toContain('cleanup  12 undone, 0 left behind, 0 of other targets kept');
  expect(code).toBe(0);
  expect(reportIn(folder).summary['known deviation']).toBe(4);
  expect([...night.tenant.references]).toEqual([]);
  expect(
    night.tenant.requests
      .filter((line) => line.startsWith('DELETE'))
      .every((line) => line.endsWith('/$ref')),
  ).toBe(true);
  const [lines = []] = recordingsIn(folder);
  expect(JSON.stringify(lines)).toContain('Retry-After');
  await night.close();
});

test('the same night with one thing changed is red, and only for that thing', async () => {
  const night = await startNightly({
    defect: (answer, { route }) =>
      answer.status === 204 && route === 'users' ? { ...answer, status: 409 } : answer,
  });
  const { code, folder } = await contract(night.env, [], night.folder);
  expect(code).toBe(1);
  expect(reds(folder)).toEqual([
    'create-status users changed deviation',
    'example-exchange users changed deviation',
  ]);
  await night.close();
});

test('without consent nothing is created, and the reader is told 403', async () => {
  const night = await startNightly({ consented: false });
  const { code, folder } = await contract(night.env, [], night.folder);
  expect(code).toBe(1);
  expect(
    reportIn(folder).verdicts.find(({ requirement }) => requirement === 'create-status'),
  ).toMatchObject({ outcome: 'changed deviation', received: '403' });
  expect(night.tenant.references.size).toBe(0);
  await night.close();
});

test('with an application alone, /me is not applicable and says why', async () => {
  const night = await startNightly();
  const { GRAPH_STORED_SIGN_IN: _, ...env } = night.env;
  const { code, folder } = await contract(env, [], night.folder);
  expect(code).toBe(0);
  const me = reportIn(folder).verdicts.filter(({ route }) => route === 'me');
  expect(new Set(me.map(({ outcome }) => outcome))).toEqual(new Set(['not applicable']));
  expect(me[0]?.reason).toContain('an application has no /me');
  expect(night.tenant.requests.some((line) => line.includes('/me/'))).toBe(false);
  await night.close();
});

test('a wrong tenant, another audience or a failed sign-in stops before the first call', async () => {
  const night = await startNightly();
  const other = '11111111-2222-4333-8444-555555555555';
  const elsewhere = await contract({ ...night.env, GRAPH_LIVE_TENANT: other }, [], night.folder);
  expect(elsewhere.code).toBe(2);
  expect(elsewhere.output).toContain('they must name the same tenant');
  night.provider.setFault('client secret', 7000222);
  const expired = await contract(night.env, [], night.folder);
  expect(expired.code).toBe(1);
  expect(expired.output).toContain('not judged: ');
  expect(expired.output).toMatch(/expired/);
  expect(night.tenant.requests).toEqual([]);
  await night.close();
});

test('preflight signs in and fires nothing; the list fires nothing either', async () => {
  const night = await startNightly();
  const preflight = await contract(night.env, ['--project=preflight'], night.folder);
  expect(preflight.code).toBe(0);
  expect(preflight.output).toContain('ready    nothing was fired');
  const list = await contract(night.env, ['--list'], night.folder);
  expect(list.output).toContain('create-status');
  expect(night.tenant.requests).toEqual([]);
  await night.close();
});

test('what a killed run left behind is undone by a sweep, also where it was killed between call and answer', async () => {
  const night = await startNightly();
  const killed = contract(
    { ...night.env, CONTRACT_TIMEOUT_MS: '5000' },
    ['--project=calls'],
    night.folder,
  );
  await expect
    .poll(() => night.tenant.references.size, { timeout: 60_000, intervals: [20] })
    .toBeGreaterThan(3);
  killed.kill();
  await killed;
  expect(night.tenant.references.size).toBeGreaterThan(0);
  const journal = readFileSync(
    join(night.folder, 'contract-report/journal', `${night.env.GRAPH_LIVE_TENANT}.jsonl`),
    'utf8',
  );
  expect(journal.match(/"call"/g)?.length).toBeGreaterThanOrEqual(night.tenant.references.size);
  const sweep = await contract(night.env, ['--project=cleanup'], night.folder);
  expect(sweep.output).toMatch(/cleanup {2}\d+ undone/);
  expect([...night.tenant.references]).toEqual([]);
  await night.close();
});

test('no secret of a night is written anywhere, also with every trace and report', async () => {
  const night = await startNightly();
  const { output, folder } = await contract(
    { ...night.env, DEBUG: 'pw:api' },
    ['--trace=on', '--grep=create-status|token-', '--reporter=list,json,junit,html'],
    night.folder,
  );
  const stored = readFileSync(night.env.GRAPH_STORED_SIGN_IN ?? '', 'utf8');
  const secrets = [
    ...night.secrets,
    ...[...stored.matchAll(/"secret":\s*"([^"]+)"/g)].map(([, secret = '']) => secret),
  ];
  expect(secrets.length).toBeGreaterThan(2);
  expect(leaksInText('output', output, secrets)).toEqual([]);
  expect(leaksIn(join(folder, 'contract-report'), secrets)).toEqual([]);
  expect(output).not.toMatch(/eyJ[\w-]{20,}\.[\w-]{20,}/);
  await night.close();
});
