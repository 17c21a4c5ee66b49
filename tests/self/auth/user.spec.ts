import { chmod, mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type NetworkResponse, PublicClientApplication } from '@azure/msal-node';
import { cloudOf } from '../../../fixtures/auth/clouds.ts';
import { claimsOf } from '../../../fixtures/auth/jwt.ts';
import { authOf } from '../../../fixtures/auth/providers/registration.ts';
import type { Environment } from '../../../fixtures/configuration/variables/variables.ts';
import type { IdentityProvider } from '../support/identity-provider/provider.ts';
import { startNightly } from '../support/nightly.ts';
import { contract } from '../support/run.ts';
import { at, test as base, expect, graph, sentenceOf, signInBy } from '../support/sign-in.ts';

interface UserFixtures {
  /** What the user was shown. */
  shown: string[];
  say: (line: string) => void;
  /** Stores a sign-in that the provider accepts. */
  store: (provider: IdentityProvider) => Promise<string>;
}

const test = base.extend<UserFixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names from the pattern
  shown: async ({}, use) => use([]),
  say: async ({ shown }, use) => use((line) => shown.push(line)),
  store: async ({ write }, use) => use((provider) => write('stored', provider.storedSignIn())),
});

const atDesk = (provider: IdentityProvider, file: string): Environment =>
  at(provider, { GRAPH_SIGN_IN: 'device-code', GRAPH_STORED_SIGN_IN: file });
const withStored = (provider: IdentityProvider, file: string): Environment =>
  at(provider, { GRAPH_STORED_SIGN_IN: file });

/** The refresh tokens that a stored sign-in holds. */
async function refreshTokensIn(path: string): Promise<string[]> {
  const cache: { RefreshToken: Record<string, { secret: string }> } = JSON.parse(
    await readFile(path, 'utf8'),
  );
  return Object.values(cache.RefreshToken).map(({ secret }) => secret);
}

const modeOf = async (path: string): Promise<number> => (await stat(path)).mode & 0o777;

test('a device code signs a user in, and is stored for later runs', async ({
  provide,
  folder,
  shown,
  say,
}) => {
  const provider = await provide({ devicePolls: 2 });
  const file = join(folder, 'new', 'stored');
  const identity = await signInBy(atDesk(provider, file), { say });
  expect(identity).toMatchObject({ method: 'device-code', kind: 'delegated' });
  const token = await identity.token();
  expect(claimsOf(token)).toMatchObject({ aud: graph, idtyp: 'user' });
  expect(shown).toHaveLength(1);
  expect(shown[0]).toMatch(
    new RegExp(`^To sign in, open ${provider.origin}/device and enter the code [A-Z0-9]{9}\\.$`),
  );
  // Two polls were told to wait.
  expect(provider.tokenRequests()).toBe(3);
  expect(await modeOf(file)).toBe(0o600);
  expect(await readdir(join(folder, 'new'))).toEqual(['stored']);
  const [first = ''] = await refreshTokensIn(file);
  expect(identity.secrets()).toEqual([token]);
  // At a desk again: no user is asked twice.
  const again = await signInBy(atDesk(provider, file), { say });
  expect(again.kind).toBe('delegated');
  expect(shown).toHaveLength(1);
  // And in a nightly run, with no user at a desk.
  const nightly = await signInBy({ ...withStored(provider, file), CI: 'true' });
  expect(nightly).toMatchObject({ method: 'stored', kind: 'delegated' });
  const [rotated = ''] = await refreshTokensIn(file);
  expect(rotated).not.toBe(first);
  expect(await modeOf(file)).toBe(0o600);
});

test('a device sign-in without a file lasts for the run, and says so', async ({
  provide,
  clock,
  shown,
  say,
}) => {
  const now = () => clock.now;
  const env = at(await provide({ now }), { GRAPH_SIGN_IN: 'device-code' });
  const identity = await signInBy(env, { say, now });
  const first = await identity.token();
  expect(identity.notes()).toEqual([expect.stringContaining('kept for this run only')]);
  clock.now += 3_400_000;
  expect(await identity.token()).not.toBe(first);
  expect(shown).toHaveLength(1);
});

test('a stored sign-in made by another MSAL signs in, and is renewed from the file', async ({
  provide,
  store,
  clock,
}) => {
  const now = () => clock.now;
  const provider = await provide({ now });
  const identity = await signInBy(withStored(provider, await store(provider)), { now });
  const first = await identity.token();
  expect(provider.tokenRequests()).toBe(1);
  clock.now += 3_400_000;
  expect(await identity.token()).not.toBe(first);
  expect(provider.requests.at(-1)).toMatch(/refresh_token$/);
});

test('a user whose stored sign-in has expired is asked again at the desk', async ({
  provide,
  store,
  shown,
  say,
}) => {
  const provider = await provide({ faults: { 'refresh token': 700082 } });
  const identity = await signInBy(atDesk(provider, await store(provider)), { say });
  expect(identity.kind).toBe('delegated');
  expect(shown).toHaveLength(1);
});

