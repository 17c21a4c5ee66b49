import { askAs } from '../../../fixtures/auth/http.ts';
import { claimsOf, kindOf } from '../../../fixtures/auth/jwt.ts';
import { readConfiguration } from '../../../fixtures/configuration/configuration.ts';
import type { Environment } from '../../../fixtures/configuration/variables.ts';
import type { Service } from '../../../fixtures/http/service.ts';
import { openService } from '../../../fixtures/run/open-service.ts';
import {
  bySecret,
  expect,
  sentenceOf,
  showsNone,
  target,
  test,
  unsigned,
} from '../support/sign-in.ts';

const minute = 60_000;

test('a token is renewed when less than five minutes remain, once for all', async ({ signing }) => {
  const { provide, signInBy, clock } = signing;
  const provider = await provide();
  const identity = await signInBy(bySecret(provider));
  const first = await identity.token();
  clock.now += 54 * minute;
  expect(await identity.token()).toBe(first);
  clock.now += 2 * minute;
  const renewed = await Promise.all([identity.token(), identity.token(), identity.token()]);
  expect(new Set(renewed).size).toBe(1);
  expect(renewed[0]).not.toBe(first);
  expect(provider.tokenRequests()).toBe(2);
  expect(identity.secrets()).toEqual([first, renewed[0]]);
  showsNone(identity, identity.secrets());
  const shown = { method: 'client-secret', kind: 'application' };
  expect(JSON.parse(JSON.stringify(identity))).toEqual(shown);
});

test('of a short-lived token half the time must be over', async ({ signing }) => {
  const { provide, signInBy, clock } = signing;
  const identity = await signInBy(bySecret(await provide({ lifetimeSeconds: 120 })));
  const first = await identity.token();
  clock.now += 0.9 * minute;
  expect(await identity.token()).toBe(first);
  clock.now += 0.2 * minute;
  expect(await identity.token()).not.toBe(first);
});

test('a failed renewal costs nothing while the old token is valid, and is an error after that', async ({
  signing: { provide, signInBy, clock },
}) => {
  const provider = await provide();
  const identity = await signInBy(bySecret(provider));
  const first = await identity.token();
  provider.setFault('client secret', 'unavailable');
  clock.now += 56 * minute;
  expect([await identity.token(), await identity.token()]).toEqual([first, first]);
  expect(provider.tokenRequests()).toBe(2);
  clock.now += minute;
  expect(await identity.token()).toBe(first);
  expect(provider.tokenRequests()).toBe(3);
  clock.now += 2.5 * minute;
  expect(await sentenceOf(identity.token(), [first])).toMatch(/not available \(status 503\): try/);
  provider.setFault('client secret', undefined);
  expect(await identity.token()).not.toBe(first);
});

/** The service of a target on this machine. */
async function opened(more: Environment): Promise<Service> {
  const env = { GRAPH_BASE_URL: target.baseUrl, GRAPH_USER_ID: 'somebody', ...more };
  const before = { ...process.env };
  Object.assign(process.env, env);
  return openService({ ...readConfiguration(env), run: 'r' }).finally(() => {
    process.env = before;
  });
}

test('a ready token is used as it is; one too short to be kept out of every file is named at a mock', async () => {
  const lines: string[] = [];
  const { log } = console;
  console.log = (line) => lines.push(line);
  for (const GRAPH_ACCESS_TOKEN of ['a-token', 'the-token']) {
    const { tokens } = await opened({ GRAPH_ACCESS_TOKEN });
    expect(await tokens.bearer('me')).toBe(GRAPH_ACCESS_TOKEN);
  }
  console.log = log;
  expect(lines.filter((line) => line.includes('fewer than 8 characters'))).toHaveLength(1);
});

test('at a tenant no renewed token of another one is handed out', async ({ signing }) => {
  let tenant: string | undefined;
  const tokens = { lifetimeSeconds: 1, now: Date.now, tokenTenant: () => tenant };
  const provider = await signing.provide(tokens);
  const service = await opened({ ...bySecret(provider), GRAPH_LIVE_TENANT: provider.tenantId });
  expect(claimsOf(await service.tokens.bearer('users'))?.tid).toBe(provider.tenantId);
  tenant = '11111111-2222-4333-8444-555555555555';
  await expect
    .poll(() => service.tokens.bearer('users').then(() => 'a token', String), { timeout: 3_000 })
    .toContain(`belongs to tenant ${tenant}, and GRAPH_LIVE_TENANT names another`);
});

test('no request goes to another origin than the planned one', async ({ signing }) => {
  const { origin, requests } = await signing.provide();
  const allows = (url: URL) => url.origin === 'https://login.invalid';
  const ask = askAs({ method: 'federation', timeoutMs: 5_000 });
  const whom = { server: 'it', check: 'check', allows };
  const { error } = await ask(whom, { verb: 'POST', url: origin });
  const sentence = await sentenceOf(Promise.reject(error));
  expect(sentence).toMatch(/another host than it, and was stopped: report this/);
  expect(requests).toEqual([]);
});

test('claims are read only where they have the right type, and say whose token it is', () => {
  const claims = { aud: 'a', tid: 't', roles: 'r', exp: 1, nbf: '2' };
  const read = { aud: 'a', tid: 't', hasRoles: false, exp: 1, nbf: undefined };
  expect(claimsOf(unsigned(claims))).toMatchObject(read);
  const garbage = ['', 'opaque', '..', 'a.b.c', `a.${unsigned([])}.c`, unsigned([1])];
  for (const text of [...garbage, 'x.bnVsbA.y', 'é.é.é']) expect(claimsOf(text)).toBeUndefined();
  for (const [given, kind] of [
    [{ idtyp: 'user' }, 'delegated'],
    [{ idtyp: 'app', scp: 'a' }, 'application'],
    [{ scp: 'a', roles: ['b'] }, 'delegated'],
    [{ roles: ['b'] }, 'application'],
    [{}, 'unknown'],
    [{ idtyp: 'device' }, 'unknown'],
  ] as const)
    expect(kindOf(claimsOf(unsigned(given)))).toBe(kind);
  expect(kindOf(undefined)).toBe('unknown');
});
