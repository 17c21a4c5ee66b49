import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { readConfiguration } from '../../../fixtures/configuration/configuration.ts';
import type { Service } from '../../../fixtures/http/service.ts';
import { readRecording } from '../../../fixtures/recording/reader.ts';
import { documentedRequests } from '../../../fixtures/requests/documented.ts';
import { readReplay, replayedRecording } from '../../../fixtures/run/replay.ts';
import { wantedOf } from '../../../fixtures/run/run.ts';
import { summaryOf, whyIncomplete } from '../../replay/diff.ts';
import { leaksIn, leaksInText } from '../support/leaks.ts';
import { startMock } from '../support/mock.ts';
import { startNightly } from '../support/nightly.ts';
import { exchange } from '../support/recorded.ts';
import { recordedRun } from '../support/recorded-run.ts';
import { type ChildRun, contract, emptyFolder, pointedAt } from '../support/run.ts';
import { startTenant } from '../support/tenant.ts';

const replay = ['--project=replay'];
const differences = ({ folder }: ChildRun) =>
  readFileSync(join(folder, 'contract-report/replay/differences.md'), 'utf8');

test('a recorded run is sent again: to a mock that follows it, and to one that follows the page', async () => {
  const nightly = await startNightly();
  const recorded = await contract({ ...nightly.env, CONTRACT_SAMPLES: '3' }, [], nightly.folder);
  expect(recorded.code, recorded.output).toBe(0);
  expect(recorded.output).toMatch(/^requests .* s, seed 7/m);
  const before = nightly.tenant.requests.length;

  const follower = await startTenant(nightly.provider);
  const { GRAPH_LIVE_TENANT, CONTRACT_DEVIATIONS, ...signIn } = nightly.env;
  const CONTRACT_RECORDING = join(nightly.folder, 'contract-report');
  const env = { ...signIn, GRAPH_BASE_URL: follower.baseUrl, CONTRACT_RECORDING };
  const followed = await contract(env, replay);
  expect(followed.output).toMatch(/^replay +0 differences in 6\d requests to 127\.0\.0\.1/m);
  expect(followed.code, followed.output).toBe(0);
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
  expect(differences(departed)).toContain('- status: recorded 204, here 201');
  expect(leaksIn(departed.folder, [mock.token])).toEqual([]);
  expect(leaksInText('output', departed.output, [mock.token])).toEqual([]);

  expect(nightly.tenant.requests.length).toBe(before);
  const refused = await contract({ ...nightly.env, CONTRACT_RECORDING }, replay);
  expect(refused.code).toBe(2);
  expect(refused.output.trim()).toBe(
    'GRAPH_LIVE_TENANT is set: a replay sends its requests to a mock, and never to a tenant.',
  );
  expect(nightly.tenant.requests.length).toBe(before);
  await nightly.close();
});

let recording: Promise<string> | undefined;

/** A recording of every request, four bodies a route, and what would be sent again of it to another mock. */
async function replayOf(notApplicable: Service['notApplicable'] = {}) {
  recording ??= recordedRun(undefined, {}, { samples: 4 });
  const CONTRACT_RECORDING = await recording;
  const here = { baseUrl: 'http://127.0.0.1:1/v1.0', userId: 'somebody.else' };
  const env = { GRAPH_BASE_URL: here.baseUrl, GRAPH_USER_ID: here.userId, CONTRACT_RECORDING };
  const context = { run: 'the replay', seed: 4711, isRejudged: false };
  const { configuration, selection } = readReplay({
    ...readConfiguration({ ...env, GRAPH_ACCESS_TOKEN: 'a-token-of-the-mock' }),
    ...context,
  });
  const unused = { signedInBy: 'a test', secrets: () => [] };
  const tokens = { bearer: async () => 'a-token-of-the-mock', personal: 'a-personal-token' };
  const service = { ...here, tokens, notApplicable, ...unused };
  const wanted = { ...wantedOf(configuration, service), ...selection.drawn };
  const sent = documentedRequests(wanted).filter(selection.wants);
  return { configuration, sent, recorded: readRecording(CONTRACT_RECORDING) };
}

