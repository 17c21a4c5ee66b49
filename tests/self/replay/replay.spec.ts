import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { startMock } from '../../../fixtures/mock/server.ts';
import { negativeRequests } from '../../../fixtures/requests/negative.ts';
import { credentials } from '../../../fixtures/run/replay.ts';
import { leaksIn, leaksInText } from '../support/leaks.ts';
import { startNightly } from '../support/nightly.ts';
import { type ChildRun, contract, emptyFolder, pointedAt } from '../support/run.ts';
import { startTenant } from '../support/tenant.ts';

const replay = ['--project=replay'];
const differences = ({ folder }: ChildRun) =>
  readFileSync(join(folder, 'contract-report/replay/differences.md'), 'utf8');

test('a recorded night is asked again: of a mock that follows it, and of one that follows the page', async () => {
  const night = await startNightly();
  const { tenantId, userId, keys } = night.provider;
  const recorded = await contract({ ...night.env, CONTRACT_SAMPLES: '3' }, [], night.folder);
  expect(recorded.code, recorded.output).toBe(0);
  expect(recorded.output).toMatch(/^calls .* s, seed 7/m);
  const before = night.tenant.requests.length;

  // The same manners at another address, throttled at other calls.
  const follower = await startTenant({ tenantId, userId, keys, throttleEvery: 7 });
  const { GRAPH_LIVE_TENANT, CONTRACT_DEVIATIONS, ...signIn } = night.env;
  const CONTRACT_RECORDING = join(night.folder, 'contract-report');
  const env = { ...signIn, GRAPH_BASE_URL: follower.baseUrl, CONTRACT_RECORDING };
  const followed = await contract(env, replay);
  expect(followed.output).toMatch(/^replay +0 differences in 4\d calls from 127\.0\.0\.1/m);
  expect(followed.code, followed.output).toBe(0);
  // No call of a replay is drawn from it.
  expect(followed.output).not.toContain('seed');
  expect(follower.requests.filter((each) => each.startsWith('DELETE'))).toEqual([]);
  await follower.close();

  const mock = await startMock({ token: 'canary-token-of-the-mock-4711', userId: 'somebody.else' });
  const own = { ...pointedAt(mock), CONTRACT_RECORDING };
  const departed = await contract(own, replay);
  await mock.close();
  expect(departed.code).toBe(1);
  expect(departed.output).toMatch(
    /^status: recorded 204, here 201 · both routes: documented-example, pair-01, pair-02 and 1 more$/m,
  );
  expect(differences(departed)).toContain('## status\n\n- status: recorded 204, here 201');
  const leaks = [
    ...leaksIn(departed.folder, [mock.token]),
    ...leaksInText('output', departed.output, [mock.token]),
  ];
  expect(leaks).toEqual([]);

  // Nobody asked the tenant again, and nobody may.
  expect(night.tenant.requests.length).toBe(before);
  const refused = await contract({ ...night.env, CONTRACT_RECORDING }, replay);
  expect(refused.code).toBe(2);
  expect(refused.output.trim()).toBe(
    'GRAPH_LIVE_TENANT is set: a replay sends its requests to a mock on this machine, and never to a tenant.',
  );
  expect(night.tenant.requests.length).toBe(before);
  await night.close();
});

test('the same bytes are sent again, but for ids, and for the own user', async () => {
  const { folder } = await contract({ CONTRACT_SAMPLES: '4', CONTRACT_SEED: '7' });
  const seen: { path: string; body: string }[] = [];
  const mock = await startMock({
    token: 'token-of-the-mock',
    userId: 'somebody.else',
    defect: (answer, { path, body }) => {
      seen.push({ path, body: body.toString() });
      return answer;
    },
  });
  const env = { ...pointedAt(mock), CONTRACT_RECORDING: join(folder, 'contract-report') };
  const { code, output } = await contract(env, replay);
  await mock.close();
  expect(code, output).toBe(0);
  const recording = join(folder, 'contract-report/exchanges');
  const sent = readFileSync(join(recording, readdirSync(recording)[0] ?? ''), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
    .flatMap(({ request }) => (request ? [request.body.text ?? ''] : []));
  const idless = (body: string) => body.replace(/"id"(\s*):(\s*)"[^"]+"/, '"id"$1:$2""');
  expect(seen.map(({ body }) => idless(body)).sort()).toEqual(sent.map(idless).sort());
  const ids = (bodies: string[]) =>
    bodies.flatMap((body) => /"id"\s*:\s*"([^"]+)"/.exec(body)?.[1] ?? []);
  expect(ids(sent)).toHaveLength(4);
  expect(ids(seen.map(({ body }) => body)).filter((id) => ids(sent).includes(id))).toEqual([]);
  expect(new Set(seen.map(({ path }) => path.replace(/^\/v1\.0/, '')))).toEqual(
    new Set([
      '/me/registeredDevices/$ref',
      '/me/registeredDevices/$refs',
      '/users/somebody.else/registeredDevices/$ref',
      '/users/somebody.else/registeredDevices/$refs',
      '/users/7c0f3d5a-94e2-4b1c-8d67-2f9be0a41c38/registeredDevices/$ref',
    ]),
  );
});

