import { createPrivateKey, randomUUID, X509Certificate } from 'node:crypto';
import { createLocalJWKSet, jwtVerify, SignJWT } from 'jose';
import { makeCertificate } from '../support/identity-provider/certificate.ts';
import type { IdentityProvider } from '../support/identity-provider/provider.ts';
import { expect, graph, test } from '../support/sign-in.ts';

const registered = makeCertificate();
const stranger = makeCertificate();

/** Posts to the token endpoint as an application would, and reads the answer. */
async function ask(
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
  const answer = await fetch(url, { method: 'POST', body });
  return { status: answer.status, ...((await answer.json()) as object) };
}

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

interface Change {
  readonly claims?: Record<string, unknown>;
  readonly signedBy?: string;
  readonly naming?: string;
  readonly sha1?: boolean;
}

/** A certificate's assertion with one thing changed, and the AADSTS number it is refused with. */
async function byCertificate(provider: IdentityProvider, change: Change): Promise<unknown> {
  const { claims = {}, signedBy = registered.privateKey } = change;
  const { fingerprint256, fingerprint } = new X509Certificate(
    change.naming ?? registered.certificate,
  );
  const thumbprint = Buffer.from(
    (change.sha1 ? fingerprint : fingerprint256).replaceAll(':', ''),
    'hex',
  ).toString('base64url');
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
  const assertion = await new SignJWT(all)
    .setProtectedHeader({ alg: 'PS256', [change.sha1 ? 'x5t' : 'x5t#S256']: thumbprint })
    .sign(createPrivateKey(signedBy));
  const form = { client_assertion: assertion, client_assertion_type: assertionType };
  const answer = await ask(provider, form);
  return answer.error_codes ?? typeof answer.access_token;
}

test('a certificate assertion is truly verified', async ({ provide }) => {
  const provider = await provide({ certificates: [registered.certificate] });
  const now = Math.floor(Date.now() / 1000);
  const cases: readonly (readonly [Change, unknown])[] = [
    [{}, 'string'],
    [{ sha1: true }, 'string'],
    [{ claims: { nbf: now + 200 } }, 'string'],
    [{ signedBy: stranger.privateKey }, [700027]],
    [{ naming: stranger.certificate }, [700027]],
    [{ naming: stranger.certificate, signedBy: stranger.privateKey }, [700027]],
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

test('a federated assertion is truly verified', async ({ provide }) => {
  const provider = await provide();
  const by = async (assertion: string): Promise<unknown> => {
    const form = { client_assertion: assertion, client_assertion_type: assertionType };
    const answer = await ask(provider, form);
    return answer.error_codes ?? typeof answer.access_token;
  };
  const good = await provider.assertion();
  expect(await by(good)).toBe('string');
  expect(await by(await provider.assertion({ issuer: provider.origin }))).toEqual([700211]);
  expect(await by(await provider.assertion({ audience: 'other' }))).toEqual([700212]);
  expect(await by(await provider.assertion({ subject: 'other' }))).toEqual([700213]);
  expect(await by(await provider.assertion({ expiresInSeconds: -400 }))).toEqual([700024]);
  const [header, , signature] = good.split('.');
  const [, claims] = (await provider.assertion({ expiresInSeconds: 999 })).split('.');
  expect(await by(`${header}.${claims}.${signature}`)).toEqual([50013]);
  expect(await by('garbage')).toEqual([50013]);
});

test('refusals are shaped like the real ones', async ({ provide }) => {
  const provider = await provide();
  const answer = await ask(provider, { client_secret: 'wrong' });
  expect(answer).toMatchObject({
    status: 401,
    error: 'invalid_client',
    error_codes: [7000215],
    error_description: expect.stringMatching(/^AADSTS7000215: .+Trace ID: .+Timestamp: \S+ \S+Z$/),
    timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/),
    trace_id: expect.stringMatching(/^[\da-f-]{36}$/),
    correlation_id: expect.stringMatching(/^[\da-f-]{36}$/),
  });
  expect(answer.error_description).not.toContain('wrong');
  expect((await ask(provider, {})).error_codes).toEqual([7000216]);
  expect((await ask(provider, { grant_type: 'password' })).error_codes).toEqual([70003]);
  const forged = { grant_type: 'refresh_token', refresh_token: 'forged' };
  expect((await ask(provider, forged)).error_codes).toEqual([70000]);
  const device = { grant_type: 'device_code', device_code: 'forged' };
  expect((await ask(provider, device)).error_codes).toEqual([70019]);
  expect(provider.tokenRequests).toBe(5);
});

test('access tokens can be verified with the published keys', async ({ provide }) => {
  const provider = await provide();
  const answer = await ask(provider, { client_secret: provider.clientSecret });
  const base = `${provider.origin}/${provider.tenantId}`;
  const metadata = await (await fetch(`${base}/v2.0/.well-known/openid-configuration`)).json();
  expect(metadata).toMatchObject({
    issuer: provider.issuer,
    token_endpoint: `${base}/oauth2/v2.0/token`,
  });
  const published = await (await fetch(`${base}/discovery/v2.0/keys`)).json();
  expect(published).toEqual(provider.keys);
  const { payload } = await jwtVerify(
    String(answer.access_token),
    createLocalJWKSet(provider.keys),
    { issuer: provider.issuer, audience: graph },
  );
  expect(payload).toMatchObject({ tid: provider.tenantId, idtyp: 'app', ver: '1.0' });
});
