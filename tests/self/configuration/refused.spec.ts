import { expect, test } from '@playwright/test';
import { readConfiguration } from '../../../fixtures/configuration/configuration.ts';
import {
  type Environment,
  variables,
} from '../../../fixtures/configuration/variables/variables.ts';
import { complaintAbout, expectOneSentence, secret } from '../support/configuration-error.ts';
import { contract } from '../support/run.ts';

const own = {
  GRAPH_BASE_URL: 'http://127.0.0.1:8080/v1.0',
  GRAPH_ACCESS_TOKEN: secret,
  GRAPH_USER_ID: 'ada@example.org',
};
const tenant = '98b7e341-e341-98b7-41e3-b79841e3b798';
const live = {
  ...own,
  GRAPH_BASE_URL: 'https://graph.microsoft.com/v1.0',
  GRAPH_LIVE_TENANT: tenant,
};

type Bad = readonly [
  env: Environment,
  variable: string,
  found: string | RegExp,
  expected: string | RegExp,
];

const { GRAPH_BASE_URL: _b, ...baseless } = own;
const { GRAPH_ACCESS_TOKEN: _t, ...tokenless } = own;
const { GRAPH_USER_ID: _u, ...userless } = own;
const { GRAPH_LIVE_TENANT: _l, ...tenantless } = live;
const url = (GRAPH_BASE_URL: string): Environment => ({ ...own, GRAPH_BASE_URL });
const token = (GRAPH_ACCESS_TOKEN: string): Environment => ({ ...own, GRAPH_ACCESS_TOKEN });
const user = (GRAPH_USER_ID: string): Environment => ({ ...own, GRAPH_USER_ID });

