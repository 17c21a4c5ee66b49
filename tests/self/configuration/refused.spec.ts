import { expect, test } from '@playwright/test';
import { readConfiguration } from '../../../fixtures/configuration/configuration.ts';
import { variables } from '../../../fixtures/configuration/table.ts';
import type { Environment } from '../../../fixtures/configuration/variables.ts';
import {
  complaintAbout,
  declared,
  expectOneSentence,
  live,
  local,
  secret,
  tenant,
} from '../support/configuration-error.ts';
import { unsigned } from '../support/sign-in.ts';

const url = (GRAPH_BASE_URL: string): Environment => ({ ...local, GRAPH_BASE_URL });
const at = (GRAPH_BASE_URL: string) => ({ ...url(GRAPH_BASE_URL), GRAPH_LIVE_TENANT: undefined });
const token = (GRAPH_ACCESS_TOKEN: string) => ({ ...local, GRAPH_ACCESS_TOKEN });
const user = (GRAPH_USER_ID?: string) => ({ ...local, GRAPH_USER_ID });
const issued = (claims: object) => declared('mock', { GRAPH_ACCESS_TOKEN: unsigned(claims) });

const root =
  ': expected the service root with its version, such as https://graph.microsoft.com/v1.0.';
const differ =
  'GRAPH_MOCK_HOST and GRAPH_BASE_URL name different hosts: expected the same host alone, letter by letter';
const microsofts = 'is a token that Microsoft issued or that is for its services, and ';

/** How the sentence begins, and what else is in it. */
// biome-ignore format: a row a line
const bad: readonly (readonly [what: string, env: Environment, begins: string, ...parts: string[]])[] = [
  ['a URL without its scheme', url('localhost:8080/v1.0'), `GRAPH_BASE_URL begins with neither http:// nor https://${root}`],
  ['a URL that is none', url('http://a b/v1.0'), `GRAPH_BASE_URL has a blank in it${root}`],
  ['a URL with a query', url('http://127.0.0.1/v1.0?api-version=1'), `GRAPH_BASE_URL has a query or fragment${root}`],
  ['a URL with a password', url('http://ada:canary@127.0.0.1/v1.0'), `GRAPH_BASE_URL carries a user name or password${root}`],
  ['a URL without version', url('https://graph.microsoft.com'), `GRAPH_BASE_URL ends in no version${root}`],
  ['a URL of a route', url('http://127.0.0.1:8080/v1.0/me/registeredDevices/$ref'), `GRAPH_BASE_URL goes on behind its version${root}`],
  ['plain http to another machine', { ...live, GRAPH_BASE_URL: 'http://graph.microsoft.com/v1.0' }, 'GRAPH_BASE_URL begins with http://: expected https://'],
  ['where a server listens', url('http://0.0.0.0:8080/v1.0'), 'GRAPH_BASE_URL names the address that a server listens at'],
  ['a mock in a container, by its name', at('http://graph-mock:8080/v1.0'), 'GRAPH_LIVE_TENANT is missing', 'name the tenant', 'or be declared by GRAPH_MOCK_HOST'],
  ['a tenant by its name, which is told before what is missing', { GRAPH_BASE_URL: live.GRAPH_BASE_URL, GRAPH_LIVE_TENANT: 'contoso.onmicrosoft.com' }, 'GRAPH_LIVE_TENANT is not valid: expected the id of a tenant, a GUID.'],
  ['two tenants', { ...live, AZURE_TENANT_ID: tenant.replace('9', '8') }, 'GRAPH_LIVE_TENANT and AZURE_TENANT_ID name different tenants: expected the same id.'],
  ['a token without target', { GRAPH_ACCESS_TOKEN: secret }, 'GRAPH_BASE_URL is missing: set it, or unset GRAPH_ACCESS_TOKEN to judge'],
  ['a target without token', { ...local, GRAPH_ACCESS_TOKEN: undefined }, 'GRAPH_ACCESS_TOKEN is missing', 'bearer token'],
  ['a target without user', user(), 'GRAPH_USER_ID is missing', 'CONTRACT_ROUTES=me'],
  ['a token with a line break', token(`${secret}\n`), 'GRAPH_ACCESS_TOKEN has a line break in it: expected the bare token', 'one line'],
  ['a token with its scheme', token(`Bearer ${secret}`), 'GRAPH_ACCESS_TOKEN has a blank in it', 'without "Bearer"'],
  ['a token with a control character', token(`${secret}\u0007`), 'GRAPH_ACCESS_TOKEN has a character in it that is not printable ASCII'],
  ['a user with a blank', user('ada lovelace'), 'GRAPH_USER_ID has a blank in it'],
  ['a user that is encoded already', user('ada%40example.org'), 'GRAPH_USER_ID is not valid', '"%"'],
  ['a certificate that nobody checks', { ...live, NODE_TLS_REJECT_UNAUTHORIZED: '0' }, 'NODE_TLS_REJECT_UNAUTHORIZED', 'unset'],
  ['an unknown route', { CONTRACT_ROUTES: 'me,devices' }, 'CONTRACT_ROUTES is not valid: expected one of me, users (separate several with commas).'],
  ['a switch that is neither on nor off', { CONTRACT_STRICT: 'yes' }, 'CONTRACT_STRICT is not valid: expected true or false.'],
  ['an empty path among several', { CONTRACT_RECORDING: 'a,,b' }, 'CONTRACT_RECORDING is not valid', 'separate several with commas'],
  ['a misspelt variable', { GRAPH_ACCES_TOKEN: secret }, 'GRAPH_ACCES_TOKEN is not a variable of this suite: did you mean GRAPH_ACCESS_TOKEN?'],
  ['all words of a variable', { GRAPH_URL: secret }, 'GRAPH_URL is not a variable of this suite: did you mean GRAPH_BASE_URL?'],
  ['an unknown variable', { CONTRACT_FOO: secret }, 'CONTRACT_FOO is not a variable of this suite: see .env.example.'],
  ['several that nobody filled in', { ...live, GRAPH_USER_ID: '', GRAPH_ACCESS_TOKEN: '$(TOKEN)' }, 'GRAPH_USER_ID is set but empty', '; GRAPH_ACCESS_TOKEN holds a placeholder'],
  ['a mock of another host', { ...declared('mock:8080'), GRAPH_MOCK_HOST: 'other:8080' }, differ],
  ['a mock without the port that the URL has', { ...declared('mock:8080'), GRAPH_MOCK_HOST: 'mock' }, differ],
  ['a mock that is Microsoft Graph', declared('graph.microsoft.com'), 'GRAPH_MOCK_HOST names Microsoft Graph: '],
  ['a mock without a target', { GRAPH_MOCK_HOST: 'mock' }, 'GRAPH_BASE_URL is missing: set it, or unset GRAPH_MOCK_HOST '],
  ['a mock and a tenant', declared('mock', { GRAPH_LIVE_TENANT: tenant }), 'GRAPH_MOCK_HOST and GRAPH_LIVE_TENANT are both set: a target is a mock or a tenant'],
  ['a mock with a secret in place of the token', declared('mock', { GRAPH_ACCESS_TOKEN: undefined, AZURE_CLIENT_SECRET: 's' }), 'GRAPH_ACCESS_TOKEN is missing: token needs GRAPH_ACCESS_TOKEN.'],
  ['a mock with a token for Graph', issued({ aud: 'https://graph.microsoft.com' }), `GRAPH_ACCESS_TOKEN ${microsofts}`],
  ["a mock with a token for Graph's id", issued({ aud: '00000003-0000-0000-c000-000000000000' }), `GRAPH_ACCESS_TOKEN ${microsofts}`],
  ['a mock with a token of the issuer', issued({ iss: `https://login.microsoftonline.com/${tenant}/v2.0` }), `GRAPH_ACCESS_TOKEN ${microsofts}`],
  ['a mock with a token of another cloud', issued({ iss: `https://login.partner.microsoftonline.cn/${tenant}` }), `GRAPH_ACCESS_TOKEN ${microsofts}`],
  ['a mock with a personal token for Graph', declared('mock', { GRAPH_PERSONAL_ACCESS_TOKEN: unsigned({ aud: 'graph.microsoft.com' }) }), `GRAPH_PERSONAL_ACCESS_TOKEN ${microsofts}`],
];
for (const [what, env, begins, ...parts] of bad)
  test(`${what} is refused in one sentence: ${begins}`, () => {
    const message = complaintAbout(env);
    expectOneSentence(message, begins);
    for (const part of parts) expect(message).toContain(part);
    for (const value of Object.values(env))
      if (value && value.length > 40) expect(message.includes(value)).toBe(false);
  });

