import { expect, test } from '@playwright/test';
import { claimsOf } from '../../../fixtures/auth/jwt.ts';
import { assertTenant } from '../../../fixtures/tenant/guard.ts';
import { unsigned } from '../support/sign-in.ts';

const liveTenant = '72f9a1b3-0c5d-4e6f-8a7b-9c0d1e2f3a4b';
const graph = '00000003-0000-0000-c000-000000000000';
const now = Date.UTC(2026, 10, 23) / 1_000;
const good = {
  aud: 'https://graph.microsoft.us',
  tid: liveTenant,
  exp: now + 3_600,
  nbf: now - 60,
};
const isElsewhere = /is for 00000003-0000-0000-c000-000000000000, and GRAPH_BASE_URL is elsewhere/;

// What a token says otherwise, undefined: nothing that can be read; why it is refused, undefined: it is not; and where.
// biome-ignore format: a row a line
const tokens: [claims: object | undefined, refusal: RegExp | undefined, baseUrl?: string][] = [
  [{}, undefined],
  [{ aud: 'https://graph.microsoft.us/' }, undefined],
  [{ aud: graph }, undefined],
  [{ exp: now - 60 }, undefined],
  [{ nbf: now + 60 }, undefined],
  [undefined, /cannot be read/],
  [{ tid: '11111111-2222-4333-8444-555555555555' }, /belongs to tenant 1{8}/],
  [{ tid: undefined }, /\(none named\)/],
  [{ aud: 'https://graph.microsoft.com' }, /is for https:\/\/graph\.microsoft\.com/],
  [{ aud: undefined }, /no audience/],
  [{ exp: now - 3_600 }, /has expired/],
  [{ exp: undefined }, /has expired, or does not say/],
  [{ nbf: now + 3_600 }, /not valid yet/],
  // Graph's application id is an audience of the known Graphs only.
  [{ aud: graph }, isElsewhere, 'https://graph.microsoft.com.example.org/v1.0'],
  [{ aud: graph }, isElsewhere, 'https://graph.microsoft.us:8443/v1.0'],
  [{ aud: graph }, isElsewhere, 'http://127.0.0.1:8080/v1.0'],
];

test('a token is sent only where it is of the named tenant, for this service and still valid', () => {
  for (const [change, refusal, baseUrl = 'https://graph.microsoft.us/v1.0'] of tokens) {
    const claims = change && claimsOf(unsigned({ ...good, ...change }));
    const check = () => assertTenant(claims, { baseUrl, liveTenant }, now);
    if (refusal === undefined) check();
    else expect(check).toThrow(refusal);
    if (refusal) expect(check).toThrow(/: it was not sent\.$/);
  }
});
