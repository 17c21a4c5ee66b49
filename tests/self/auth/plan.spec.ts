import { randomUUID } from 'node:crypto';
import { planSignIn } from '../../../fixtures/auth/plan.ts';
import { authOf } from '../../../fixtures/auth/session.ts';
import clouds from '../../../fixtures/configuration/clouds.json' with { type: 'json' };
import { ConfigurationError } from '../../../fixtures/configuration/errors.ts';
import type { Environment } from '../../../fixtures/configuration/variables.ts';
import { expect, showsNone, target, test, unsigned } from '../support/sign-in.ts';

const tenant = { AZURE_TENANT_ID: randomUUID() };
const ids = { ...tenant, AZURE_CLIENT_ID: randomUUID() };
const secret = { ...ids, AZURE_CLIENT_SECRET: 'canary~secret~value' };
const gitHub = {
  ...ids,
  ACTIONS_ID_TOKEN_REQUEST_URL: 'https://pipelines.actions.githubusercontent.com/x?api-version=2.0',
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'canary~github~value',
};
const pipelines = {
  ...ids,
  SYSTEM_OIDCREQUESTURI: 'https://dev.azure.com/o/p/_apis/oidctoken',
  SYSTEM_ACCESSTOKEN: 'canary~pipelines~value',
  AZURESUBSCRIPTION_SERVICE_CONNECTION_ID: randomUUID(),
};
const token = { GRAPH_ACCESS_TOKEN: 'canary~token~value' };
const stored = { ...ids, GRAPH_STORED_SIGN_IN: '/s' };
const file = { ...ids, AZURE_FEDERATED_TOKEN_FILE: '/t' };
const cloud = { baseUrl: 'https://graph.microsoft.com/v1.0', isMock: false };
const everything = { ...secret, ...token, ...gitHub };
const app = unsigned({ roles: ['a'] });

const by = (GRAPH_SIGN_IN: string, env: Environment = ids) => ({ ...env, GRAPH_SIGN_IN });
const methodsOf = (env: Environment, of: { baseUrl: string; isMock: boolean } = cloud) =>
  planSignIn(env, of).map(({ method }) => method);

/** The sentence of a refused environment. */
function sentence(env: Environment, of: typeof cloud = cloud): string {
  try {
    planSignIn(env, of);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    expect(error.message).not.toMatch(/canary|[.!?]\s|\n/);
    expect(error.message).toMatch(/[:;,] .+\.$/);
    return error.message;
  }
  throw new Error('nothing was refused');
}

test('the embedded mock needs no sign-in', () => {
  expect(planSignIn(secret, { baseUrl: undefined, isMock: true })).toEqual([]);
});

// biome-ignore format: a row a line
const planned: readonly (readonly [string, Environment, readonly string[]])[] = [
  ['a token', token, ['token']],
  ['a secret', secret, ['client-secret']],
  ['a certificate', { ...ids, AZURE_CLIENT_CERTIFICATE_PATH: '/c.pem' }, ['client-certificate']],
  ['a token file', file, ['federation']],
  ['a job of GitHub', gitHub, ['federation']],
  ['a job of Azure Pipelines', pipelines, ['federation']],
  ['a stored sign-in', stored, ['stored']],
  // What every job of a platform has is not a choice of the user.
  ['a token in a job of GitHub', { ...gitHub, AZURE_CLIENT_ID: undefined, ...token }, ['token']],
  ['a secret in a pipeline', { ...secret, SYSTEM_OIDCREQUESTURI: 'https://dev.azure.com/x' }, ['client-secret']],
  ['a chosen token', by('token', everything), ['token']],
  ['a chosen token, where an unused secret is empty', by('token', { ...everything, AZURE_CLIENT_SECRET: '' }), ['token']],
  ['the chosen Azure CLI', by('azure-cli', everything), ['azure-cli']],
  ['a chosen device code', by('device-code', everything), ['device-code']],
  ['an application and a user', { ...stored, ...secret }, ['client-secret', 'stored']],
  ['a user alone is chosen', by('stored', { ...stored, ...secret }), ['stored']],
  ['a machine and a user', by('managed-identity', stored), ['managed-identity', 'stored']],
  ["an application's token and a user", { ...stored, GRAPH_ACCESS_TOKEN: app }, ['token', 'stored']],
];
for (const [what, env, methods] of planned)
  test(`planned: ${what}`, () => expect(methodsOf(env)).toEqual(methods));

// biome-ignore format: a row a line
const refused: readonly (readonly [string, Environment, RegExp])[] = [
  ['nothing', {}, /^GRAPH_ACCESS_TOKEN is missing: every documented request to https:/],
  ['ids alone', ids, /^GRAPH_ACCESS_TOKEN is missing: .+ with AZURE_CLIENT_SECRET.+managed-identity/],
  ['a secret alone', { AZURE_CLIENT_SECRET: 'canary' }, /^AZURE_TENANT_ID and AZURE_CLIENT_ID are missing: client-secret needs/],
  ['no source of assertions', by('federation'), /^AZURE_FEDERATED_TOKEN_FILE is missing: .+GitHub.+Azure Pipelines/],
  ['a job of GitHub without its token', { ...gitHub, ACTIONS_ID_TOKEN_REQUEST_TOKEN: undefined }, /^ACTIONS_ID_TOKEN_REQUEST_TOKEN is missing: .+id-token: write/],
  ['a pipeline without its token', { ...pipelines, SYSTEM_ACCESSTOKEN: undefined }, /^SYSTEM_ACCESSTOKEN is missing: .+maps SYSTEM_ACCESSTOKEN/],
  ['an empty secret', { ...secret, AZURE_CLIENT_SECRET: '' }, /is set but empty/],
  ['no known choice', by('secret', everything), /expected one of token, client-secret/],
  ['token and secret', { ...secret, ...token }, /^GRAPH_ACCESS_TOKEN and AZURE_CLIENT_SECRET are both set: unset one, or set GRAPH_SIGN_IN to token or client-secret\.$/],
  ['secret and job', { ...secret, ...gitHub }, /AZURE_CLIENT_SECRET .+ACTIONS_ID_TOKEN_REQUEST_URL .+ to client-secret or federation/],
  ['a device code in CI', { ...by('device-code'), CI: 'true' }, /needs a user at a desk/],
  ['a name for an application', { ...secret, AZURE_CLIENT_ID: '../x' }, /^AZURE_CLIENT_ID .+GUID/],
];
for (const [what, env, says] of refused)
  test(`refused: ${what}`, () => expect(sentence(env)).toMatch(says));

