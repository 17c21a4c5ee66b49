import { createPrivateKey, randomUUID, X509Certificate } from 'node:crypto';
import { createLocalJWKSet, jwtVerify, SignJWT } from 'jose';
import { makeCertificate } from '../support/identity-provider/certificate.ts';
import type { IdentityProvider } from '../support/identity-provider/provider.ts';
import { expect, graph, test } from '../support/sign-in.ts';

const registered = await makeCertificate();
const unregistered = await makeCertificate();

/** Posts to the token endpoint as an application would, and reads the response. */
async function post(
  provider: IdentityProvider,
  form: Record<string, string>,
): Promise<Record<string, unknown>> {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: provider.clientId,
    scope: `${graph}/.default`,
    ...form,
  });
  const url = `${provider.origin}/${provider.tenantId}/oauth2/v2.0/token`;
  const response = await fetch(url, { method: 'POST', body });
  return { status: response.status, ...((await response.json()) as object) };
}

/** What an assertion brings: the AADSTS numbers of a refusal, or the type of the token. */
async function byAssertion(provider: IdentityProvider, assertion: string): Promise<unknown> {
  const response = await post(provider, {
    client_assertion: assertion,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
  });
  return response.error_codes ?? typeof response.access_token;
}

interface Change {
  readonly claims?: Record<string, unknown>;
  readonly signedBy?: string;
  readonly naming?: string;
  readonly sha1?: boolean;
}

/** What a certificate's assertion with one thing changed brings. */
async function byCertificate(provider: IdentityProvider, change: Change): Promise<unknown> {
  const { claims = {}, signedBy = registered.privateKey, naming, sha1 } = change;
  const certificate = new X509Certificate(naming ?? registered.certificate);
  const fingerprint = sha1 ? certificate.fingerprint : certificate.fingerprint256;
  const thumbprint = Buffer.from(fingerprint.replaceAll(':', ''), 'hex').toString('base64url');
  const now = Math.floor(Date.now() / 1000);
  const all = {
    aud: `${provider.origin}/${provider.tenantId}/oauth2/v2.0/token`,
    iss: provider.clientId,
    sub: provider.clientId,
    jti: randomUUID(),
    nbf: now,
    exp: now + 600,
    ...claims,
  };
  const assertion = new SignJWT(all)
    .setProtectedHeader({ alg: 'PS256', [sha1 ? 'x5t' : 'x5t#S256']: thumbprint })
    .sign(createPrivateKey(signedBy));
  return byAssertion(provider, await assertion);
}

test('a certificate assertion is verified', async ({ provide }) => {
  const provider = await provide({ certificates: [registered.certificate] });
  const now = Math.floor(Date.now() / 1000);
  const cases: readonly (readonly [Change, unknown])[] = [
    [{}, 'string'],
    [{ sha1: true }, 'string'],
    [{ claims: { nbf: now + 200 } }, 'string'],
    [{ signedBy: unregistered.privateKey }, [700027]],
    [{ naming: unregistered.certificate }, [700027]],
    [{ naming: unregistered.certificate, signedBy: unregistered.privateKey }, [700027]],
    [{ claims: { aud: `${provider.origin}/other` } }, [700023]],
    [{ claims: { iss: randomUUID() } }, [700021]],
    [{ claims: { sub: randomUUID() } }, [700021]],
    [{ claims: { exp: now - 301 } }, [700024]],
    [{ claims: { nbf: now + 400, exp: now + 900 } }, [700024]],
    [{ claims: { exp: undefined } }, [700027]],
  ];
  for (const [change, expected] of cases)
    expect(await byCertificate(provider, change), JSON.stringify(change.claims)).toEqual(expected);
});

test('a federated assertion is verified', async ({ provide }) => {
  const provider = await provide();
  const good = await provider.assertion();
  expect(await byAssertion(provider, good)).toBe('string');
  for (const [change, number] of [
    [{ issuer: provider.origin }, 700211],
    [{ audience: 'other' }, 700212],
    [{ subject: 'other' }, 700213],
    [{ expiresInSeconds: -400 }, 700024],
  ] as const)
    expect(await byAssertion(provider, await provider.assertion(change))).toEqual([number]);
  const [header, , signature] = good.split('.');
  const [, claims] = (await provider.assertion({ expiresInSeconds: 999 })).split('.');
  expect(await byAssertion(provider, `${header}.${claims}.${signature}`)).toEqual([50013]);
  expect(await byAssertion(provider, 'garbage')).toEqual([50013]);
});

test('refusals are shaped like the real ones', async ({ provide }) => {
  const provider = await provide();
  const response = await post(provider, { client_secret: 'wrong' });
  expect(response).toMatchObject({
    status: 401,
    error: 'invalid_client',
    error_codes: [7000215],
    error_description: expect.stringMatching(/^AADSTS7000215: .+Trace ID: .+Timestamp: \S+ \S+Z$/),
    timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/),
    trace_id: expect.stringMatching(/^[\da-f-]{36}$/),
    correlation_id: expect.stringMatching(/^[\da-f-]{36}$/),
  });
  expect(response.error_description).not.toContain('wrong');
  for (const [form, number] of [
    [{}, 7000216],
    [{ grant_type: 'password' }, 70003],
    [{ grant_type: 'refresh_token', refresh_token: 'forged' }, 70000],
    [{ grant_type: 'device_code', device_code: 'forged' }, 70019],
  ] as const)
    expect((await post(provider, { ...form })).error_codes).toEqual([number]);
  expect(provider.tokenRequests).toBe(5);
});

test('access tokens can be verified with the published keys', async ({ provide }) => {
  const provider = await provide();
  const response = await post(provider, { client_secret: provider.clientSecret });
  const base = `${provider.origin}/${provider.tenantId}`;
  const metadata = await (await fetch(`${base}/v2.0/.well-known/openid-configuration`)).json();
  expect(metadata).toMatchObject({
    issuer: provider.issuer,
    token_endpoint: `${base}/oauth2/v2.0/token`,
  });
  const published = await (await fetch(`${base}/discovery/v2.0/keys`)).json();
  expect(published).toEqual(provider.keys);
  const { payload } = await jwtVerify(
    String(response.access_token),
    createLocalJWKSet(provider.keys),
    { issuer: provider.issuer, audience: graph },
  );
  expect(payload).toMatchObject({ tid: provider.tenantId, idtyp: 'app', ver: '1.0' });
});
