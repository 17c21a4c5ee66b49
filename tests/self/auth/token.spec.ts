import { SignInHttp } from '../../../fixtures/auth/http.ts';
import { claimsOf, kindOf } from '../../../fixtures/auth/jwt.ts';
import { onlyTo } from '../../../fixtures/auth/providers/msal.ts';
import { SecretSet } from '../../../fixtures/auth/secret.ts';
import { signIn } from '../../../fixtures/auth/sign-in.ts';
import { at, expect, onlyPlan, sentenceOf, showsNone, signInBy, test } from '../support/sign-in.ts';

const minute = 60_000;

const jwt = (claims: object): string =>
  `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.c2ln`;

test('one sign-in for all who ask, at once and later', async ({ provide }) => {
  const provider = await provide();
  const plan = onlyPlan(at(provider, { AZURE_CLIENT_SECRET: provider.clientSecret }));
  const identities = await Promise.all([signIn(plan), signIn(plan), signIn(plan)]);
  expect(new Set(identities).size).toBe(1);
  expect(await signIn(plan)).toBe(identities[0]);
  const tokens = await Promise.all(identities.map((identity) => identity.token()));
  expect(new Set(tokens).size).toBe(1);
  expect(provider.tokenRequests).toBe(1);
});

test('a failed sign-in may be tried again', async ({ provide }) => {
  const provider = await provide({ faults: { 'client secret': 'unavailable' } });
  const plan = onlyPlan(at(provider, { AZURE_CLIENT_SECRET: provider.clientSecret }));
  const attempts = [signIn(plan), signIn(plan)];
  for (const attempt of attempts) await sentenceOf(attempt);
  expect(provider.tokenRequests).toBe(1);
  provider.setFault('client secret', undefined);
  expect((await signIn(plan)).kind).toBe('application');
});

test('a token is renewed when less than five minutes remain, once for all', async ({ provide }) => {
  let now = Date.now();
  const provider = await provide({ now: () => now, lifetimeSeconds: 3600 });
  const identity = await signInBy(at(provider, { AZURE_CLIENT_SECRET: provider.clientSecret }), {
    now: () => now,
  });
  const first = await identity.token();
  now += 54 * minute;
  expect(await identity.token()).toBe(first);
  now += 2 * minute;
  const renewed = await Promise.all([identity.token(), identity.token(), identity.token()]);
  expect(new Set(renewed).size).toBe(1);
  expect(renewed[0]).not.toBe(first);
  expect(provider.tokenRequests).toBe(2);
  expect(identity.secrets()).toEqual(expect.arrayContaining([first, renewed[0]]));
  for (let hour = 0; hour < 8; hour += 1) {
    now += 60 * minute;
    const exp = claimsOf(await identity.token())?.exp ?? 0;
    expect(exp * 1000).toBeGreaterThan(now + 5 * minute);
  }
});

test('while the old token is good, a failed renewal costs nothing; then it is told', async ({
  provide,
}) => {
  let now = Date.now();
  const provider = await provide({ now: () => now });
  const identity = await signInBy(at(provider, { AZURE_CLIENT_SECRET: provider.clientSecret }), {
    now: () => now,
  });
  const first = await identity.token();
  provider.setFault('client secret', 'unavailable');
  now += 56 * minute;
  expect(await identity.token()).toBe(first);
  expect(await identity.token()).toBe(first);
  expect(provider.tokenRequests).toBe(2);
  now += minute;
  expect(await identity.token()).toBe(first);
  expect(provider.tokenRequests).toBe(3);
  now += 2.5 * minute;
  expect(await sentenceOf(identity.token(), [first])).toMatch(/not available \(status 503\): try/);
  provider.setFault('client secret', undefined);
  expect(await identity.token()).not.toBe(first);
});

test('a short-lived token is not renewed for every request', async ({ provide }) => {
  let now = Date.now();
  const provider = await provide({ now: () => now, lifetimeSeconds: 120 });
  const identity = await signInBy(at(provider, { AZURE_CLIENT_SECRET: provider.clientSecret }), {
    now: () => now,
  });
  const first = await identity.token();
  expect(await identity.token()).toBe(first);
  expect(provider.tokenRequests).toBe(1);
  now += 1.5 * minute;
  expect(await identity.token()).not.toBe(first);
});

test('an opaque token lives as long as the server says', async ({ provide }) => {
  let now = Date.now();
  const provider = await provide({ now: () => now, opaque: true });
  const identity = await signInBy(at(provider, { AZURE_CLIENT_SECRET: provider.clientSecret }), {
    now: () => now,
  });
  const first = await identity.token();
  now += 54 * minute;
  expect(await identity.token()).toBe(first);
  now += 2 * minute;
  expect(await identity.token()).not.toBe(first);
});

