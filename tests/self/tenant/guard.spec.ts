import { expect, test } from '@playwright/test';
import { type Claims, claimsOf } from '../../../fixtures/auth/jwt.ts';
import { readTarget } from '../../../fixtures/configuration/target/target.ts';
import { assertTenant } from '../../../fixtures/tenant/guard.ts';

const tenant = '72f9a1b3-0c5d-4e6f-8a7b-9c0d1e2f3a4b';
const other = '11111111-2222-4333-8444-555555555555';
const target = { baseUrl: 'https://graph.microsoft.us/v1.0', liveTenant: tenant };
const now = Date.UTC(2026, 10, 23);
const seconds = now / 1_000;

function claims(change: object): Claims | undefined {
  const all = {
    aud: 'https://graph.microsoft.us',
    tid: tenant,
    idtyp: 'app',
    exp: seconds + 3_600,
    nbf: seconds - 60,
    ...change,
  };
  return claimsOf(`e30.${Buffer.from(JSON.stringify(all)).toString('base64url')}.c2ln`);
}

test('a token of the named tenant, for this service and still valid, is accepted', () => {
  for (const change of [
    {},
    { aud: 'https://graph.microsoft.us/' },
    { aud: '00000003-0000-0000-c000-000000000000' },
    { exp: seconds - 60 },
    { nbf: seconds + 60 },
  ])
    assertTenant(claims(change), target, now);
});

test("Graph's application id is an audience of the known Graphs only", () => {
  const graph = claims({ aud: '00000003-0000-0000-c000-000000000000' });
  for (const baseUrl of [
    'https://graph.microsoft.com.example.org/v1.0',
    'https://graph.microsoft.us:8443/v1.0',
    'http://127.0.0.1:8080/v1.0',
  ])
    expect(() => assertTenant(graph, { ...target, baseUrl }, now)).toThrow(
      /is for 00000003-0000-0000-c000-000000000000, and GRAPH_BASE_URL is elsewhere/,
    );
});

test('everything else stops the run in one sentence', () => {
  const cases: [Claims | undefined, RegExp][] = [
    [undefined, /cannot be read/],
    [claims({ tid: other }), /belongs to tenant 1{8}/],
    [claims({ tid: undefined }), /\(none named\)/],
    [claims({ aud: 'https://graph.microsoft.com' }), /is for https:\/\/graph\.microsoft\.com/],
    [claims({ aud: undefined }), /no audience/],
    [claims({ exp: seconds - 3_600 }), /has expired/],
    [claims({ exp: undefined }), /has expired, or does not say/],
    [claims({ nbf: seconds + 3_600 }), /not valid yet/],
  ];
  for (const [given, sentence] of cases) {
    const check = () => assertTenant(given, target, now);
    expect(check).toThrow(sentence);
    expect(check).toThrow(/: it was not sent\.$/);
  }
});

test('a target that is not on this machine needs the tenant to be named, the same everywhere, and https', () => {
  const live = {
    GRAPH_BASE_URL: 'https://graph.microsoft.com/v1.0',
    GRAPH_ACCESS_TOKEN: 't',
    GRAPH_USER_ID: 'u',
  };
  const named = { ...live, GRAPH_LIVE_TENANT: tenant };
  const cases: [Record<string, string>, RegExp][] = [
    [live, /^GRAPH_LIVE_TENANT is missing/],
    [{ ...live, GRAPH_LIVE_TENANT: 'contoso' }, /expected the id of a tenant/],
    [{ ...named, AZURE_TENANT_ID: other }, /name different tenants/],
    [
      { ...named, GRAPH_BASE_URL: 'http://graph.microsoft.com/v1.0' },
      /^GRAPH_BASE_URL begins with http:\/\/: expected https:\/\//,
    ],
  ];
  for (const [env, sentence] of cases) expect(() => readTarget(env)).toThrow(sentence);
  expect(readTarget(named).liveTenant).toBe(tenant);
});