test('a replay knows by its name what each request holds in Authorization', () => {
  const others = [...negativeRequests('users', '', true)].filter(
    ({ credential }) => credential !== 'token',
  );
  expect(credentials).toEqual(
    Object.fromEntries(others.map(({ name, credential }) => [name, credential])),
  );
});

test('a recording of a run that was killed compares what it has, and is red', async () => {
  const { folder } = await contract({ CONTRACT_SAMPLES: '1' });
  const recordings = join(folder, 'contract-report/exchanges');
  const [name = ''] = readdirSync(recordings);
  const lines = readFileSync(join(recordings, name), 'utf8').split('\n');
  const truncated = join(emptyFolder(), 'truncated.jsonl');
  writeFileSync(truncated, lines.slice(0, 6).join('\n'));
  const { code, output, ...run } = await contract({ CONTRACT_RECORDING: truncated }, replay);
  expect(code).toBe(1);
  expect(output).toContain('the recording is not whole: the run was interrupted');
  expect(differences({ code, output, ...run })).toContain('# 0 differences in 5 calls from ');
});

test('what was not compared is counted, and what differs is told with both places', async () => {
  const { folder } = await contract({ CONTRACT_SAMPLES: '1' });
  const report = join(folder, 'contract-report');
  const mock = await startMock({
    defect: (answer) => ({ ...answer, status: answer.status === 201 ? 200 : answer.status }),
  });
  const CONTRACT_ROUTES = 'me';
  const { GRAPH_USER_ID, ...me } = pointedAt(mock);
  const run = await contract({ ...me, CONTRACT_ROUTES, CONTRACT_RECORDING: report }, replay);
  await mock.close();
  expect(run.output).toMatch(/; \d+ recorded calls could not be asked here$/m);
  expect(differences(run)).toMatch(
    /^- status: recorded 201, here 200 .*\n {2}- recorded in .*\.jsonl:2, here in .*\.jsonl:\d+$/m,
  );
});

test('a recording of another route than the one that is asked compares nothing, and is red', async () => {
  const { folder } = await contract({ CONTRACT_SAMPLES: '1', CONTRACT_ROUTES: 'users' });
  const CONTRACT_RECORDING = join(folder, 'contract-report');
  const { code, output } = await contract({ CONTRACT_ROUTES: 'me', CONTRACT_RECORDING }, replay);
  expect(code).toBe(1);
  expect(output).toContain('nothing could be compared');
});

test('a recording that asks what this suite never asks is named with its line', async () => {
  const { folder } = await contract({ CONTRACT_SAMPLES: '1' });
  const recordings = join(folder, 'contract-report/exchanges');
  const [name = ''] = readdirSync(recordings);
  const changed = join(emptyFolder(), 'changed.jsonl');
  const text = readFileSync(join(recordings, name), 'utf8');
  writeFileSync(changed, text.replace('"method":"PUT"', '"method":"DELETE"'));
  const { code, output } = await contract({ CONTRACT_RECORDING: changed }, replay);
  expect(code).toBe(1);
  expect(output).toMatch(
    /changed\.jsonl:\d+ sends DELETE http\S+, which is not a request of this suite/,
  );
  expect(output).not.toContain('FenceError');
});

test('a mock that falls silent was not asked everything, and that is red', async () => {
  const { folder } = await contract({ CONTRACT_SAMPLES: '1' });
  const mock = await startMock();
  await mock.close();
  const env = { ...pointedAt(mock), CONTRACT_RECORDING: join(folder, 'contract-report') };
  const { code, output } = await contract(env, replay);
  expect(code).toBe(1);
  expect(output).toContain(
    'not every call of the recorded run was asked again: a route fell silent or slow',
  );
  expect(output).toContain('recorded 201, here no whole answer: unreachable');
});

for (const [what, env, said] of [
  ['none named', {}, /^CONTRACT_RECORDING is missing: a replay needs the recording of a target/],
  [
    'none there',
    { CONTRACT_RECORDING: 'nowhere' },
    /^CONTRACT_RECORDING is "nowhere", which does not exist/,
  ],
  ['an empty folder', { CONTRACT_RECORDING: emptyFolder() }, /holds no recording: run/],
] as const)
  test(`without a recording to ask again (${what}) one sentence says so`, async () => {
    const { code, output, folder } = await contract(env, replay);
    expect(code).toBe(2);
    expect(output.trim()).toMatch(said);
    expect(output.trim().split('\n')).toHaveLength(1);
    expect(readdirSync(folder)).toEqual([]);
  });

test('a file that is no recording is named, without a stack trace', async () => {
  const readme = fileURLToPath(new URL('../../../README.md', import.meta.url));
  const { code, output } = await contract({ CONTRACT_RECORDING: readme }, replay);
  expect(code).toBe(1);
  expect(output).toContain(`${readme}:1 is not JSON: expected a recording that this suite wrote.`);
  expect(output).not.toContain('    at ');
});
