import { signInErrorFor } from '../../../fixtures/auth/errors.ts';
import explanations from '../../../fixtures/auth/explanations.json' with { type: 'json' };
import { fetchJson } from '../../../fixtures/auth/fetch-json.ts';
import { onlyTo, SignInHttp } from '../../../fixtures/auth/http.ts';
import { claimsOf, kindOf } from '../../../fixtures/auth/jwt.ts';
import { signIn } from '../../../fixtures/auth/sign-in.ts';
import {
  bySecret,
  expect,
  onlyPlan,
  sentenceOf,
  showsNone,
  signInBy,
  test,
  unsigned,
} from '../support/sign-in.ts';

const minute = 60_000;

test('a plan is signed in once, whoever asks, at once and later', async ({ provide }) => {
  const provider = await provide();
  const plan = onlyPlan(bySecret(provider));
  const identities = await Promise.all([signIn(plan), signIn(plan), signIn(plan)]);
  expect(new Set(identities).size).toBe(1);
  expect(await signIn(plan)).toBe(identities[0]);
  const tokens = await Promise.all(identities.map((identity) => identity.token()));
  expect(new Set(tokens).size).toBe(1);
  expect(provider.tokenRequests).toBe(1);
});

test('a failed sign-in may be tried again', async ({ provide }) => {
  const provider = await provide({ faults: { 'client secret': 'unavailable' } });
  const plan = onlyPlan(bySecret(provider));
  const attempts = [signIn(plan), signIn(plan)];
  for (const attempt of attempts) await sentenceOf(attempt);
  expect(provider.tokenRequests).toBe(1);
  provider.setFault('client secret', undefined);
  expect((await signIn(plan)).kind).toBe('application');
});

test('a token is renewed when less than five minutes remain, once for all', async ({
  signedIn,
  clock,
}) => {
  const { provider, identity } = await signedIn({ lifetimeSeconds: 3600 });
  const first = await identity.token();
  clock.now += 54 * minute;
  expect(await identity.token()).toBe(first);
  clock.now += 2 * minute;
  const renewed = await Promise.all([identity.token(), identity.token(), identity.token()]);
  expect(new Set(renewed).size).toBe(1);
  expect(renewed[0]).not.toBe(first);
  expect(provider.tokenRequests).toBe(2);
  expect(identity.secrets()).toEqual(expect.arrayContaining([first, renewed[0]]));
  for (let hour = 0; hour < 8; hour += 1) {
    clock.now += 60 * minute;
    const exp = claimsOf(await identity.token())?.exp ?? 0;
    expect(exp * 1000).toBeGreaterThan(clock.now + 5 * minute);
  }
});

test('a failed renewal costs nothing while the old token is valid, and is an error after that', async ({
  signedIn,
  clock,
}) => {
  const { provider, identity } = await signedIn();
  const first = await identity.token();
  provider.setFault('client secret', 'unavailable');
  clock.now += 56 * minute;
  expect(await identity.token()).toBe(first);
  expect(await identity.token()).toBe(first);
  expect(provider.tokenRequests).toBe(2);
  clock.now += minute;
  expect(await identity.token()).toBe(first);
  expect(provider.tokenRequests).toBe(3);
  clock.now += 2.5 * minute;
  expect(await sentenceOf(identity.token(), [first])).toMatch(/not available \(status 503\): try/);
  provider.setFault('client secret', undefined);
  expect(await identity.token()).not.toBe(first);
});

test('a short-lived token is not renewed for every request', async ({ signedIn, clock }) => {
  const { provider, identity } = await signedIn({ lifetimeSeconds: 120 });
  const first = await identity.token();
  expect(await identity.token()).toBe(first);
  expect(provider.tokenRequests).toBe(1);
  clock.now += 1.5 * minute;
  expect(await identity.token()).not.toBe(first);
});

test('an opaque token lives as long as the server says', async ({ signedIn, clock }) => {
  const { identity } = await signedIn({ opaque: true });
  const first = await identity.token();
  clock.now += 54 * minute;
  expect(await identity.token()).toBe(first);
  clock.now += 2 * minute;
  expect(await identity.token()).not.toBe(first);
});

test('no request goes to another origin than the planned one', async ({ provide }) => {
  const provider = await provide();
  const plan = onlyPlan(bySecret(provider));
  const session = {
    method: plan.method,
    timeoutMs: 5_000,
    now: Date.now,
    say: () => {},
    azureCli: 'az',
    secrets: new Set<string>(),
    notes: new Set<string>(),
    skewSeconds: undefined,
    fetchJson,
  };
  const allows = onlyTo('https://login.microsoftonline.com');
  const http = new SignInHttp(session, { plan, server: 'it', check: 'check' }, allows);
  const url = `${provider.origin}/${provider.tenantId}/oauth2/v2.0/token`;
  await expect(http.sendPostRequestAsync(url, { body: 'client_secret=canary' })).rejects.toThrow(
    'another host',
  );
  expect(http.error?.failure).toEqual({ kind: 'another host' });
  expect(provider.requests).toEqual([]);
  expect(allows(new URL('https://login.microsoftonline.com/t/oauth2/v2.0/token'))).toBe(true);
  for (const other of [
    'http://login.microsoftonline.com',
    'https://login.microsoftonline.com:8443',
  ])
    expect(allows(new URL(other))).toBe(false);
});

