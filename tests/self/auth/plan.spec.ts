import { randomUUID } from 'node:crypto';
import { clouds } from '../../../fixtures/auth/plan/clouds.ts';
import { planSignIn } from '../../../fixtures/auth/plan/plan.ts';
import { authOf } from '../../../fixtures/auth/providers/msal.ts';
import { describePlan, secretsOf } from '../../../fixtures/auth/sign-in.ts';
import { ConfigurationError } from '../../../fixtures/configuration/errors.ts';
import type { Environment } from '../../../fixtures/configuration/variables/variables.ts';
import { at, expect, showsNone, target, test, unsigned } from '../support/sign-in.ts';

const ids = { AZURE_TENANT_ID: randomUUID(), AZURE_CLIENT_ID: randomUUID() };
const secret = { AZURE_CLIENT_SECRET: 'canary~secret~value' };
const gitHub = {
  ACTIONS_ID_TOKEN_REQUEST_URL: 'https://pipelines.actions.githubusercontent.com/x?api-version=2.0',
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'canary~github~value',
};
const pipelines = {
  SYSTEM_OIDCREQUESTURI: 'https://dev.azure.com/o/p/_apis/oidctoken',
  SYSTEM_ACCESSTOKEN: 'canary~pipelines~value',
  AZURESUBSCRIPTION_SERVICE_CONNECTION_ID: randomUUID(),
};
const token = { GRAPH_ACCESS_TOKEN: 'canary~token~value' };
const cloud = { baseUrl: 'https://graph.microsoft.com/v1.0', isMock: false };
const login = { AZURE_AUTHORITY_HOST: 'http://127.0.0.1:9' };

const methodsOf = (env: Environment, of = cloud): string[] =>
  planSignIn(env, of).map(({ method }) => method);

