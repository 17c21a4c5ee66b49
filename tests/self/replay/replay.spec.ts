import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { leaksIn, leaksInText } from '../support/leaks.ts';
import { startMock } from '../support/mock.ts';
import { startNightly } from '../support/nightly.ts';
import {
  type ChildRun,
  contract,
  emptyFolder,
  pointedAt,
  pointedAtNobody,
} from '../support/run.ts';
import { startTenant } from '../support/tenant.ts';

const replay = ['--project=replay'];
const differences = ({ folder }: ChildRun) =>
  readFileSync(join(folder, 'contract-report/replay/differences.md'), 'utf8');

/** A short run against the embedded mock: its report folder, and what it recorded. */
async function recordedRun(env = {}): Promise<{ CONTRACT_RECORDING: string; text: string }> {
  const { folder } = await contract({ CONTRACT_SAMPLES: '1', ...env });
  const CONTRACT_RECORDING = join(folder, 'contract-report');
  const [name = ''] = readdirSync(join(CONTRACT_RECORDING, 'exchanges'));
  const text = readFileSync(join(CONTRACT_RECORDING, 'exchanges', name), 'utf8');
  return { CONTRACT_RECORDING, text };
}

/** A recording that holds this text. */
function written(text: string): { CONTRACT_RECORDING: string } {
  const CONTRACT_RECORDING = join(emptyFolder(), 'written.jsonl');
  writeFileSync(CONTRACT_RECORDING, text);
  return { CONTRACT_RECORDING };
}

test('a recorded run is sent again: to a mock that follows it, and to one that follows the page', async () => {
  const nightly = await startNightly();
  const { tenantId, userId, keys } = nightly.provider;
  const recorded = await contract({ ...nightly.env, CONTRACT_SAMPLES: '3' }, [], nightly.folder);
  expect(recorded.code, recorded.output).toBe(0);
  expect(recorded.output).toMatch(/^requests .* s, seed 7/m);
  const before = nightly.tenant.requests.length;

  // The same tenant at another address.
  const follower = await startTenant({ tenantId, userId, keys });
  const { GRAPH_LIVE_TENANT, CONTRACT_DEVIATIONS, ...signIn } = nightly.env;
  const CONTRACT_RECORDING = join(nightly.folder, 'contract-report');
  const env = { ...signIn, GRAPH_BASE_URL: follower.baseUrl, CONTRACT_RECORDING };
  const followed = await contract(env, replay);
  expect(followed.output).toMatch(/^replay +0 differences in 6\d requests to 127\.0\.0\.1/m);
  expect(followed.code, followed.output).toBe(0);
  // All but the ids is drawn from the recorded seed again.
  expect(followed.output).toMatch(/^requests .* s, seed 7/m);
  expect(follower.requests.filter((each) => each.startsWith('DELETE'))).toEqual([]);
  await follower.close();

  const mock = await startMock({ token: 'canary-token-of-the-mock-4711', userId: 'somebody.else' });
  const departed = await contract({ ...pointedAt(mock), CONTRACT_RECORDING }, replay);
  await mock.close();
  expect(departed.code).toBe(1);
  expect(departed.output).toMatch(
    /^status: recorded 204, here 201 · both routes: pair-01, pair-02, pair-03 and 1 more$/m,
  );
  expect(differences(departed)).toContain('## status\n\n- status: recorded 204, here 201');
  expect(leaksIn(departed.folder, [mock.token])).toEqual([]);
  expect(leaksInText('output', departed.output, [mock.token])).toEqual([]);

  // No replay sends a request to the tenant, not even one that names it as its target.
  expect(nightly.tenant.requests.length).toBe(before);
  const refused = await contract({ ...nightly.env, CONTRACT_RECORDING }, replay);
  expect(refused.code).toBe(2);
  expect(refused.output.trim()).toBe(
    'GRAPH_LIVE_TENANT is set: a replay sends its requests to a mock, and never to a tenant.',
  );
  expect(nightly.tenant.requests.length).toBe(before);
  await nightly.close();
});

