import { createPrivateKey, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { type FailureKind, SignInError } from '../../../fixtures/auth/errors.ts';
import explanations from '../../../fixtures/auth/explanations.json' with { type: 'json' };
import type { Environment } from '../../../fixtures/configuration/variables.ts';
import type { Faults, IdentityProvider } from '../support/identity-provider/provider.ts';
import { makeCertificate } from '../support/identity-provider/tokens.ts';
import { at, bySecret, expect, sentenceOf, test, type Write, withAz } from '../support/sign-in.ts';

const registered = await makeCertificate();
const unregistered = await makeCertificate();
const certificates = [registered.certificate];
const wrong = 'wrong~canary-secret-value';

/** The variables of one way to sign in. */
type Variables = (provider: IdentityProvider, write: Write) => Environment | Promise<Environment>;

const secretAnd =
  (more: Environment): Variables =>
  (provider) => ({ ...bySecret(provider), ...more });
const inFile =
  (variable: string, textOf: (provider: IdentityProvider) => string | Promise<string>): Variables =>
  async (provider, write) =>
    at(provider, { [variable]: await write('file', await textOf(provider)) });
const assertion = (...change: Parameters<IdentityProvider['assertion']>) =>
  inFile('AZURE_FEDERATED_TOKEN_FILE', (provider) => provider.assertion(...change));
const stored = inFile('GRAPH_STORED_SIGN_IN', (provider) => provider.storedSignIn());
const unregisteredFile = inFile('AZURE_CLIENT_CERTIFICATE_PATH', () => unregistered.both);
const on =
  (platform: 'github' | 'pipelines', more: Environment = {}): Variables =>
  (provider) =>
    at(provider, { ...provider.platforms[platform], ...more });
const html = /the sign-in server http.+ responded without a token \(status 200\): look for a proxy/;

/** What is wrong is really wrong where the provider can see it, else a fault. */
// biome-ignore format: a row a line
const refused: readonly (readonly [string, Variables, Faults, RegExp])[] = [
  ['wrong secret', secretAnd({ AZURE_CLIENT_SECRET: wrong }), {}, /secret is wrong: set AZURE_CLIENT_SECRET .+AADSTS7000215/],
  ['expired secret', bySecret, { 'client secret': 7000222 }, /has expired: add a new one .+AADSTS7000222/],
  ['unregistered certificate', unregisteredFile, {}, /not registered .+: upload .+AADSTS700027/],
  ['assertion of another subject', assertion({ sub: 'repo:owner@1/repo@2:ref:refs/heads/main' }), {}, /no federated credential .+"repo:owner@1\/repo@2:ref:refs\/heads\/main": add one .+AADSTS700213/],
  ['assertion for another audience', assertion({ aud: 'api://somewhere' }), {}, /audience "api:\/\/somewhere": add one .+AADSTS700212/],
  ['assertion that has expired', assertion({}, -3600), {}, /outside its time: set the clock .+ have a fresh assertion .+AADSTS700024/],
  ['unknown tenant', secretAnd({ AZURE_TENANT_ID: randomUUID() }), {}, /the tenant \(AZURE_TENANT_ID\) is unknown: check .+AADSTS90002/],
  ['MFA needed', stored, { 'refresh token': 50076 }, /multi-factor .+: sign in again at a desk .+AADSTS50076/],
  ['a number that is not among the known ones', bySecret, { 'client secret': 70011 }, /refused with AADSTS70011: look it up/],
  ['the request token on GitHub', on('github', { ACTIONS_ID_TOKEN_REQUEST_TOKEN: wrong }), {}, /GitHub's token endpoint refused \(status 401\): give the job "permissions: id-token: write"/],
  ['the service connection', on('pipelines', { AZURESUBSCRIPTION_SERVICE_CONNECTION_ID: randomUUID() }), {}, /Azure Pipelines' token endpoint refused \(status 404\): map SYSTEM_ACCESSTOKEN/],
  ['html', bySecret, { 'client secret': 'html' }, html],
  ['html, for a stored sign-in', stored, { 'refresh token': 'html' }, html],
  ['an empty object', bySecret, { 'client secret': 'empty object' }, /responded without a token \(status 200\): look for/],
  ['a redirect', bySecret, { 'client secret': 'redirect' }, /responded without a token \(status 307\): look for/],
  ['unavailable', bySecret, { 'client secret': 'unavailable' }, /is not available \(status 503\): try again later/],
  ['reset', bySecret, { 'client secret': 'reset' }, /could not be reached, because .+: check the network/],
  ['no response', bySecret, { 'client secret': 'no response' }, /did not respond within 0.4 s: try again later/],
  ['no response on GitHub', on('github'), { GitHub: 'no response' }, /GitHub's token endpoint did not respond within 0.4 s/],
];

for (const [name, env, faults, says] of refused)
  test(`refused: ${name}`, async ({ signing: { provide, write, signInBy } }) => {
    // The provider repeats in its refusal all that it was sent.
    const provider = await provide({ certificates, echo: true, faults });
    const { github, pipelines } = provider.platforms;
    const platforms = [github.ACTIONS_ID_TOKEN_REQUEST_TOKEN, pipelines.SYSTEM_ACCESSTOKEN];
    const secrets = [wrong, provider.clientSecret, 'eyJ', 'MII', '1.refresh-', ...platforms];
    const variables = await env(provider, write);
    const timeoutMs = Object.values(faults).includes('no response') ? 400 : 5_000;
    expect(await sentenceOf(signInBy(variables, { timeoutMs }), secrets)).toMatch(says);
  });

const noPair =
  /does not hold an RSA key without a pass phrase and the certificate of that key: put both/;
const encryption = { cipher: 'aes-256-cbc', passphrase: 'canary' };
const encryptedKey = createPrivateKey(registered.privateKey).export({
  type: 'pkcs8',
  format: 'pem',
  ...encryption,
});
// biome-ignore format: a row a line
const unusable: readonly (readonly [string, string, string | undefined, RegExp])[] = [
  ['no file', 'AZURE_CLIENT_CERTIFICATE_PATH', undefined, /cannot be read \(ENOENT\): check the path/],
  ['no key', 'AZURE_CLIENT_CERTIFICATE_PATH', registered.certificate, noPair],
  ['the key of another', 'AZURE_CLIENT_CERTIFICATE_PATH', `${unregistered.privateKey}${registered.certificate}`, noPair],
  ['an encrypted key', 'AZURE_CLIENT_CERTIFICATE_PATH', `${encryptedKey}${registered.certificate}`, noPair],
  ['no federated token', 'AZURE_FEDERATED_TOKEN_FILE', 'canary-garbage', /does not hold a JWT: have the platform/],
];

for (const [name, variable, text, says] of unusable)
  test(`unusable file: ${name}`, async ({ signing: { provide, folder, write, signInBy } }) => {
    const provider = await provide({ certificates });
    if (text !== undefined) await write('file', text);
    const attempt = signInBy(at(provider, { [variable]: join(folder, 'file') }));
    expect(await sentenceOf(attempt, ['MII', 'canary'])).toMatch(says);
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
  test(`the Azure CLI ${what}`, async ({ signing: { provide, folder, write, signInBy } }) => {
    if (script !== undefined) await write('az', `#!/usr/bin/env node\n${script}`, 0o700);
    const env = at(await provide(), { GRAPH_SIGN_IN: 'azure-cli' });
    const attempt = withAz(join(folder, 'az'), () => signInBy(env, { timeoutMs: 400 }));
    expect(await sentenceOf(attempt, ['canary'])).toMatch(says);
  });

test("every explanation of Entra's numbers is a sentence that names it", async () => {
  const claims = { issuer: '"i"', audience: '"a"', subject: '"s"' };
  for (const number of Object.keys(explanations).filter((each) => /^\d+$/.test(each))) {
    const error = new SignInError('stored', number as FailureKind, claims);
    expect(await sentenceOf(Promise.reject(error))).toContain(`(AADSTS${number}).`);
    expect(error.message).not.toMatch(/[{}]|undefined/);
  }
});