/** The sentence of a refused environment. */
function sentence(env: Environment, of: typeof cloud = cloud): string {
  let error: unknown;
  try {
    planSignIn(env, of);
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(ConfigurationError);
  if (!(error instanceof ConfigurationError)) throw new Error('nothing was refused');
  expect(error.message).not.toMatch(/canary|[.!?]\s|\n/);
  expect(error.message).toMatch(/[:;,] .+\.$/);
  return error.message;
}

test('the embedded mock needs no sign-in', () => {
  expect(planSignIn({ ...ids, ...secret }, { baseUrl: undefined, isMock: true })).toEqual([]);
});

test('the method follows from what is configured', () => {
  for (const [env, method] of [
    [token, 'token'],
    [{ ...ids, ...secret }, 'client secret'],
    [{ ...ids, AZURE_CLIENT_CERTIFICATE_PATH: '/c.pem' }, 'client certificate'],
    [{ ...ids, AZURE_FEDERATED_TOKEN_FILE: '/t' }, 'federation'],
    [{ ...ids, ...gitHub }, 'federation'],
    [{ ...ids, ...pipelines }, 'federation'],
    [{ ...ids, GRAPH_STORED_SIGN_IN: '/s' }, 'stored sign-in'],
  ] as const)
    expect(methodsOf(env)).toEqual([method]);
  // What every job of a platform has is not a choice of the user.
  expect(methodsOf({ ...token, ...gitHub })).toEqual(['token']);
  const everyJob = { SYSTEM_OIDCREQUESTURI: pipelines.SYSTEM_OIDCREQUESTURI };
  expect(methodsOf({ ...ids, ...secret, ...everyJob })).toEqual(['client secret']);
  // A token file that somebody named goes before the platform's own assertions.
  const [named] = planSignIn({ ...ids, ...gitHub, AZURE_FEDERATED_TOKEN_FILE: '/t' }, cloud);
  expect(named).toMatchObject({ source: { from: 'token file', path: '/t' } });
});

test('managed identity, Azure CLI and device code are used only when chosen', () => {
  expect(methodsOf({ GRAPH_SIGN_IN: 'managed-identity' })).toEqual(['managed identity']);
  expect(methodsOf({ GRAPH_SIGN_IN: 'azure-cli', ...ids })).toEqual(['Azure CLI']);
  expect(methodsOf({ GRAPH_SIGN_IN: 'device-code', ...ids })).toEqual(['device code']);
  expect(sentence(ids)).toMatch(/no credential is: set AZURE_CLIENT_SECRET.+managed-identity/);
});

test('a choice ignores what belongs to other methods', () => {
  const all = { ...ids, ...secret, ...token, ...gitHub, AZURE_PASSWORD: 'canary' };
  for (const [slug, method] of [
    ['token', 'token'],
    ['client-secret', 'client secret'],
    ['federation', 'federation'],
    ['managed-identity', 'managed identity'],
    ['azure-cli', 'Azure CLI'],
    ['device-code', 'device code'],
  ] as const)
    expect(methodsOf({ ...all, GRAPH_SIGN_IN: slug })).toEqual([method]);
  expect(methodsOf({ ...all, AZURE_CLIENT_SECRET: '', GRAPH_SIGN_IN: 'token' })).toEqual(['token']);
  expect(sentence({ ...all, GRAPH_SIGN_IN: 'secret' })).toMatch(
    /expected one of token, client-secret/,
  );
});

test('two methods are one too many', () => {
  expect(sentence({ ...ids, ...secret, ...token })).toBe(
    'GRAPH_ACCESS_TOKEN (token) and AZURE_CLIENT_SECRET (client secret) are both set: unset one, or set GRAPH_SIGN_IN to token or client-secret.',
  );
  expect(sentence({ ...ids, ...secret, ...gitHub })).toMatch(
    /AZURE_CLIENT_SECRET .+ACTIONS_ID_TOKEN_REQUEST_URL .+GRAPH_SIGN_IN to client-secret or federation/,
  );
});

test('a user signs in beside an application, but not beside another user', () => {
  const stored = { ...ids, GRAPH_STORED_SIGN_IN: '/s' };
  expect(methodsOf({ ...stored, ...secret })).toEqual(['client secret', 'stored sign-in']);
  expect(methodsOf({ ...stored, ...secret, GRAPH_SIGN_IN: 'stored' })).toEqual(['stored sign-in']);
  expect(methodsOf({ ...stored, GRAPH_SIGN_IN: 'managed-identity' })).toEqual([
    'managed identity',
    'stored sign-in',
  ]);
  expect(methodsOf({ ...stored, GRAPH_SIGN_IN: 'device-code' })).toEqual(['device code']);
  const app = unsigned({ roles: ['a'] });
  expect(methodsOf({ ...stored, GRAPH_ACCESS_TOKEN: app })).toEqual(['token', 'stored sign-in']);
  expect(sentence({ ...stored, GRAPH_ACCESS_TOKEN: unsigned({ scp: 'a' }) })).toMatch(
    /user's token and .+user's sign-in: unset one/,
  );
});

test('a target on this machine is used with the token, whatever AZURE_ variables are set', () => {
  expect(methodsOf({ ...ids, ...secret, ...token, AZURE_PASSWORD: 'canary' }, target)).toEqual([
    'token',
  ]);
});

test('passwords are refused, with the reason', () => {
  for (const name of ['AZURE_PASSWORD', 'AZURE_USERNAME'])
    expect(sentence({ ...ids, [name]: 'canary' })).toMatch(/ROPC\) is deprecated .+multi-factor/);
});

