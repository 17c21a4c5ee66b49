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

const root =
  ': expected the service root with its version, such as https://graph.microsoft.com/v1.0.';
const differ = 'GRAPH_MOCK_HOST and GRAPH_BASE_URL name different hosts: ';
const foreign = 'is a token that Microsoft issued or that is for its services, and ';
const mock = declared('mock:8080');

/** What an environment has more, how the sentence begins, and what else is in it. */
// biome-ignore format: a row a line
const bad: readonly (readonly [of: Environment, more: Environment, begins: string, ...parts: string[]])[] = [
  [local, { GRAPH_BASE_URL: 'localhost:8080/v1.0' }, `GRAPH_BASE_URL begins with neither http:// nor https://${root}`],
  [local, { GRAPH_BASE_URL: 'http://127.0.0.1/v1.0?api-version=1' }, `GRAPH_BASE_URL has a query or fragment${root}`],
  [local, { GRAPH_BASE_URL: 'http://ada:canary@127.0.0.1/v1.0' }, `GRAPH_BASE_URL carries a user name or password${root}`],
  [local, { GRAPH_BASE_URL: 'https://graph.microsoft.com' }, `GRAPH_BASE_URL ends in no version${root}`],
  [local, { GRAPH_BASE_URL: 'http://127.0.0.1/v1.0/me/registeredDevices/$ref' }, `GRAPH_BASE_URL goes on behind its version${root}`],
  [local, { GRAPH_BASE_URL: 'http://0.0.0.0:8080/v1.0' }, 'GRAPH_BASE_URL names the address that a server listens at'],
  [local, { GRAPH_BASE_URL: 'http://graph-mock:8080/v1.0' }, 'GRAPH_LIVE_TENANT is missing', 'name the tenant', 'or declared by GRAPH_MOCK_HOST'],
  [local, { GRAPH_ACCESS_TOKEN: undefined }, 'GRAPH_ACCESS_TOKEN is missing', 'bearer token'],
  [local, { GRAPH_USER_ID: undefined }, 'GRAPH_USER_ID is missing', 'CONTRACT_ROUTES=me'],
  [local, { GRAPH_ACCESS_TOKEN: `${secret}\n` }, 'GRAPH_ACCESS_TOKEN has a line break in it: expected the bare token', 'one line'],
  [local, { GRAPH_ACCESS_TOKEN: `Bearer ${secret}` }, 'GRAPH_ACCESS_TOKEN has a blank in it', 'without "Bearer"'],
  [local, { GRAPH_ACCESS_TOKEN: `${secret}\u0007` }, 'GRAPH_ACCESS_TOKEN has a character in it that is not printable ASCII'],
  [local, { GRAPH_USER_ID: 'ada lovelace' }, 'GRAPH_USER_ID has a blank in it'],
  [local, { GRAPH_USER_ID: 'ada%40example.org' }, 'GRAPH_USER_ID is not valid', '"%"'],
  [live, { GRAPH_BASE_URL: 'http://graph.microsoft.com/v1.0' }, 'GRAPH_BASE_URL begins with http://: expected https://'],
  [live, { GRAPH_LIVE_TENANT: 'contoso.onmicrosoft.com', GRAPH_USER_ID: undefined }, 'GRAPH_LIVE_TENANT is not valid: expected the id of a tenant, a GUID.'],
  [live, { AZURE_TENANT_ID: tenant.replace('9', '8') }, 'GRAPH_LIVE_TENANT and AZURE_TENANT_ID name different tenants: expected the same id.'],
  [live, { NODE_TLS_REJECT_UNAUTHORIZED: '0' }, 'NODE_TLS_REJECT_UNAUTHORIZED', 'unset'],
  [live, { GRAPH_USER_ID: '', GRAPH_ACCESS_TOKEN: '$(TOKEN)' }, 'GRAPH_USER_ID is set but empty', '; GRAPH_ACCESS_TOKEN holds a placeholder'],
  [{}, { GRAPH_ACCESS_TOKEN: secret }, 'GRAPH_BASE_URL is missing: set it, or unset GRAPH_ACCESS_TOKEN to judge'],
  [{}, { GRAPH_MOCK_HOST: 'mock' }, 'GRAPH_BASE_URL is missing: set it, or unset GRAPH_MOCK_HOST '],
  [{}, { CONTRACT_ROUTES: 'me,devices' }, 'CONTRACT_ROUTES is not valid: expected one of me, users (separate several with commas).'],
  [{}, { CONTRACT_RECORDING: 'a,,b' }, 'CONTRACT_RECORDING is not valid', 'separate several with commas'],
  [{}, { GRAPH_ACCES_TOKEN: secret }, 'GRAPH_ACCES_TOKEN is not a variable of this suite: did you mean GRAPH_ACCESS_TOKEN?'],
  // Further away by letters, but with all its words.
  [{}, { GRAPH_URL: secret }, 'GRAPH_URL is not a variable of this suite: did you mean GRAPH_BASE_URL?'],
  [{}, { CONTRACT_FOO: secret }, 'CONTRACT_FOO is not a variable of this suite: see .env.example.'],
  [mock, { GRAPH_MOCK_HOST: 'other:8080' }, differ],
  [mock, { GRAPH_MOCK_HOST: 'mock' }, differ],
  [declared('graph.microsoft.com'), {}, 'GRAPH_MOCK_HOST names Microsoft Graph: '],
  [mock, { GRAPH_LIVE_TENANT: tenant }, 'GRAPH_MOCK_HOST and GRAPH_LIVE_TENANT are both set: a target is a mock or a tenant'],
  [mock, { GRAPH_ACCESS_TOKEN: undefined, AZURE_CLIENT_SECRET: 's' }, 'GRAPH_ACCESS_TOKEN is missing: token needs GRAPH_ACCESS_TOKEN.'],
  ...[{ aud: 'https://graph.microsoft.com' }, { aud: '00000003-0000-0000-c000-000000000000' },
    { iss: `https://login.microsoftonline.com/${tenant}/v2.0` }, { iss: `https://login.partner.microsoftonline.cn/${tenant}` }]
    .map((claims) => [mock, { GRAPH_ACCESS_TOKEN: unsigned(claims) }, `GRAPH_ACCESS_TOKEN ${foreign}`] as const),
  [mock, { GRAPH_PERSONAL_ACCESS_TOKEN: unsigned({ aud: 'graph.microsoft.com' }) }, `GRAPH_PERSONAL_ACCESS_TOKEN ${foreign}`],
];
for (const [of, more, begins, ...parts] of bad)
  test(`${JSON.stringify(more)} is refused: ${begins}`, () => {
    const message = complaintAbout({ ...of, ...more });
    expectOneSentence(message, begins);
    for (const part of parts) expect(message).toContain(part);
    expect(message).not.toContain('.c2ln');
  });

