import { createPrivateKey, randomUUID } from 'node:crypto';
import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { explained, SignInError } from '../../../fixtures/auth/errors.ts';
import explanations from '../../../fixtures/auth/explanations.json' with { type: 'json' };
import type { Environment } from '../../../fixtures/configuration/variables/variables.ts';
import { makeCertificate } from '../support/identity-provider/certificate.ts';
import type { Credential, Fault, IdentityProvider } from '../support/identity-provider/provider.ts';
import { at, bySecret, expect, sentenceOf, signInBy, test, withAz } from '../support/sign-in.ts';
import { unusedPort } from '../support/unused-port.ts';

const registered = await makeCertificate();
const unregistered = await makeCertificate();
const expired = await makeCertificate({
  notBefore: new Date('2020-01-01'),
  notAfter: new Date('2021-01-01'),
});
const certificates = [registered.certificate, expired.certificate];
const wrongSecret = 'wrong~canary-secret-value';

/** The variables of one method, beside those of the application. */
type Variables = (
  provider: IdentityProvider,
  write: (name: string, text: string) => Promise<string>,
) => Environment | Promise<Environment>;

const certificate =
  (pem: string): Variables =>
  async (_, write) => ({ AZURE_CLIENT_CERTIFICATE_PATH: await write('certificate.pem', pem) });
const assertion =
  (change: Parameters<IdentityProvider['assertion']>[0]): Variables =>
  async (provider, write) => ({
    AZURE_FEDERATED_TOKEN_FILE: await write('token', await provider.assertion(change)),
  });
const stored: Variables = async (provider, write) => ({
  GRAPH_STORED_SIGN_IN: await write('stored', provider.storedSignIn()),
});
const secretAnd =
  (more: Environment): Variables =>
  (provider) => ({ ...bySecret(provider), ...more });
const gitHub: Variables = ({ platforms }) => platforms.GitHub;
const gitHubWithout: Variables = ({ platforms }) => ({
  ...platforms.GitHub,
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: wrongSecret,
});
const pipelinesWithout: Variables = ({ platforms }) => ({
  ...platforms['Azure Pipelines'],
  AZURESUBSCRIPTION_SERVICE_CONNECTION_ID: randomUUID(),
});

type Faults = Partial<Record<Credential, Fault>>;