const bad: Readonly<Record<string, Bad>> = {
  'a text that is not a URL': [
    url('graph.microsoft.com/v1.0'),
    'GRAPH_BASE_URL',
    'graph.microsoft.com/v1.0',
    'https://graph.microsoft.com/v1.0',
  ],
  'a URL with an impossible port': [
    url('https://graph.microsoft.com:99999/v1.0'),
    'GRAPH_BASE_URL',
    '99999',
    'service root',
  ],
  'an ftp URL': [url('ftp://graph.microsoft.com/v1.0'), 'GRAPH_BASE_URL', 'ftp:', 'service root'],
  'a file URL': [url('file:///v1.0'), 'GRAPH_BASE_URL', 'file:', 'service root'],
  'a URL with a query': [
    url('http://127.0.0.1/v1.0?api-version=1'),
    'GRAPH_BASE_URL',
    'query',
    'service root',
  ],
  'a URL with an empty query': [
    url('http://127.0.0.1/v1.0?'),
    'GRAPH_BASE_URL',
    'query',
    'service root',
  ],
  'a URL with a fragment': [
    url('http://127.0.0.1/v1.0#x'),
    'GRAPH_BASE_URL',
    'fragment',
    'service root',
  ],
  'a URL with a backslash': [
    url('http://127.0.0.1\\v1.0'),
    'GRAPH_BASE_URL',
    'backslash',
    'service root',
  ],
  'a URL with a password': [
    url(`http://ada:${secret}@127.0.0.1/v1.0`),
    'GRAPH_BASE_URL',
    'password',
    'service root',
  ],
  'a URL without version': [
    url('https://graph.microsoft.com'),
    'GRAPH_BASE_URL',
    'no version',
    'https://graph.microsoft.com/v1.0 ',
  ],
  'a URL with a slash and no version': [
    url('https://graph.microsoft.com/'),
    'GRAPH_BASE_URL',
    'no version',
    'https://graph.microsoft.com/v1.0 ',
  ],
  'a URL with a prefix and no version': [
    url('http://127.0.0.1:8080/graph/'),
    'GRAPH_BASE_URL',
    'no version',
    'http://127.0.0.1:8080/graph/v1.0 ',
  ],
  'a URL of a route': [
    url('http://127.0.0.1:8080/v1.0/me/registeredDevices/$ref'),
    'GRAPH_BASE_URL',
    'behind its version',
    /did you mean http:\/\/127\.0\.0\.1:8080\/v1\.0\?$/,
  ],
  'a URL of a route below a prefix and beta': [
    url('http://127.0.0.1/graph/beta/users/v1.0/x/'),
    'GRAPH_BASE_URL',
    'behind its version',
    /did you mean http:\/\/127\.0\.0\.1\/graph\/beta\?$/,
  ],
  'a version without number': [url('http://127.0.0.1/v1'), 'GRAPH_BASE_URL', 'no version', '/v1.0'],
  'a version that only ends so': [
    url('http://127.0.0.1/xbeta'),
    'GRAPH_BASE_URL',
    'no version',
    '/beta',
  ],
  'plain http to another machine': [
    { ...live, GRAPH_BASE_URL: 'http://graph.microsoft.com/v1.0' },
    'GRAPH_BASE_URL',
    'http:',
    'https',
  ],
  'where a server listens': [
    url('http://0.0.0.0:8080/v1.0'),
    'GRAPH_BASE_URL',
    '0.0.0.0, which is where a server listens',
    /did you mean http:\/\/127\.0\.0\.1:8080\/v1\.0\?$/,
  ],
  'where a server listens, in short and beside a tenant': [
    { ...live, GRAPH_BASE_URL: 'https://0/v1.0' },
    'GRAPH_BASE_URL',
    '0.0.0.0, which is where a server listens',
    /did you mean https:\/\/127\.0\.0\.1\/v1\.0\?$/,
  ],
  'where a server listens by IPv6': [
    url('http://[::]:8080/v1.0/'),
    'GRAPH_BASE_URL',
    '[::], which is where a server listens',
    /did you mean http:\/\/\[::1\]:8080\/v1\.0\?$/,
  ],
  'another machine without its tenant': [tenantless, 'GRAPH_LIVE_TENANT', 'missing', 'tenant'],
  'a mock in a container, by its name': [
    url('http://graph-mock:8080/v1.0'),
    'GRAPH_LIVE_TENANT',
    'graph-mock:8080 is not on this machine',
    'a mock must be reachable at a loopback address, such as a published container port',
  ],
  'a name that only begins like this machine': [
    url('http://127.0.0.1.example.org/v1.0'),
    'GRAPH_LIVE_TENANT',
    '127.0.0.1.example.org',
    'tenant',
  ],
  'a name that only begins like localhost': [
    url('http://localhost.example.org/v1.0'),
    'GRAPH_LIVE_TENANT',
    'localhost.example.org',
    'tenant',
  ],
  'a tenant that is a name': [
    { ...live, GRAPH_LIVE_TENANT: 'contoso' },
    'GRAPH_LIVE_TENANT',
    'contoso',
    'GUID',
  ],
  'two tenants': [
    { ...live, AZURE_TENANT_ID: tenant.replace('9', '8') },
    'GRAPH_LIVE_TENANT',
    tenant,
    'same',
  ],
  'a token without target': [
    { GRAPH_ACCESS_TOKEN: secret },
    'GRAPH_BASE_URL',
    'GRAPH_ACCESS_TOKEN is set',
    'unset',
  ],
  'a user without target': [
    { GRAPH_USER_ID: 'ada' },
    'GRAPH_BASE_URL',
    'GRAPH_USER_ID is set',
    'unset',
  ],
  'token and user without target': [baseless, 'GRAPH_BASE_URL', 'missing', 'unset'],
  'a tenant without target': [
    { GRAPH_LIVE_TENANT: tenant },
    'GRAPH_BASE_URL',
    'GRAPH_LIVE_TENANT is set',
    'unset',
  ],
  'a target without token': [tokenless, 'GRAPH_ACCESS_TOKEN', 'missing', 'token'],
  'a target without user': [userless, 'GRAPH_USER_ID', 'missing', 'CONTRACT_ROUTES=me'],
  'a users route without user': [
    { ...userless, CONTRACT_ROUTES: 'users' },
    'GRAPH_USER_ID',
    'missing',
    'user',
  ],
  'a token with a line break': [
    token(`${secret}\n`),
    'GRAPH_ACCESS_TOKEN',
    'line break',
    'one line',
  ],
  'a token over two lines': [
    token(`${secret}\r\nX-Evil: 1`),
    'GRAPH_ACCESS_TOKEN',
    'line break',
    'one line',
  ],
  'a token with its scheme': [
    token(`Bearer ${secret}`),
    'GRAPH_ACCESS_TOKEN',
    'blank',
    'without "Bearer"',
  ],
  'a token with a tab': [token(`${secret}\t`), 'GRAPH_ACCESS_TOKEN', 'blank', 'bare token'],
  'a token with a letter of Turkish': [
    token(`${secret}ı`),
    'GRAPH_ACCESS_TOKEN',
    'outside ASCII',
    'bare token',
  ],
  'a personal token with a line break': [
    { ...own, GRAPH_PERSONAL_ACCESS_TOKEN: `${secret}\n` },
    'GRAPH_PERSONAL_ACCESS_TOKEN',
    'line break',
    'one line',
  ],
  'a user with a slash': [user('ada/messages'), 'GRAPH_USER_ID', 'ada/messages', 'object id'],
  'a user with a backslash': [user('ada\\me'), 'GRAPH_USER_ID', 'ada', 'object id'],
  'a user with a blank': [user('ada lovelace'), 'GRAPH_USER_ID', 'ada lovelace', 'object id'],
  'a user with a line break': [user('ada\n'), 'GRAPH_USER_ID', 'ada', 'object id'],
  'a user that is encoded already': [
    user('ada%40example.org'),
    'GRAPH_USER_ID',
    '%40',
    'object id',
  ],
  'a user with a query': [user('ada?$select=id'), 'GRAPH_USER_ID', 'ada?', 'object id'],
  'a user that leads upwards': [user('..'), 'GRAPH_USER_ID', '..', 'object id'],
  'a certificate that nobody checks': [
    { ...live, NODE_TLS_REJECT_UNAUTHORIZED: '0' },
    'NODE_TLS_REJECT_UNAUTHORIZED',
    'graph.microsoft.com',
    'unset',
  ],
  'an unknown route': [
    { CONTRACT_ROUTES: 'me,devices' },
    'CONTRACT_ROUTES',
    'devices',
    'me, users',
  ],
  'no route': [{ CONTRACT_ROUTES: ',' }, 'CONTRACT_ROUTES', '","', 'me, users'],
  'a route in another case': [{ CONTRACT_ROUTES: 'Me' }, 'CONTRACT_ROUTES', 'Me', 'me, users'],
  'an unknown level': [
    { CONTRACT_LEVELS: 'stated;shown' },
    'CONTRACT_LEVELS',
    'stated;shown',
    'stated, shown, platform',
  ],
  'a switch that is neither on nor off': [
    { CONTRACT_STRICT: 'yes' },
    'CONTRACT_STRICT',
    'yes',
    'true or false',
  ],
  'a switch in another case': [
    { CONTRACT_STRICT: 'True' },
    'CONTRACT_STRICT',
    'True',
    'true or false',
  ],
};