test('no request goes to another origin than the planned one', async ({ provide }) => {
  const provider = await provide();
  const plan = onlyPlan(at(provider, { AZURE_CLIENT_SECRET: provider.clientSecret }));
  const session = {
    method: plan.method,
    timeoutMs: 5_000,
    now: Date.now,
    say: () => {},
    azureCli: 'az',
    secrets: new SecretSet(),
    notes: new Set<string>(),
    skewSeconds: undefined,
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
  test(`a clock ${words} the server's is tolerated and reported`, async ({ provide }) => {
    const now = Date.now();
    const provider = await provide({ now: () => now + ahead * 1000 });
    const identity = await signInBy(at(provider, { AZURE_CLIENT_SECRET: provider.clientSecret }), {
      now: () => now,
    });
    expect(Math.abs((identity.skewSeconds ?? 0) + ahead)).toBeLessThanOrEqual(1);
    expect(identity.notes()).toEqual([
      expect.stringMatching(/^The clock of this machine is 2(39|40|41) s (ahead of|behind) the/),
    ]);
  });

test('a right clock is no news', async ({ provide }) => {
  const provider = await provide();
  const identity = await signInBy(at(provider, { AZURE_CLIENT_SECRET: provider.clientSecret }));
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
  test(`a clock that is ${ahead} s wrong ends the sign-in`, async ({ provide }) => {
    const now = Date.now();
    const provider = await provide({ now: () => now + ahead * 1000 });
    const env = at(provider, { AZURE_CLIENT_SECRET: provider.clientSecret });
    const attempt = signInBy(env, { now: () => now });
    expect(await sentenceOf(attempt, [provider.clientSecret, 'eyJ'])).toMatch(says);
  });

test('a ready token is checked against the clock, five minutes either way', async () => {
  const seconds = Math.floor(Date.now() / 1000);
  const by = (claims: object) => signInBy({ GRAPH_ACCESS_TOKEN: jwt(claims) });
  for (const fine of [{ exp: seconds + 60 }, { exp: seconds - 200 }, { nbf: seconds + 200 }, {}])
    await by(fine);
  expect(await sentenceOf(by({ exp: seconds - 400 }), ['eyJ'])).toMatch(
    /the token expired at \S+Z by the clock of this machine: get a new one/,
  );
  expect(await sentenceOf(by({ nbf: seconds + 400 }), ['eyJ'])).toMatch(
    /the token is valid only from \S+Z by .+: check that clock/,
  );
  expect(await sentenceOf(by({ exp: -1e300 }), ['eyJ'])).toMatch(/the token expired at no date/);
});

test('a ready token that ends during the run is told', async () => {
  let now = Date.now();
  const token = jwt({ exp: Math.floor(now / 1000) + 600 });
  const identity = await signInBy({ GRAPH_ACCESS_TOKEN: token }, { now: () => now });
  now += 8 * minute;
  expect(await identity.token()).toBe(token);
  now += 8 * minute;
  expect(await sentenceOf(identity.token(), [token])).toMatch(/the token expired at/);
});

test('an identity shows nothing of what it holds', async ({ provide }) => {
  const provider = await provide();
  const identity = await signInBy(at(provider, { AZURE_CLIENT_SECRET: provider.clientSecret }));
  showsNone(identity, identity.secrets());
  expect(JSON.parse(JSON.stringify(identity))).toEqual({
    method: 'client secret',
    kind: 'application',
  });
});

test('claims are read, never believed to be there', () => {
  const claims = { aud: 'a', tid: 't', oid: 'o', appid: 'p', roles: ['r', 5], exp: 1, nbf: '2' };
  expect(claimsOf(jwt(claims))).toMatchObject({ ...claims, roles: ['r'], nbf: undefined });
  for (const garbage of [
    '',
    'opaque',
    '..',
    'a.b.c',
    `a.${jwt([])}.c`,
    jwt([1]),
    'x.bnVsbA.y',
    'é.é.é',
  ])
    expect(claimsOf(garbage)).toBeUndefined();
});

test('the kind of an identity follows from its claims', () => {
  const kind = (claims: object) => kindOf(claimsOf(jwt(claims)));
  expect(kind({ idtyp: 'user' })).toBe('delegated');
  expect(kind({ idtyp: 'app', scp: 'a' })).toBe('application');
  expect(kind({ scp: 'a', roles: ['b'] })).toBe('delegated');
  expect(kind({ roles: ['b'] })).toBe('application');
  expect(kind({})).toBe('unknown');
  expect(kind({ idtyp: 'device' })).toBe('unknown');
  expect(kindOf(undefined)).toBe('unknown');
});