/** Servers that refuse: what is wrong is really wrong where the provider can see it, else a fault. */
// biome-ignore format: a row a line
const refused: readonly (readonly [string, Variables, Faults, RegExp])[] = [
  ['wrong secret', secretAnd({ AZURE_CLIENT_SECRET: wrongSecret }), {}, /secret is wrong: set AZURE_CLIENT_SECRET .+AADSTS7000215/],
  ['expired secret', bySecret, { 'client secret': 7000222 }, /has expired: add a new one .+AADSTS7000222/],
  ['expired certificate', certificate(expired.both), {}, /has expired: upload .+AADSTS700027/],
  ['unregistered certificate', certificate(unregistered.both), {}, /not registered .+: upload .+AADSTS700027/],
  ['assertion of another subject', assertion({ subject: 'repo:owner@1/repo@2:ref:refs/heads/main' }), {}, /no federated credential .+"repo:owner@1\/repo@2:ref:refs\/heads\/main": add one .+AADSTS700213/],
  ['assertion of another issuer', assertion({ issuer: 'https://issuer.example' }), {}, /issuer "https:\/\/issuer.example": add one .+AADSTS700211/],
  ['assertion for another audience', assertion({ audience: 'api://somewhere' }), {}, /audience "api:\/\/somewhere": add one .+AADSTS700212/],
  ['assertion that has expired', assertion({ expiresInSeconds: -3600 }), {}, /outside its time: set the clock .+ have a fresh assertion .+AADSTS700024/],
  ['unknown tenant', secretAnd({ AZURE_TENANT_ID: randomUUID() }), {}, /the tenant \(AZURE_TENANT_ID\) is unknown: check .+AADSTS90002/],
  ['unknown application', secretAnd({ AZURE_CLIENT_ID: randomUUID() }), {}, /the application \(AZURE_CLIENT_ID\) is unknown in .+: check .+AADSTS700016/],
  ['consent missing', stored, { 'refresh token': 65001 }, /consent is missing: have an administrator .+AADSTS65001/],
  ['MFA needed', stored, { 'refresh token': 50076 }, /multi-factor .+: sign in again at a desk .+AADSTS50076/],
  ['expired stored sign-in', stored, { 'refresh token': 700082 }, /has expired.+: sign in again at a desk .+AADSTS700082/],
  ['a number that is not among the known ones', bySecret, { 'client secret': 70011 }, /refused with AADSTS70011: look it up/],
  ['GitHub refuses the request token', gitHubWithout, {}, /GitHub's token endpoint refused \(status 401\): give the job "permissions: id-token: write"/],
  ['Azure Pipelines does not know the service connection', pipelinesWithout, {}, /Azure Pipelines' token endpoint refused \(status 404\): map SYSTEM_ACCESSTOKEN/],
];

for (const [name, env, faults, says] of refused)
  test(`refused: ${name}`, async ({ provide, write }) => {
    // The provider repeats in its refusal all that it was sent.
    const provider = await provide({ certificates, echo: true, faults });
    const { GitHub, 'Azure Pipelines': pipelines } = provider.platforms;
    const platforms = [GitHub.ACTIONS_ID_TOKEN_REQUEST_TOKEN, pipelines.SYSTEM_ACCESSTOKEN];
    const secrets = [wrongSecret, provider.clientSecret, 'eyJ', 'MII', '1.refresh-', ...platforms];
    const attempt = signInBy(at(provider, await env(provider, write)));
    expect(await sentenceOf(attempt, secrets)).toMatch(says);
  });

// biome-ignore format: a row a line
const odd: readonly (readonly [Fault, Credential, Variables, RegExp])[] = [
  ['html', 'client secret', bySecret, /the sign-in server http.+ responded without a token \(status 200\): look for a proxy/],
  ['empty object', 'client secret', bySecret, /responded without a token \(status 200\): look for/],
  ['not JSON', 'client secret', bySecret, /responded without a token \(status 200\): look for/],
  ['redirect', 'client secret', bySecret, /responded without a token \(status 307\): look for/],
  ['huge', 'client secret', bySecret, /responded without a token \(status 200\): look for/],
  ['unavailable', 'client secret', bySecret, /is not available \(status 503\): try again later/],
  ['reset', 'client secret', bySecret, /could not be reached, because .+: check the network/],
  ['no response', 'client secret', bySecret, /did not respond within 0.4 s: try again later/],
  ['trickle', 'client secret', bySecret, /did not respond within 0.4 s: try again later/],
  ['html', 'client certificate', certificate(registered.both), /the sign-in server http.+ without a token/],
  ['empty object', 'refresh token', stored, /the sign-in server http.+ without a token/],
  ['redirect', 'GitHub', gitHub, /GitHub's token endpoint responded without a token \(status 307\)/],
  ['no response', 'GitHub', gitHub, /GitHub's token endpoint did not respond within 0.4 s/],
];

for (const [fault, credential, env, says] of odd)
  test(`odd response: ${fault}, ${credential}`, async ({ provide, write }) => {
    const provider = await provide({ certificates, faults: { [credential]: fault } });
    const variables = at(provider, await env(provider, write));
    const attempt = signInBy(variables, { timeoutMs: 400 });
    expect(await sentenceOf(attempt, [provider.clientSecret, 'eyJ', '1.refresh-'])).toMatch(says);
  });

test('a slow response is waited for', async ({ signedIn }) => {
  const { identity } = await signedIn({ faults: { 'client secret': 'slow' } });
  expect(identity.kind).toBe('application');
});

test('a refused connection', async ({ provide }) => {
  const provider = await provide();
  const AZURE_AUTHORITY_HOST = `http://127.0.0.1:${await unusedPort()}`;
  const attempt = signInBy({ ...bySecret(provider), AZURE_AUTHORITY_HOST });
  expect(await sentenceOf(attempt, [provider.clientSecret])).toMatch(
    /could not be reached, because .*ECONNREFUSED.*: check the network/,
  );
});

const noPair =
  /does not hold an RSA key without a pass phrase and the certificate of that key: put both/;
const encryptedKey = createPrivateKey(registered.privateKey).export({
  type: 'pkcs8',
  format: 'pem',
  cipher: 'aes-256-cbc',
  passphrase: 'canary',
});
const broken = registered.both.replace(/(BEGIN PRIVATE KEY-----\n).{40}/, '$1canarycanary');
// biome-ignore format: a row a line
const unusable: readonly (readonly [string, string | undefined, RegExp])[] = [
  ['no file', undefined, /cannot be read \(ENOENT\): check the path/],
  ['no key', registered.certificate, noPair],
  ['no certificate', registered.privateKey, noPair],
  ['the key of another', `${unregistered.privateKey}${registered.certificate}`, noPair],
  ['an encrypted key', `${encryptedKey}${registered.certificate}`, noPair],
  ['a broken key', broken, noPair],
  ['a broken certificate', `${registered.privateKey}-----BEGIN CERTIFICATE-----\ncanary\n-----END CERTIFICATE-----\n`, noPair],
];

for (const [name, pem, says] of unusable)
  test(`unusable certificate file: ${name}`, async ({ provide, folder, write }) => {
    const provider = await provide({ certificates });
    const AZURE_CLIENT_CERTIFICATE_PATH = join(folder, 'certificate.pem');
    if (pem !== undefined) await write('certificate.pem', pem);
    const attempt = signInBy(at(provider, { AZURE_CLIENT_CERTIFICATE_PATH }));
    expect(await sentenceOf(attempt, ['MII', 'canary'])).toMatch(says);
    expect(provider.requests).toEqual([]);
  });

test('unusable federated token files', async ({ provide, folder, write }) => {
  const provider = await provide();
  const variables = at(provider, { AZURE_FEDERATED_TOKEN_FILE: join(folder, 'token') });
  expect(await sentenceOf(signInBy(variables))).toMatch(
    /cannot be read \(ENOENT\): check the path/,
  );
  await write('token', 'canary-garbage');
  expect(await sentenceOf(signInBy(variables), ['canary'])).toMatch(
    /does not hold a JWT: have the platform/,
  );
  expect(provider.requests).toEqual([]);
});

// biome-ignore format: a row a line
const azOutputs: readonly (readonly [string, string | undefined, RegExp])[] = [
  ['is not there', undefined, /there is no az on this machine: install/],
  ['says that nobody is signed in', `console.error("ERROR: Please run 'az login' to setup account. canary"); process.exit(1)`, /az got no token: run az login with the tenant/],
  ['is refused', 'console.error("AADSTS500011: canary"); process.exit(1)', /no token \(AADSTS500011\): run az login/],
  ['responds with garbage', 'console.log("canary")', /responded without a token: update the Azure CLI/],
  ['hangs', 'setInterval(() => {}, 1000)', /did not respond within 1.2 s: run az login/],
];

for (const [what, script, says] of azOutputs)
  test(`the Azure CLI ${what}`, async ({ provide, folder, write }) => {
    const az = join(folder, 'az');
    if (script !== undefined)
      await chmod(await write('az', `#!/usr/bin/env node\n${script}`), 0o700);
    const env = at(await provide(), { GRAPH_SIGN_IN: 'azure-cli' });
    const attempt = withAz(az, () => signInBy(env, { timeoutMs: 400 }));
    expect(await sentenceOf(attempt, ['canary'])).toMatch(says);
  });

test("every explanation of Entra's numbers is a sentence", async () => {
  for (const number of Object.keys(explanations).map(Number).filter(Number.isInteger)) {
    const whom = { server: 'the server', check: 'check', allows: () => true };
    const error = new SignInError('stored', explained('refused', whom, { aadsts: number }));
    expect(await sentenceOf(Promise.reject(error))).toContain(`(AADSTS${number}).`);
    expect(error.message).not.toMatch(/[{}]|undefined/);
  }
});