/** Environments that lack several variables, and the names that one sentence must tell, in this order. */
const lacking: Readonly<Record<string, readonly [env: Environment, names: readonly string[]]>> = {
  'a mock by its URL alone': [
    { GRAPH_BASE_URL: own.GRAPH_BASE_URL },
    ['GRAPH_USER_ID', 'GRAPH_ACCESS_TOKEN'],
  ],
  'a tenant by its URL alone': [
    { GRAPH_BASE_URL: live.GRAPH_BASE_URL },
    ['GRAPH_USER_ID', 'GRAPH_LIVE_TENANT', 'GRAPH_ACCESS_TOKEN'],
  ],
  'a tenant with its user': [
    { GRAPH_BASE_URL: live.GRAPH_BASE_URL, GRAPH_USER_ID: 'ada' },
    ['GRAPH_LIVE_TENANT', 'GRAPH_ACCESS_TOKEN'],
  ],
  'a tenant with the secret of an application': [
    { GRAPH_BASE_URL: live.GRAPH_BASE_URL, AZURE_CLIENT_SECRET: secret },
    ['GRAPH_USER_ID', 'GRAPH_LIVE_TENANT', 'AZURE_TENANT_ID and AZURE_CLIENT_ID'],
  ],
  'a mock with a chosen sign-in': [
    { GRAPH_BASE_URL: own.GRAPH_BASE_URL, GRAPH_SIGN_IN: 'managed-identity' },
    ['GRAPH_USER_ID', 'IDENTITY_ENDPOINT'],
  ],
  'a declared mock by its URL alone': [
    { GRAPH_BASE_URL: 'http://mock/v1.0', GRAPH_MOCK_HOST: 'mock' },
    ['GRAPH_USER_ID', 'GRAPH_ACCESS_TOKEN'],
  ],
};
for (const [name, [env, names]] of Object.entries(lacking))
  test(`${name} is told all that is missing at once: ${names.join(', ')}`, () => {
    const message = complaintAbout(env);
    expectOneSentence(message);
    const told = [...message.matchAll(/(?:^|; )([A-Z_]+(?: and [A-Z_]+)?) (?:is|are) missing: ./g)];
    expect(told.map(([, each]) => each)).toEqual(names);
  });

const wrongFirst: Readonly<Record<string, Environment>> = {
  GRAPH_ACCESS_TOKEN: { ...userless, GRAPH_ACCESS_TOKEN: 'a b' },
  GRAPH_LIVE_TENANT: { GRAPH_BASE_URL: live.GRAPH_BASE_URL, GRAPH_LIVE_TENANT: 'contoso' },
  GRAPH_MOCK_HOST: { GRAPH_BASE_URL: live.GRAPH_BASE_URL, GRAPH_MOCK_HOST: 'mock' },
};
for (const [variable, env] of Object.entries(wrongFirst))
  test(`a wrong ${variable} is told alone, before all that is missing`, () => {
    const message = complaintAbout(env);
    expect(message).toMatch(new RegExp(`^${variable} `));
    expect(message).not.toContain('missing');
  });