test('no user is asked at the desk where the server is away', async ({
  provide,
  store,
  shown,
  say,
}) => {
  const provider = await provide({ faults: { 'refresh token': 'unavailable' } });
  const sentence = await sentenceOf(signInBy(atDesk(provider, await store(provider)), { say }));
  expect(sentence).toMatch(/is not available \(status 503\): try again later/);
  expect(shown).toEqual([]);
});

for (const [fault, says] of [
  [70019, /nobody entered the code in time: try again/],
  [65004, /declined to consent: try again/],
  [7000218, /not a public client: switch on "Allow public client flows"/],
  ['html', /responded without a token/],
  ['empty object', /responded without a token/],
] as const)
  test(`a device code that ends with ${fault}`, async ({ provide, folder, say }) => {
    const provider = await provide({ faults: { 'device code': fault } });
    const attempt = signInBy(atDesk(provider, join(folder, 'stored')), { say });
    expect(await sentenceOf(attempt, ['1.device-'])).toMatch(says);
    expect(await readdir(folder)).toEqual([]);
  });

test('a stored sign-in that others can read is refused before any request', async ({
  provide,
  store,
}) => {
  const provider = await provide();
  const file = await store(provider);
  for (const mode of [0o640, 0o604, 0o622, 0o666]) {
    await chmod(file, mode);
    const sentence = await sentenceOf(signInBy(withStored(provider, file)), ['1.refresh-']);
    expect(sentence).toMatch(/can be read by others: run chmod 600/);
  }
  expect(provider.requests).toEqual([]);
});

test('files that hold no sign-in of ours', async ({ provide, write, folder }) => {
  const provider = await provide();
  const other = await provide();
  const cache = JSON.parse(provider.storedSignIn());
  const env = withStored(provider, join(folder, 'stored'));
  expect(await sentenceOf(signInBy(env))).toMatch(/holds no user of the tenant .+: sign in again/);
  // biome-ignore format: a row a line
  for (const [text, says] of [
    ['', /holds no user of the tenant/],
    ['canary', /holds no user of the tenant/],
    ['{}', /holds no user of the tenant of AZURE_TENANT_ID: sign in again/],
    ['{"Account": {"a": 5}, "RefreshToken": "canary"}', /holds no user of the tenant/],
    [other.storedSignIn(), /holds no user of the tenant/],
    [JSON.stringify({ ...cache, RefreshToken: {} }), /MSAL gave up \(no_tokens_found\): sign in again/],
  ] as const) {
    await write('stored', text);
    expect(await sentenceOf(signInBy(env), ['canary', '1.refresh-'])).toMatch(says);
  }
  expect(provider.requests).toEqual([]);
  await mkdir(join(folder, 'a folder'), { mode: 0o700 });
  const atFolder = withStored(provider, join(folder, 'a folder'));
  expect(await sentenceOf(signInBy(atFolder))).toMatch(
    /cannot be read \(it is not a file\): check the path/,
  );
});

// biome-ignore format: a row a line
for (const [graph, environment] of [
  ['graph.microsoft.com', 'login.windows.net'], ['graph.microsoft.com', 'login.microsoftonline.com'],
  ['graph.microsoft.us', 'login.microsoftonline.us'], ['dod-graph.microsoft.us', 'login.usgovcloudapi.net'],
  ['microsoftgraph.chinacloudapi.cn', 'login.partner.microsoftonline.cn'],
  ['microsoftgraph.chinacloudapi.cn', 'login.chinacloudapi.cn'],
] as const)
  test(`a stored sign-in for ${graph} may name ${environment}`, async ({ provide }) => {
    const provider = await provide();
    const cloud = cloudOf(`https://${graph}/v1.0`, undefined);
    const asked: string[] = [];
    const post = async <T>(url: string): Promise<NetworkResponse<T>> => {
      asked.push(url);
      throw new Error('nothing is sent');
    };
    const networkClient = { sendGetRequestAsync: post, sendPostRequestAsync: post };
    const { tenantId: AZURE_TENANT_ID, clientId: AZURE_CLIENT_ID } = provider;
    const auth = authOf({ cloud, values: { AZURE_TENANT_ID, AZURE_CLIENT_ID } });
    const app = new PublicClientApplication({ auth, system: { networkClient } });
    const { host } = new URL(provider.origin);
    app.getTokenCache().deserialize(provider.storedSignIn().replaceAll(host, environment));
    const [account] = await app.getTokenCache().getAllAccounts();
    if (account === undefined) throw new Error('nobody is signed in');
    const scopes = [`${cloud.graph}/.default`];
    await app.acquireTokenSilent({ account, scopes, forceRefresh: true }).catch(() => {});
    expect(asked).toEqual([expect.stringContaining(`${cloud.login}/${AZURE_TENANT_ID}/oauth2/`)]);
  });

test('a user at a desk is asked once in a whole run, whatever deviates', async () => {
  const nightly = await startNightly();
  nightly.tenant.behave(() => ({ status: 409, isCarriedOut: false }));
  const { GRAPH_STORED_SIGN_IN: _, AZURE_CLIENT_SECRET: __, ...env } = nightly.env;
  const { code, output } = await contract({ ...env, GRAPH_SIGN_IN: 'device-code' });
  await nightly.close();
  expect(code, output).toBe(1);
  expect(output.match(/To sign in, open/g)).toHaveLength(1);
  expect(output).toContain('kept for this run only');
});
