import { createPrivateKey } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { SignInError, type SignInFailure } from '../../../fixtures/auth/errors.ts';
import explanations from '../../../fixtures/auth/explanations.json' with { type: 'json' };
import type { Faults, IdentityProvider } from '../support/identity-provider/provider.ts';
import { makeCertificate } from '../support/identity-provider/tokens.ts';
import { at, expect, onMachineOf, sentenceOf, test, withAz } from '../support/sign-in.ts';
import failures from './failures.json' with { type: 'json' };

const registered = await makeCertificate();
const other = await makeCertificate();
const encrypted = createPrivateKey(registered.privateKey).export({
  ...{ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'canary' },
});
const elsewhere = 'repo:owner@1/repo@2:ref:refs/heads/main';

type Of<T> = Readonly<Record<string, (provider: IdentityProvider) => T>>;
/** The variables that are signed in with. */
const variables: Of<object> = {
  secret: ({ clientSecret }) => ({ AZURE_CLIENT_SECRET: clientSecret }),
  github: ({ platforms }) => platforms.github,
  pipelines: ({ platforms }) => platforms.pipelines,
  'device code': () => ({ GRAPH_SIGN_IN: 'device-code' }),
};
/** What is in the file that is signed in with. */
const texts: Of<string | Promise<string>> = {
  'another pair': () => other.both,
  'a certificate alone': () => registered.certificate,
  "another's key": () => `${other.privateKey}${registered.certificate}`,
  'an encrypted key': () => `${encrypted}${registered.certificate}`,
  'another subject': ({ assertion }) => assertion({ sub: elsewhere }),
  'another audience': ({ assertion }) => assertion({ aud: 'api://somewhere' }),
  'too late': ({ assertion }) => assertion({}, -3600),
  'a sign-in': (provider) => provider.storedSignIn(),
  'a sign-in elsewhere': (provider) =>
    provider.storedSignIn().replaceAll(provider.tenantId, provider.userId),
  'no refresh token': (provider) =>
    JSON.stringify({ ...JSON.parse(provider.storedSignIn()), RefreshToken: {} }),
};
interface Failure {
  /** By which variables is signed in, or by the file of which variable, with which text and mode. */
  readonly by?: string;
  readonly in?: string;
  readonly text?: string;
  readonly mode?: number;
  /** What is changed of the variables, and what goes wrong. */
  readonly with?: object;
  readonly faults?: Faults;
  readonly says: string;
  /** Whether it is refused before any request. */
  readonly unsent?: boolean;
}
const byProvider: Readonly<Record<string, Failure>> = failures['by a provider'];
const byMachine: Readonly<Record<string, Failure>> = failures['by a machine'];
const byCli: Readonly<Record<string, Failure & { script?: string }>> = failures['by the Azure CLI'];

for (const [name, row] of Object.entries(byProvider))
  test(`refused: ${name}`, async ({ signing: { provide, write, folder, signInBy } }) => {
    const { by = '', in: variable, text, mode = 0o600, faults = {}, says, unsent } = row;
    // The provider repeats in its refusal all that it was sent.
    const certificates = [registered.certificate];
    const provider = await provide({ certificates, echo: true, faults });
    const file = join(folder, 'file');
    if (text === 'a folder') mkdirSync(file, { mode: 0o700 });
    else if (text !== undefined) await write('file', await (texts[text]?.(provider) ?? text));
    if (text !== undefined && text !== 'a folder') chmodSync(file, mode);
    const given = {
      ...variables[by]?.(provider),
      ...(variable && { [variable]: file }),
      ...row.with,
    };
    const timeoutMs = Object.values(faults).includes('no response') ? 400 : 5_000;
    const { github, pipelines } = provider.platforms;
    const platforms = [github.ACTIONS_ID_TOKEN_REQUEST_TOKEN, pipelines.SYSTEM_ACCESSTOKEN];
    const secrets = ['canary', 'eyJ', 'MII', '1.refresh-', '1.device-', provider.clientSecret];
    const sentence = await sentenceOf(signInBy(at(provider, given), { timeoutMs }), [
      ...secrets,
      ...platforms,
    ]);
    expect(sentence).toMatch(new RegExp(says));
    // What failed is not stored.
    if (text === undefined) expect(existsSync(file)).toBe(false);
    expect(provider.requests.length === 0).toBe(unsent ?? false);
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
    const error = new SignInError('stored', number as SignInFailure, claims);
    expect(await sentenceOf(Promise.reject(error))).toContain(`(AADSTS${number}).`);
    expect(error.message).not.toMatch(/[{}]|undefined/);
  }
});
