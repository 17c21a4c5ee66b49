import { expect, test } from '@playwright/test';
import { readConfiguration } from '../../../fixtures/configuration/configuration.ts';
import { type Environment, variables } from '../../../fixtures/configuration/variables.ts';
import { complaintAbout, expectOneSentence, secret } from '../support/configuration-error.ts';

const tenant = '98b7e341-e341-98b7-41e3-b79841e3b798';
const own = {
  GRAPH_BASE_URL: 'http://127.0.0.1:8080/v1.0',
  GRAPH_ACCESS_TOKEN: secret,
  GRAPH_USER_ID: 'ada@example.org',
};
const live = {
  ...own,
  GRAPH_BASE_URL: 'https://graph.microsoft.com/v1.0',
  GRAPH_LIVE_TENANT: tenant,
};
const { GRAPH_ACCESS_TOKEN: _t, ...tokenless } = own;
const { GRAPH_USER_ID: _u, ...userless } = own;
const { GRAPH_LIVE_TENANT: _l, ...tenantless } = live;
const url = (GRAPH_BASE_URL: string): Environment => ({ ...own, GRAPH_BASE_URL });
const at = (GRAPH_BASE_URL: string): Environment => ({ ...tenantless, GRAPH_BASE_URL });
const token = (GRAPH_ACCESS_TOKEN: string): Environment => ({ ...own, GRAPH_ACCESS_TOKEN });
const user = (GRAPH_USER_ID: string): Environment => ({ ...own, GRAPH_USER_ID });

type Bad = readonly [what: string, env: Environment, name: string, ...parts: string[]];

const root =
  'expected the service root with its version, such as https://graph.microsoft.com/v1.0.';
const listener = 'names the address that a server listens at';

// biome-ignore format: a row a line
const bad: readonly Bad[] = [
  ['a text that is not a URL', url('graph.microsoft.com/v1.0'), 'GRAPH_BASE_URL', 'is not a URL', root],
  ['a URL without its scheme', url('localhost:8080/v1.0'), 'GRAPH_BASE_URL', 'begins with neither http:// nor https://', root],
  ['a URL with a query', url('http://127.0.0.1/v1.0?api-version=1'), 'GRAPH_BASE_URL', 'has a query or fragment', root],
  ['a URL with a backslash', url('http://127.0.0.1\\v1.0'), 'GRAPH_BASE_URL', 'has a backslash', root],
  ['a URL with a password', url('http://ada:canary@127.0.0.1/v1.0'), 'GRAPH_BASE_URL', 'carries a user name or password', root],
  ['a URL without version', url('https://graph.microsoft.com'), 'GRAPH_BASE_URL', 'ends in no version', root],
  ['a URL of a route', url('http://127.0.0.1:8080/v1.0/me/registeredDevices/$ref'), 'GRAPH_BASE_URL', 'goes on behind its version', root],
  ['plain http to another machine', { ...live, GRAPH_BASE_URL: 'http://graph.microsoft.com/v1.0' }, 'GRAPH_BASE_URL', 'begins with http://: expected https://'],
  ['where a server listens', url('http://0.0.0.0:8080/v1.0'), 'GRAPH_BASE_URL', listener],
  ['another machine without its tenant', tenantless, 'GRAPH_LIVE_TENANT', 'is missing', 'name the tenant'],
  ['a mock in a container, by its name', at('http://graph-mock:8080/v1.0'), 'GRAPH_LIVE_TENANT', 'is missing', 'or be declared by GRAPH_MOCK_HOST'],
  ['a tenant by its name', { ...live, GRAPH_LIVE_TENANT: 'contoso.onmicrosoft.com' }, 'GRAPH_LIVE_TENANT', 'is not valid: expected the id of a tenant, a GUID.'],
  ['two tenants', { ...live, AZURE_TENANT_ID: tenant.replace('9', '8') }, 'GRAPH_LIVE_TENANT', 'and AZURE_TENANT_ID name different tenants: expected the same id.'],
  ['a token without target', { GRAPH_ACCESS_TOKEN: secret }, 'GRAPH_BASE_URL', 'is missing: set it, or unset GRAPH_ACCESS_TOKEN to judge'],
  ['a target without token', tokenless, 'GRAPH_ACCESS_TOKEN', 'is missing', 'bearer token'],
  ['a target without user', userless, 'GRAPH_USER_ID', 'is missing', 'CONTRACT_ROUTES=me'],
  ['a token with a line break', token(`${secret}\n`), 'GRAPH_ACCESS_TOKEN', 'has a line break in it: expected the bare token', 'one line'],
  ['a token with its scheme', token(`Bearer ${secret}`), 'GRAPH_ACCESS_TOKEN', 'has a blank in it', 'without "Bearer"'],
  ['a token with a control character', token(`${secret}\u0007`), 'GRAPH_ACCESS_TOKEN', 'has a character in it that is not printable ASCII'],
  ['a user with a blank', user('ada lovelace'), 'GRAPH_USER_ID', 'has a blank in it'],
  ['a user that is encoded already', user('ada%40example.org'), 'GRAPH_USER_ID', 'is not valid', '"%"'],
  ['a certificate that nobody checks', { ...live, NODE_TLS_REJECT_UNAUTHORIZED: '0' }, 'NODE_TLS_REJECT_UNAUTHORIZED', 'unset'],
  ['an unknown route', { CONTRACT_ROUTES: 'me,devices' }, 'CONTRACT_ROUTES', 'is not valid: expected some of me, users'],
  ['a switch that is neither on nor off', { CONTRACT_STRICT: 'yes' }, 'CONTRACT_STRICT', 'is not valid: expected true or false.'],
  ['an empty path among several', { CONTRACT_RECORDING: 'a,,b' }, 'CONTRACT_RECORDING', 'is not valid', 'separate several with commas'],
];
for (const [what, env, name, ...parts] of bad)
  test(`${what} is refused in one sentence that names ${name}`, () => {
    const message = complaintAbout(env);
    expectOneSentence(message);
    expect(message).toMatch(new RegExp(`^${name}\\b`));
    for (const part of parts) expect(message).toContain(part);
  });