test('a run says all that is missing in one line', async () => {
  const { code, output } = await contract({ GRAPH_BASE_URL: live.GRAPH_BASE_URL });
  expect(code).toBe(2);
  const [line = '', ...more] = output.trimEnd().split('\n');
  expect(more).toEqual([]);
  for (const name of ['GRAPH_USER_ID', 'GRAPH_LIVE_TENANT', 'GRAPH_ACCESS_TOKEN'])
    expect(line).toContain(`${name} is missing: `);
});

for (const [name, [env, variable, found, expected]] of Object.entries(bad))
  test(`${name} is refused in one sentence that names ${variable}`, () => {
    const message = complaintAbout(env);
    expectOneSentence(message);
    expect(message).toMatch(new RegExp(`^${variable}\\b`));
    for (const part of [found, expected])
      if (typeof part === 'string') expect(message).toContain(part);
      else expect(message).toMatch(part);
  });

const numbers = {
  CONTRACT_SEED: [0, 2 ** 31 - 1],
  CONTRACT_SAMPLES: [1, 100_000],
  CONTRACT_TIMEOUT_MS: [1, 600_000],
  CONTRACT_SLOW_MS: [1, 600_000],
} as const;

for (const [variable, [min, max]] of Object.entries(numbers)) {
  test(`${variable} that is not a whole number from ${min} to ${max} is refused`, () => {
    const none = [
      '1.5',
      '1,5',
      '-1',
      '+1',
      '1e3',
      '0x10',
      '1_000',
      'abc',
      'NaN',
      'Infinity',
      ' 5',
      '5 ',
    ];
    for (const value of [...none, '٣', '9'.repeat(20), String(max + 1), String(min - 1)]) {
      const message = complaintAbout({ [variable]: value });
      expectOneSentence(message);
      expect(message).toBe(
        `${variable} is "${value}": expected a whole number from ${min} to ${max}.`,
      );
    }
  });

  test(`${variable} of ${min} and of ${max} is accepted`, () => {
    for (const value of [min, max]) {
      const { seed, samples, timeoutMs, slowMs } = readConfiguration({ [variable]: String(value) });
      expect([seed, samples, timeoutMs, slowMs]).toContain(value);
    }
  });
}

// Those of the sign-in are read where the sign-in is planned.
const here = Object.keys(variables).filter((name) => !/SIGN_IN|^AZURE/.test(name));
for (const variable of here)
  test(`${variable} that is set to nothing is refused: a secret that CI did not fill in does not mean the mock`, () => {
    const message = complaintAbout({ ...live, [variable]: '' });
    expectOneSentence(message);
    expect(message).toMatch(new RegExp(`^${variable} is set but empty`));
  });

const misspelt: Readonly<Record<string, string>> = {
  GRAPH_BASEURL: 'GRAPH_BASE_URL',
  GRAPH_URL: 'GRAPH_BASE_URL',
  GRAPH_USERID: 'GRAPH_USER_ID',
  GRAPH_ACCES_TOKEN: 'GRAPH_ACCESS_TOKEN',
  CONTRACT_SAMPLE: 'CONTRACT_SAMPLES',
  CONTRACT_SEEDS: 'CONTRACT_SEED',
  CONTRACT_LEVEL: 'CONTRACT_LEVELS',
  CONTRACT_ROUTE: 'CONTRACT_ROUTES',
  CONTRACT_TIMEOUT: 'CONTRACT_TIMEOUT_MS',
  // Further away by letters, but with all its words.
  GRAPH_TOKEN: 'GRAPH_ACCESS_TOKEN',
  GRAPH_ID: 'GRAPH_USER_ID',
  GRAPH_TENANT: 'GRAPH_LIVE_TENANT',
};
for (const [unknown, known] of Object.entries(misspelt))
  test(`${unknown} is refused with the nearest name, ${known}`, () => {
    const message = complaintAbout({ ...own, [unknown]: secret });
    expectOneSentence(message);
    expect(message).toContain(unknown);
    expect(message).toMatch(new RegExp(`did you mean ${known}\\?$`));
  });

for (const unknown of ['CONTRACT_FOO', 'CONTRACT_X', 'GRAPH_', 'GRAPH_CLIENT_SECRET'])
  test(`${unknown} is refused without a guess: it is near no name`, () => {
    const message = complaintAbout({ ...own, [unknown]: secret });
    expectOneSentence(message);
    expect(message).toBe(`${unknown} is not a variable of this suite: see .env.example.`);
  });