for (const [ahead, words] of [
  [240, '240 s behind'],
  [-240, '240 s ahead of'],
] as const)
  test(`a clock ${words} the server's is tolerated and reported`, async ({ signedIn, clock }) => {
    const { identity } = await signedIn({ now: () => clock.now + ahead * 1000 });
    expect(Math.abs((identity.skewSeconds ?? 0) + ahead)).toBeLessThanOrEqual(1);
    expect(identity.notes()).toEqual([
      expect.stringMatching(/^The clock of this machine is 2(39|40|41) s (ahead of|behind) the/),
    ]);
  });

test('a right clock is not reported', async ({ signedIn }) => {
  const { identity } = await signedIn();
  expect(Math.abs(identity.skewSeconds ?? 99)).toBeLessThanOrEqual(2);
  expect(identity.notes()).toEqual([]);
});

for (const [ahead, says] of [
  [
    400,
    /is not yet valid because the clock of this machine is (399|400|401) s behind .+: set that/,
  ],
  [
    -7200,
    /has already expired because the clock of this machine is 7(200|199|201) s ahead .+: set that/,
  ],
] as const)
  test(`a clock that is ${ahead} s wrong ends the sign-in`, async ({ signedIn, clock }) => {
    const clientSecret = 'canary~client~secret';
    const attempt = signedIn({ clientSecret, now: () => clock.now + ahead * 1000 });
    expect(await sentenceOf(attempt, [clientSecret, 'eyJ'])).toMatch(says);
  });

test('a ready token is checked against the clock, five minutes either way', async () => {
  const seconds = Math.floor(Date.now() / 1000);
  const by = (claims: object) => signInBy({ GRAPH_ACCESS_TOKEN: unsigned(claims) });
  for (const fine of [{ exp: seconds + 60 }, { exp: seconds - 200 }, { nbf: seconds + 200 }, {}])
    await by(fine);
  for (const [claims, says] of [
    [
      { exp: seconds - 400 },
      /the token expired at \S+Z by the clock of this machine: get a new one/,
    ],
    [{ nbf: seconds + 400 }, /the token is valid only from \S+Z by .+: check that clock/],
    [{ exp: -1e300 }, /the token expired at no date/],
  ] as const)
    expect(await sentenceOf(by(claims), ['eyJ'])).toMatch(says);
});

test('a ready token that expires during the run is an error', async ({ clock }) => {
  const token = unsigned({ exp: Math.floor(clock.now / 1000) + 600 });
  const identity = await signInBy({ GRAPH_ACCESS_TOKEN: token }, { now: () => clock.now });
  clock.now += 8 * minute;
  expect(await identity.token()).toBe(token);
  clock.now += 8 * minute;
  expect(await sentenceOf(identity.token(), [token])).toMatch(/the token expired at/);
});

test('an identity shows nothing of what it holds', async ({ signedIn }) => {
  const { identity } = await signedIn();
  showsNone(identity, identity.secrets());
  expect(JSON.parse(JSON.stringify(identity))).toEqual({
    method: 'client secret',
    kind: 'application',
  });
});

test("every explanation of Entra's numbers is a sentence", async ({ provide }) => {
  const plan = onlyPlan(bySecret(await provide()));
  for (const number of Object.keys(explanations).map(Number).filter(Number.isInteger)) {
    const failure = { kind: 'refused', status: 400, aadsts: number } as const;
    const error = signInErrorFor(failure, { plan, server: 'the server', check: 'check' });
    expect(await sentenceOf(Promise.reject(error))).toContain(`(AADSTS${number}).`);
    expect(error.message).not.toMatch(/[{}]|undefined/);
  }
});

test('claims are read only where they have the right type', () => {
  const claims = { aud: 'a', tid: 't', oid: 'o', appid: 'p', roles: ['r', 5], exp: 1, nbf: '2' };
  expect(claimsOf(unsigned(claims))).toMatchObject({ ...claims, roles: ['r'], nbf: undefined });
  const garbage = ['', 'opaque', '..', 'a.b.c', `a.${unsigned([])}.c`, unsigned([1])];
  for (const text of [...garbage, 'x.bnVsbA.y', 'é.é.é']) expect(claimsOf(text)).toBeUndefined();
});

test('the kind of an identity follows from its claims', () => {
  for (const [claims, kind] of [
    [{ idtyp: 'user' }, 'delegated'],
    [{ idtyp: 'app', scp: 'a' }, 'application'],
    [{ scp: 'a', roles: ['b'] }, 'delegated'],
    [{ roles: ['b'] }, 'application'],
    [{}, 'unknown'],
    [{ idtyp: 'device' }, 'unknown'],
  ] as const)
    expect(kindOf(claimsOf(unsigned(claims)))).toBe(kind);
  expect(kindOf(undefined)).toBe('unknown');
});