// biome-ignore format: a row a line
const lacking: readonly (readonly [env: Environment, names: readonly string[]])[] = [
  [{ GRAPH_BASE_URL: live.GRAPH_BASE_URL }, ['GRAPH_USER_ID', 'GRAPH_LIVE_TENANT', 'GRAPH_ACCESS_TOKEN']],
  [{ GRAPH_BASE_URL: live.GRAPH_BASE_URL, AZURE_CLIENT_SECRET: secret }, ['GRAPH_USER_ID', 'GRAPH_LIVE_TENANT', 'AZURE_TENANT_ID and AZURE_CLIENT_ID']],
  [{ GRAPH_BASE_URL: local.GRAPH_BASE_URL, GRAPH_SIGN_IN: 'managed-identity' }, ['GRAPH_USER_ID']],
];
for (const [env, names] of lacking)
  test(`who sets ${Object.keys(env)} is told all that is missing at once: ${names}`, () => {
    const message = complaintAbout(env);
    expectOneSentence(message);
    const told = [...message.matchAll(/(?:^|; )([A-Z_]+(?: and [A-Z_]+)?) (?:is|are) missing: ./g)];
    expect(told.map(([, each]) => each)).toEqual(names);
  });

const numbers = { CONTRACT_SEED: [0, 2 ** 31 - 1], CONTRACT_SAMPLES: [1, 100_000] } as const;
const none = ['1.5', '-1', '1e3', 'NaN', ' 5', '٣', '9'.repeat(20)];
for (const [name, [min, max]] of Object.entries(numbers))
  test(`${name} is a whole number from ${min} to ${max}`, () => {
    for (const value of [...none, String(max + 1), String(min - 1)])
      expect(complaintAbout({ [name]: value })).toContain(`: expected a whole number from ${min} `);
    for (const value of [min, max]) {
      const { seed, samples } = readConfiguration({ [name]: String(value) });
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
