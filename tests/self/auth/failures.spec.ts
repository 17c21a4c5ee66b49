import { createPrivateKey } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type FailureKind, SignInError } from '../../../fixtures/auth/errors.ts';
import explanations from '../../../fixtures/auth/explanations.json' with { type: 'json' };
import type { Faults, IdentityProvider } from '../support/identity-provider/provider.ts';
import { makeCertificate } from '../support/identity-provider/tokens.ts';
import { at, expect, onMachineOf, sentenceOf, test, withAz } from '../support/sign-in.ts';
import failures from './failures.json' with { type: 'json' };

const registered = await makeCertificate();
const unregistered = await makeCertificate();
const certificates = [registered.certificate];
const [certificateIn, tokenIn] = ['AZURE_CLIENT_CERTIFICATE_PATH', 'AZURE_FEDERATED_TOKEN_FILE'];
const elsewhere = 'repo:owner@1/repo@2:ref:refs/heads/main';

/** What is signed in with: the variables, or the variable of a file and what is in it. */
const credentials: Readonly<
  Record<
    string,
    (provider: IdentityProvider, stored: string) => object | [string, string | Promise<string>]
  >
> = {
  secret: ({ clientSecret }) => ({ AZURE_CLIENT_SECRET: clientSecret }),
  github: ({ platforms }) => platforms.github,
  pipelines: ({ platforms }) => platforms.pipelines,
  unregistered: () => [certificateIn, unregistered.both],
  'another subject': ({ assertion }) => [tokenIn, assertion({ sub: elsewhere })],
  'another audience': ({ assertion }) => [tokenIn, assertion({ aud: 'api://somewhere' })],
  'too late': ({ assertion }) => [tokenIn, assertion({}, -3600)],
  'device code': (_, stored) => ({
    GRAPH_SIGN_IN: 'device-code',
    GRAPH_STORED_SIGN_IN: stored,
  }),
  stored: (provider) => ['GRAPH_STORED_SIGN_IN', provider.storedSignIn()],
};
/** By what is signed in, what is changed of it, what goes wrong, what is said. */
interface Failure {
  readonly by?: string;
  readonly with?: object;
  readonly faults?: Faults;
  readonly says: string;
}
const byProvider: Readonly<Record<string, Failure>> = failures['by a provider'];
const byMachine: Readonly<Record<string, Failure>> = failures['by a machine'];
const byCli: Readonly<Record<string, Failure & { script?: string }>> = failures['by the Azure CLI'];

for (const [name, { by = '', with: change, faults = {}, says }] of Object.entries(byProvider))
  test(`refused: ${name}`, async ({ signing: { provide, write, folder, signInBy } }) => {
    // The provider repeats in its refusal all that it was sent.
    const provider = await provide({ certificates, echo: true, faults });
    const { github, pipelines } = provider.platforms;
    const platforms = [github.ACTIONS_ID_TOKEN_REQUEST_TOKEN, pipelines.SYSTEM_ACCESSTOKEN];
    const kinds = ['wrong~canary', 'eyJ', 'MII', '1.refresh-', '1.device-'];
    const given = credentials[by]?.(provider, join(folder, 'stored'));
    const variables = Array.isArray(given)
      ? { [given[0]]: await write('file', await given[1]) }
      : given;
    const timeoutMs = Object.values(faults).includes('no response') ? 400 : 5_000;
    const attempt = signInBy(at(provider, { ...variables, ...change }), { timeoutMs });
    const secrets = [...kinds, provider.clientSecret, ...platforms];
    expect(await sentenceOf(attempt, secrets)).toMatch(new RegExp(says));
    expect(existsSync(join(folder, 'stored'))).toBe(false);
  });

const noPair =
  /does not hold an RSA key without a pass phrase and the certificate of that key: put both/;
const encryptedKey = createPrivateKey(registered.privateKey).export({
  ...{ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'canary' },
});
// biome-ignore format: a row a line
for (const [name, variable, text, says] of [
  ['no file', certificateIn, undefined, /cannot be read \(ENOENT\): check the path/],
  ['no key', certificateIn, registered.certificate, noPair],
  ['the key of another', certificateIn, `${unregistered.privateKey}${registered.certificate}`, noPair],
  ['an encrypted key', certificateIn, `${encryptedKey}${registered.certificate}`, noPair],
  ['no federated token', tokenIn, 'canary-garbage', /does not hold a JWT: have the platform/],
] as const)
  test(`unusable file: ${name}`, async ({ signing: { provide, folder, write, signInBy } }) => {
    const provider = await provide({ certificates });
    if (text !== undefined) await write('file', text);
    const attempt = signInBy(at(provider, { [String(variable)]: join(folder, 'file') }));
    expect(await sentenceOf(attempt, ['MII', 'canary'])).toMatch(says);
    expect(provider.requests).toEqual([]);
  });

for (const [what, { script, says }] of Object.entries(byCli))
  test(`the Azure CLI ${what}`, async ({ signing: { provide, folder, write, signInBy } }) => {
    if (script) await write('az', `#!/usr/bin/env node\n${script}`, 0o700);
    const env = at(await provide(), { GRAPH_SIGN_IN: 'azure-cli' });
    const attempt = withAz(join(folder, 'az'), () => signInBy(env, { timeoutMs: 400 }));
    expect(await sentenceOf(attempt, ['canary'])).toMatch(new RegExp(says));
  });

for (const [what, { with: change = {}, faults = {}, says }] of Object.entries(byMachine))
  test(`a managed identity's endpoint ${what}`, async ({ signing: { provide, signInBy } }) => {
    const provider = await provide({ faults });
    const secrets = ['canary-header-value', provider.platforms.machine.IDENTITY_HEADER];
    await onMachineOf(provider, change, async (env) => {
      const sentence = await sentenceOf(signInBy(env, { timeoutMs: 400 }), secrets);
      expect(sentence).toMatch(new RegExp(says));
    });
  });

test("every explanation of Entra's numbers is a sentence that names it", async () => {
  const claims = { issuer: '"i"', audience: '"a"', subject: '"s"' };
  for (const number of Object.keys(explanations).filter((each) => /^\d+$/.test(each))) {
    const error = new SignInError('stored', number as FailureKind, claims);
    expect(await sentenceOf(Promise.reject(error))).toContain(`(AADSTS${number}).`);
    expect(error.message).not.toMatch(/[{}]|undefined/);
  }
});