test('a target on this machine is used with the token, whatever AZURE_ variables are set', () => {
  expect(methodsOf({ ...secret, ...token }, target)).toEqual(['token']);
});

test('a readable token of a work tenant is no token of a personal account', () => {
  const personal = (claims: object): Environment => ({
    ...token,
    GRAPH_PERSONAL_ACCESS_TOKEN: unsigned(claims),
  });
  expect(sentence(personal({ tid: ids.AZURE_TENANT_ID }), target)).toMatch(
    /^GRAPH_PERSONAL_ACCESS_TOKEN belongs to a work or school tenant: /,
  );
  // That of all personal accounts, and a token that does not say.
  for (const claims of [{ tid: '9188040d-6c67-4c5b-b112-36a304b66dad' }, {}])
    expect(methodsOf(personal(claims), target)).toEqual(['token']);
});

for (const { graph, login, audience } of clouds)
  test(`${graph}: Graph, sign-in host and scope belong together`, () => {
    const of = { baseUrl: `${graph}/v1.0`, isMock: false };
    const [plan] = planSignIn(secret, of);
    expect(plan?.cloud).toEqual({ graph, login, audience });
    for (const spelling of [login, `${login}/`, new URL(login).host, login.toUpperCase()])
      expect(methodsOf({ ...secret, AZURE_AUTHORITY_HOST: spelling }, of)).toHaveLength(1);
    if (plan === undefined) throw new Error('not planned');
    const auth = authOf(plan);
    // MSAL knows the other names of the host, which a stored sign-in may have, unless it is told the one.
    expect(auth.knownAuthorities).toEqual([]);
    expect(JSON.parse(auth.authorityMetadata ?? '').token_endpoint).toBe(
      `${login}/${ids.AZURE_TENANT_ID}/oauth2/v2.0/token`,
    );
    for (const other of clouds.filter((each) => each.login !== login))
      for (const env of [secret, by('managed-identity'), by('azure-cli')])
        expect(sentence({ ...env, AZURE_AUTHORITY_HOST: other.login }, of)).toMatch(
          /^AZURE_AUTHORITY_HOST is not the sign-in host of GRAPH_BASE_URL: expected https/,
        );
  });

// biome-ignore format: a few a line
const hosts = ['https://login.microsoftonline.com.evil.example', 'https://evil.example/login.microsoftonline.com',
  'https://login.microsoftonline.com@evil.example', 'https://login.microsoftonline.com:444', 'http://login.microsoftonline.com',
  'https://login.microsoftonline.com/path', 'https://login.microsoftonline.com?x', 'https://login.microsoftonline.com\\@evil.example',
  'ftp://login.microsoftonline.com', 'https://', 'evil.example', 'https://login.microsoftonline.de', 'http://127.0.0.1:9'];
test('no credential goes to another host than the one of the cloud', () => {
  for (const AZURE_AUTHORITY_HOST of hosts)
    expect(sentence({ ...secret, AZURE_AUTHORITY_HOST }), AZURE_AUTHORITY_HOST).toMatch(
      /^AZURE_AUTHORITY_HOST is not .+: expected https:\/\/login\.microsoftonline\.com, and no/,
    );
});

for (const baseUrl of [
  'https://graph.microsoft.com.evil.example/v1.0',
  'http://graph.microsoft.com/v1.0',
  'https://graph.microsoft.com:444/v1.0',
])
  test(`no token is asked for that is good at ${baseUrl}`, () => {
    for (const env of [secret, by('managed-identity'), by('azure-cli')])
      expect(sentence(env, { baseUrl, isMock: false })).toMatch(
        /^GRAPH_BASE_URL names a service that no sign-in is known for: expected one of https/,
      );
  });

test('a service on this machine goes with a sign-in host on this machine only', () => {
  for (const AZURE_AUTHORITY_HOST of [undefined, 'https://login.microsoftonline.com'])
    expect(sentence({ ...secret, AZURE_AUTHORITY_HOST }, target)).toMatch(/on this machine/);
  const here = { ...secret, AZURE_AUTHORITY_HOST: 'http://127.0.0.1:9' };
  expect(methodsOf(here, target)).toEqual(['client-secret']);
});

test('a plan shows no secret', () => {
  const machine = { ...by('managed-identity'), IDENTITY_HEADER: 'canary' };
  for (const env of [token, secret, gitHub, pipelines, machine])
    for (const plan of planSignIn(env, cloud)) showsNone(plan, ['canary']);
});