test('a part alone names what is missing', () => {
  const pipeline = { ...pipelines, SYSTEM_ACCESSTOKEN: undefined };
  for (const [env, says] of [
    [secret, /^AZURE_TENANT_ID and AZURE_CLIENT_ID are missing: a client secret/],
    [{ AZURE_CLIENT_ID: ids.AZURE_CLIENT_ID, ...secret }, /^AZURE_TENANT_ID is missing/],
    [{ ...ids, GRAPH_SIGN_IN: 'client-certificate' }, /^AZURE_CLIENT_CERTIFICATE_PATH is missing/],
    [{ ...ids, GRAPH_SIGN_IN: 'stored' }, /^GRAPH_STORED_SIGN_IN is missing/],
    [{ GRAPH_SIGN_IN: 'azure-cli' }, /^AZURE_TENANT_ID is missing/],
    [{ GRAPH_SIGN_IN: 'token' }, /^GRAPH_ACCESS_TOKEN is missing/],
    [
      { ...ids, GRAPH_SIGN_IN: 'federation' },
      /^AZURE_FEDERATED_TOKEN_FILE is missing: .+GitHub.+Azure Pipelines/,
    ],
    [
      { ...ids, ...gitHub, ACTIONS_ID_TOKEN_REQUEST_TOKEN: undefined },
      /^ACTIONS_ID_TOKEN_REQUEST_TOKEN is missing/,
    ],
    [{ ...ids, ...pipeline }, /^SYSTEM_ACCESSTOKEN is missing/],
    [{}, /^GRAPH_ACCESS_TOKEN is missing: every documented request to https:/],
    [{ ...ids, AZURE_CLIENT_SECRET: '' }, /is set but empty/],
  ] as const)
    expect(sentence(env)).toMatch(says);
});

test('malformed values are refused without being shown where they are secret', () => {
  for (const value of ['canary\n', ' canary', 'canary canary', 'canaryü'])
    for (const name of ['AZURE_CLIENT_SECRET', 'GRAPH_ACCESS_TOKEN'])
      expect(sentence({ ...(name.startsWith('AZURE') && ids), [name]: value })).toMatch(/ in it: /);
  for (const tenant of ['common', 'organizations', 'consumers', 'a/b', '..', 'a..b', 'a b', 'a?b'])
    expect(sentence({ ...ids, ...secret, AZURE_TENANT_ID: tenant })).toMatch(/expected one tenant/);
  for (const client of ['name', `${ids.AZURE_CLIENT_ID}0`, '../x'])
    expect(sentence({ ...ids, ...secret, AZURE_CLIENT_ID: client })).toMatch(/a GUID/);
  expect(methodsOf({ ...ids, ...secret, AZURE_TENANT_ID: 'contoso.onmicrosoft.com' })).toHaveLength(
    1,
  );
});

test('a readable token of a work tenant is no token of a personal account', () => {
  const personal = (tid?: string) => ({
    ...token,
    GRAPH_PERSONAL_ACCESS_TOKEN: unsigned({ ...(tid && { tid }) }),
  });
  expect(sentence(personal(ids.AZURE_TENANT_ID), target)).toMatch(
    /^GRAPH_PERSONAL_ACCESS_TOKEN belongs to a work or school tenant: /,
  );
  // Those of all personal accounts, and a token that does not say.
  for (const tid of ['9188040d-6c67-4c5b-b112-36a304b66dad', undefined])
    expect(methodsOf(personal(tid), target)).toEqual(['token']);
});

test('a device code is refused in CI', () => {
  expect(sentence({ ...ids, GRAPH_SIGN_IN: 'device-code', CI: 'true' })).toMatch(
    /needs a user at a desk/,
  );
});

for (const { graph, login: host, name } of clouds)
  test(`cloud ${name}: Graph, sign-in host and scope belong together`, async () => {
    const of = { baseUrl: `${graph}/v1.0`, isMock: false };
    const [plan] = planSignIn({ ...ids, ...secret }, of);
    expect(plan).toMatchObject({ graph, cloud: { login: host } });
    expect(planSignIn({ ...ids, ...secret, AZURE_AUTHORITY_HOST: host }, of)[0]).toEqual(plan);
    for (const spelling of [`${host}/`, new URL(host).host, host.toUpperCase()])
      expect(methodsOf({ ...ids, ...secret, AZURE_AUTHORITY_HOST: spelling }, of)).toHaveLength(1);
    if (!plan || !('cloud' in plan)) throw new Error('not planned');
    expect(JSON.parse(authOf(plan).authorityMetadata ?? '').token_endpoint).toBe(
      `${host}/${ids.AZURE_TENANT_ID}/oauth2/v2.0/token`,
    );
    for (const other of clouds.filter((cloud) => cloud.login !== host))
      for (const method of [
        secret,
        { GRAPH_SIGN_IN: 'managed-identity' },
        { GRAPH_SIGN_IN: 'azure-cli' },
      ])
        expect(sentence({ ...ids, ...method, AZURE_AUTHORITY_HOST: other.login }, of)).toMatch(
          /the sign-in host of another cloud: .+ goes with/,
        );
  });