/** Environments that lack several variables, and the names that one sentence must tell, in this order. */
// biome-ignore format: a row a line
const lacking: readonly (readonly [what: string, env: Environment, names: readonly string[]])[] = [
  ['a tenant by its URL alone', { GRAPH_BASE_URL: live.GRAPH_BASE_URL }, ['GRAPH_USER_ID', 'GRAPH_LIVE_TENANT', 'GRAPH_ACCESS_TOKEN']],
  ['a tenant with the secret of an application', { GRAPH_BASE_URL: live.GRAPH_BASE_URL, AZURE_CLIENT_SECRET: secret }, ['GRAPH_USER_ID', 'GRAPH_LIVE_TENANT', 'AZURE_TENANT_ID and AZURE_CLIENT_ID']],
  ['a mock with a chosen sign-in', { GRAPH_BASE_URL: local.GRAPH_BASE_URL, GRAPH_SIGN_IN: 'managed-identity' }, ['GRAPH_USER_ID']],
];
for (const [what, env, names] of lacking)
  test(`${what} is told all that is missing at once: ${names.join(', ')}`, () => {
    const message = complaintAbout(env);
    expectOneSentence(message);
    const told = [...message.matchAll(/(?:^|; )([A-Z_]+(?: and [A-Z_]+)?) (?:is|are) missing: ./g)];
    expect(told.map(([, each]) => each)).toEqual(names);
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
    for (const name of Object.keys(variables).filter((each) => !each.startsWith('AZURE_')))
      expectOneSentence(complaintAbout({ ...live, [name]: value }), `${name} ${fault}`);
  });