/** Environments that lack several variables, and the names that one sentence must tell, in this order. */
// biome-ignore format: a row a line
const lacking: readonly (readonly [what: string, env: Environment, names: readonly string[]])[] = [
  ['a tenant by its URL alone', { GRAPH_BASE_URL: live.GRAPH_BASE_URL }, ['GRAPH_USER_ID', 'GRAPH_LIVE_TENANT', 'GRAPH_ACCESS_TOKEN']],
  ['a tenant with the secret of an application', { GRAPH_BASE_URL: live.GRAPH_BASE_URL, AZURE_CLIENT_SECRET: secret }, ['GRAPH_USER_ID', 'GRAPH_LIVE_TENANT', 'AZURE_TENANT_ID and AZURE_CLIENT_ID']],
  ['a mock with a chosen sign-in', { GRAPH_BASE_URL: own.GRAPH_BASE_URL, GRAPH_SIGN_IN: 'managed-identity' }, ['GRAPH_USER_ID']],
];
for (const [what, env, names] of lacking)
  test(`${what} is told all that is missing at once: ${names.join(', ')}`, () => {
    const message = complaintAbout(env);
    expectOneSentence(message);
    const told = [...message.matchAll(/(?:^|; )([A-Z_]+(?: and [A-Z_]+)?) (?:is|are) missing: ./g)];
    expect(told.map(([, each]) => each)).toEqual(names);
  });

test('a wrong variable is told alone, before all that is missing', () => {
  const GRAPH_LIVE_TENANT = 'contoso';
  const said = complaintAbout({ GRAPH_BASE_URL: live.GRAPH_BASE_URL, GRAPH_LIVE_TENANT });
  expect(said).toMatch(/^GRAPH_LIVE_TENANT (?!.*missing)/);
});

const numbers = { CONTRACT_SEED: [0, 2 ** 31 - 1], CONTRACT_SAMPLES: [1, 100_000] } as const;
const none = ['1.5', '-1', '1e3', 'NaN', ' 5', '٣'];
for (const [variable, [min, max]] of Object.entries(numbers))
  test(`${variable} is a whole number from ${min} to ${max}`, () => {
    for (const value of [...none, '9'.repeat(20), String(max + 1), String(min - 1)])
      expect(complaintAbout({ [variable]: value })).toContain(
        `: expected a whole number from ${min} to ${max}.`,
      );
    for (const value of [min, max]) {
      const { seed, samples } = readConfiguration({ [variable]: String(value) });
      expect([seed, samples]).toContain(value);
    }
  });

/** What a CI leaves in a variable that nobody filled in, and what docker's --env-file makes of quotes. */
const unfilled: Readonly<Record<string, string>> = {
  '': 'is set but empty',
  '$(Graph.Token)': 'holds a placeholder',
  '${{ secrets.TOKEN }}': 'holds a placeholder',
  '"a-value"': 'begins or ends with a quotation mark',
};
for (const [value, fault] of Object.entries(unfilled))
  test(`every variable with ${value || 'nothing in it'} is refused by its name: it ${fault}`, () => {
    // Those of Azure's tools are read where the sign-in is planned.
    for (const name of Object.keys(variables).filter((each) => !each.startsWith('AZURE_'))) {
      const message = complaintAbout({ ...live, [name]: value });
      expectOneSentence(message);
      expect(message).toMatch(new RegExp(`^${name} ${fault}`));
    }
  });

test('several variables that nobody filled in are told at once', () => {
  const message = complaintAbout({ ...live, GRAPH_USER_ID: '', GRAPH_ACCESS_TOKEN: '$(TOKEN)' });
  expectOneSentence(message);
  expect(message).toMatch(/^GRAPH_USER_ID is set but empty.+; GRAPH_ACCESS_TOKEN holds a placeh/);
});

// biome-ignore format: a row a line
const misspelt: readonly (readonly [unknown: string, hint: string])[] = [
  ['GRAPH_USERID', 'did you mean GRAPH_USER_ID?'],
  ['GRAPH_ACCES_TOKEN', 'did you mean GRAPH_ACCESS_TOKEN?'],
  // Further away by letters, but with all its words.
  ['GRAPH_URL', 'did you mean GRAPH_BASE_URL?'],
  ['CONTRACT_FOO', 'see .env.example.'],
];
for (const [unknown, hint] of misspelt)
  test(`${unknown} is refused: ${hint}`, () => {
    expect(complaintAbout({ ...own, [unknown]: secret })).toBe(
      `${unknown} is not a variable of this suite: ${hint}`,
    );
  });