test('the same bytes are sent again, but for ids and addresses, and for the own user', async () => {
  const { configuration, sent, recorded } = await replayOf();
  expect(configuration.seed).toBe(recorded.run.seed);
  const { baseUrl } = recorded.run;
  const written = (method: string, path: string, body: Buffer | undefined) =>
    `${method} ${path} ${body?.toString('latin1') ?? ''}`
      .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){2}-a[0-9a-f]{3}-[0-9a-f]{12}/g, '{id}')
      .replace(/"http:[^"]*\/v1\.0\/directoryObjects\/[^"]+"/, '"an address"')
      .replace(/\/users\/(?!7c0f3d5a)[^/]+/, '/users/{user}');
  expect(sent.map(({ method, path, body }) => written(method, path, body)).sort()).toEqual(
    recorded.exchanges
      .map(({ request: { method, url, body } }) => written(method, url.slice(baseUrl.length), body))
      .sort(),
  );
  expect(
    sent.filter(({ path }) => /^\/users\/(%73|s)omebody\.else\//.test(path)).length,
  ).toBeGreaterThan(100);
  const ids = (bodies: string[]) =>
    bodies.flatMap((body) => /"id"\s*:\s*"([0-9a-f-]{36})"/.exec(body)?.[1] ?? []);
  const own = ids(sent.map(({ body }) => String(body)));
  // Two on each route, the first of them once more, and one in two creates at once.
  expect([own.length, new Set(own).size]).toEqual([10, 6]);
  const earlier = ids(recorded.exchanges.map(({ request }) => String(request.body)));
  expect(own.filter((id) => earlier.includes(id))).toEqual([]);
});

test('a route that the target cannot have is not asked', async () => {
  const { sent } = await replayOf({ me: 'nobody is signed in' });
  expect(new Set(sent.map(({ route }) => route))).toEqual(new Set(['users']));
});

const pair = { recorded: exchange({}), replayed: exchange({}) };
const whole = { end: { complete: true } };
const ended = { end: { complete: false, interrupted: true } } as const;
for (const [what, pairs, recorded, replayed, why] of [
  ['all', [pair], whole, whole, undefined],
  ['nothing', [], whole, whole, 'nothing could be compared'],
  ['a killed run', [pair], {}, whole, 'the recording is not whole: the run was interrupted'],
  [
    'a run that was ended',
    [pair],
    ended,
    whole,
    'the recording is not whole: the run was interrupted',
  ],
  ['a killed replay', [pair], whole, {}, 'the run was interrupted'],
  ['a silent mock', [pair], whole, { end: { complete: false, reason: 'silent' } }, 'silent'],
] as const)
  test(`whether every recorded request was sent again is said: ${what}`, () => {
    expect(
      whyIncomplete(pairs, { end: undefined, ...recorded }, { end: undefined, ...replayed }),
    ).toBe(why);
  });

test('what was not compared is counted', async () => {
  const { recorded } = await replayOf();
  const [first] = recorded.exchanges;
  if (first === undefined) throw new Error('a recording has exchanges');
  const { response, ...lost } = first;
  const some = { ...recorded, exchanges: [first, first, lost] };
  expect(summaryOf(some, [{ recorded: first, replayed: first }], [])).toMatch(
    /^0 differences in 1 request to .*; 1 recorded request had no response to compare with; 1 recorded request could not be sent here$/,
  );
});

for (const [env, said] of [
  [{}, /^CONTRACT_RECORDING is missing: a replay needs the recording of a target/],
  [{ CONTRACT_RECORDING: 'nowhere' }, /^CONTRACT_RECORDING: nowhere does not exist/],
  [{ CONTRACT_RECORDING: emptyFolder() }, /holds no recording: run/],
] as const)
  test(`a recording to send again is asked for in one sentence: ${said.source}`, () => {
    expect(() => replayedRecording(readConfiguration(env))).toThrow(said);
  });