test('the same bytes are sent again, but for ids and addresses, and for the own user', async () => {
  const { text, ...recording } = await recordedRun({ CONTRACT_SAMPLES: '4', CONTRACT_SEED: '7' });
  const paths = new Set<string>();
  const received: string[] = [];
  const mock = await startMock({
    token: 'token-of-the-mock',
    userId: 'somebody.else',
    defect: (response, { path, body }) => {
      paths.add(path.replace(/^\/v1\.0/, ''));
      received.push(body.toString());
      return response;
    },
  });
  const { code, output } = await contract({ ...pointedAt(mock), ...recording }, replay);
  await mock.close();
  expect(code, output).toBe(0);
  const sent: string[] = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
    .flatMap(({ request }) =>
      request ? [request.body.text ?? Buffer.from(request.body.base64, 'base64').toString()] : [],
    );
  const withoutId = (body: string) =>
    body
      .replace(/"id"(\s*):(\s*)"[^"]+"/, '"id"$1:$2""')
      .replace(/"http:\/\/127\.0\.0\.1:\d+\/v1\.0\/directoryObjects\/[^"]+/, '"');
  expect(received.map(withoutId).sort()).toEqual(sent.map(withoutId).sort());
  const ids = (bodies: string[]) =>
    bodies.flatMap((body) => /"id"\s*:\s*"([^"]+)"/.exec(body)?.[1] ?? []);
  // Two on each route, and the first of them once more.
  expect(ids(sent)).toHaveLength(6);
  expect(new Set(ids(sent)).size).toBe(4);
  expect(new Set(ids(received)).size).toBe(4);
  expect(received.filter((body) => body.includes(mock.baseUrl))).toHaveLength(2);
  expect(ids(received).filter((id) => ids(sent).includes(id))).toEqual([]);
  expect([...paths].sort()).toEqual([
    '/me/registeredDevice/$ref',
    '/me/registeredDevices/$ref',
    '/me/registeredDevices/$ref/',
    '/me/registeredDevices/$refs',
    '/me/registeredDevices/%24ref',
    '/me/registeredDevices/ref',
    '/me/registereddevices/$ref',
    '/users/%73omebody.else/registeredDevices/$ref',
    '/users//registeredDevices/$ref',
    '/users/7c0f3d5a-94e2-4b1c-8d67-2f9be0a41c38/registeredDevices/$ref',
    '/users/somebody.else/registeredDevice/$ref',
    '/users/somebody.else/registeredDevices/$ref',
    '/users/somebody.else/registeredDevices/$ref/',
    '/users/somebody.else/registeredDevices/$refs',
    '/users/somebody.else/registeredDevices/%24ref',
    '/users/somebody.else/registeredDevices/ref',
    '/users/somebody.else/registereddevices/$ref',
  ]);
});

test('a recording of a run that was killed compares what it has, and fails', async () => {
  const { text } = await recordedRun();
  const run = await contract(written(text.split('\n').slice(0, 6).join('\n')), replay);
  expect(run.code).toBe(1);
  expect(run.output).toContain('the recording is not whole: the run was interrupted');
  expect(differences(run)).toContain('# 0 differences in 5 requests to ');
});

test('what was not compared is counted, and what differs is reported with both places', async () => {
  const { CONTRACT_RECORDING } = await recordedRun();
  const mock = await startMock({
    defect: (response) => ({
      ...response,
      status: response.status === 201 ? 200 : response.status,
    }),
  });
  const { GRAPH_USER_ID, ...me } = pointedAt(mock);
  const run = await contract({ ...me, CONTRACT_ROUTES: 'me', CONTRACT_RECORDING }, replay);
  await mock.close();
  expect(run.output).toMatch(/; \d+ recorded requests could not be sent here$/m);
  expect(differences(run)).toMatch(
    /^- status: recorded 201, here 200 .*\n {2}- recorded in .*\.jsonl:2, here in .*\.jsonl:\d+$/m,
  );
});

test('a recording of another route than the one of the target compares nothing, and fails', async () => {
  const { CONTRACT_RECORDING } = await recordedRun({ CONTRACT_ROUTES: 'users' });
  const { code, output } = await contract({ CONTRACT_ROUTES: 'me', CONTRACT_RECORDING }, replay);
  expect(code).toBe(1);
  expect(output).toContain('nothing could be compared');
});

test('a mock that falls silent was not sent everything, and that fails', async () => {
  const { CONTRACT_RECORDING } = await recordedRun();
  const env = { ...(await pointedAtNobody()), CONTRACT_RECORDING };
  const { code, output } = await contract(env, replay);
  expect(code).toBe(1);
  expect(output).toContain(
    'not every recorded request was sent again: a route fell silent or slow',
  );
  expect(output).toContain('recorded 201, here no whole response: unreachable');
});

for (const [what, env, said] of [
  ['none named', {}, /^CONTRACT_RECORDING is missing: a replay needs the recording of a target/],
  ['none there', { CONTRACT_RECORDING: 'nowhere' }, /^CONTRACT_RECORDING: nowhere does not exist/],
  ['an empty folder', { CONTRACT_RECORDING: emptyFolder() }, /holds no recording: run/],
] as const)
  test(`without a recording to send again (${what}) one sentence says so`, async () => {
    const { code, output, folder } = await contract(env, replay);
    expect(code).toBe(2);
    expect(output.trim()).toMatch(said);
    expect(output.trim().split('\n')).toHaveLength(1);
    expect(readdirSync(folder)).toEqual([]);
  });

test('a file that is not a recording is named, without a stack trace', async () => {
  const readme = fileURLToPath(new URL('../../../README.md', import.meta.url));
  const { code, output } = await contract({ CONTRACT_RECORDING: readme }, replay);
  expect(code).toBe(1);
  expect(output).toContain(`${readme}:1 is not JSON: expected a recording that this suite wrote.`);
  expect(output).not.toContain('    at ');
});