test('other hosts get no credential: nothing is sent to them', async ({ provide }) => {
  const provider = await provide();
  const env = at(provider, secret);
  // A Graph in the cloud with a sign-in host on this machine.
  expect(sentence(env)).toMatch(/not a known sign-in host: .+ goes with https:\/\/login/);
  for (const host of [
    'https://login.microsoftonline.com.evil.example',
    'https://evil.example/login.microsoftonline.com',
    'https://login.microsoftonline.com@evil.example',
    'https://login.microsoftonline.com:444',
    'http://login.microsoftonline.com',
    'https://login.microsoftonline.com/path',
    'https://login.microsoftonline.com?x',
    'https://login.microsoftonline.com\\@evil.example',
    'ftp://login.microsoftonline.com',
    'https://',
    'evil.example',
    'https://login.microsoftonline.de',
  ])
    expect(sentence({ ...ids, ...secret, AZURE_AUTHORITY_HOST: host })).toMatch(
      /^AZURE_AUTHORITY_HOST /,
    );
  for (const baseUrl of [
    'https://graph.microsoft.com.evil.example/v1.0',
    'http://graph.microsoft.com/v1.0',
    'https://graph.microsoft.com:444/v1.0',
  ])
    for (const method of [
      secret,
      { GRAPH_SIGN_IN: 'managed-identity' },
      { GRAPH_SIGN_IN: 'azure-cli' },
    ])
      expect(sentence({ ...ids, ...method }, { baseUrl, isMock: false })).toMatch(
        /^GRAPH_BASE_URL names .+, which no sign-in is known for/,
      );
  expect(provider.requests).toEqual([]);
});

test('this machine goes with this machine only', async ({ provide }) => {
  const provider = await provide();
  expect(sentence({ ...ids, ...secret }, target)).toMatch(/^AZURE_AUTHORITY_HOST is missing/);
  const real = { AZURE_AUTHORITY_HOST: 'https://login.microsoftonline.com' };
  expect(sentence({ ...ids, ...secret, ...real }, target)).toMatch(/on this machine only/);
  expect(sentence({ ...ids, ...login, ...gitHub }, target)).toMatch(
    /^ACTIONS_ID_TOKEN_REQUEST_URL is not an endpoint .+this machine/,
  );
  expect(sentence({ GRAPH_SIGN_IN: 'managed-identity' }, target)).toMatch(
    /^IDENTITY_ENDPOINT is missing/,
  );
  const local = provider.platforms.GitHub;
  expect(sentence({ ...ids, ...local })).toMatch(/^ACTIONS_ID_TOKEN_REQUEST_URL .+an https URL/);
  expect(provider.requests).toEqual([]);
});

test('a plan shows no secret, and lists those it holds', () => {
  const envs: Environment[] = [
    token,
    { ...ids, ...secret },
    { ...ids, ...gitHub },
    { ...ids, ...pipelines },
    { GRAPH_SIGN_IN: 'managed-identity', IDENTITY_HEADER: 'canary~header~value' },
  ];
  for (const env of envs) {
    const plans = planSignIn(env, cloud);
    showsNone(plans, ['canary']);
    for (const plan of plans) {
      expect(secretsOf(plan)).toEqual([expect.stringContaining('canary')]);
      showsNone(describePlan(plan), ['canary']);
    }
  }
});
