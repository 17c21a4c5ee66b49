import { expect, test } from '@playwright/test';
import { planSignIn } from '../../../fixtures/auth/plan.ts';
import { readConfiguration } from '../../../fixtures/configuration/configuration.ts';
import { graphHosts } from '../../../fixtures/configuration/hosts.ts';
import type { Environment } from '../../../fixtures/configuration/variables.ts';
import { startMock } from '../../../fixtures/mock/server.ts';
import { complaintAbout, expectOneSentence } from '../support/configuration-error.ts';
import { contract, pointedAt, recordingsIn, reportIn } from '../support/run.ts';
import { unsigned } from '../support/sign-in.ts';

const tenant = '98b7e341-e341-98b7-41e3-b79841e3b798';
const own = { GRAPH_ACCESS_TOKEN: 'token-of-a-mock', GRAPH_USER_ID: 'ada@example.org' };

/** A target at a host that is declared a mock. */
function declared(host: string, more: Environment = {}): Environment {
  return { ...own, GRAPH_BASE_URL: `http://${host}/v1.0`, GRAPH_MOCK_HOST: host, ...more };
}

// biome-ignore format: a few a line
const mocks = ['mock:8080', 'registry_example__mock:3000', 'graph.microsoft.com.test', '[fd12:3456::1]:8080',
  // This machine may be declared too: then no other sign-in than the token is used.
  'localhost:8080'];
for (const host of mocks)
  test(`${host} may be declared a mock, and is asked as one without a tenant`, () => {
    const env = declared(host, { AZURE_CLIENT_SECRET: 's', AZURE_TENANT_ID: tenant });
    const { target, timeoutMs } = readConfiguration(env);
    expect(target).toMatchObject({ isMock: true, liveTenant: undefined });
    expect(timeoutMs).toBe(5_000);
    expect(planSignIn(env, target).map(({ method }) => method)).toEqual(['token']);
  });

const graphs = [...graphHosts, 'canary.graph.microsoft.com:8080', 'graph.microsoft.com.'];
for (const host of graphs)
  test(`${host} is no mock, whatever is declared`, () => {
    const message = complaintAbout(declared(host));
    expectOneSentence(message);
    expect(message).toMatch(/^GRAPH_MOCK_HOST names Microsoft Graph: /);
  });

const at = (GRAPH_BASE_URL: string, GRAPH_MOCK_HOST: string) => ({
  ...own,
  GRAPH_BASE_URL,
  GRAPH_MOCK_HOST,
});
const microsofts = {
  'a known Graph as its audience': { aud: 'https://graph.microsoft.com' },
  "Graph's application id": { aud: '00000003-0000-0000-c000-000000000000' },
  'the issuer of version 2': { iss: `https://login.microsoftonline.com/${tenant}/v2.0` },
  'the issuer of another cloud': { iss: `https://login.partner.microsoftonline.cn/${tenant}` },
};

const differ =
  /^GRAPH_MOCK_HOST and GRAPH_BASE_URL name different hosts: expected the same host alone, letter by letter/;
// biome-ignore format: a row a line
const refused: readonly (readonly [what: string, env: Environment, sentence: RegExp])[] = [
  ['another host', at('http://mock:8080/v1.0', 'other:8080'), differ],
  ['no port where the URL has one', at('http://mock:8080/v1.0', 'mock'), differ],
  ['the host of a user part', at('http://mock@graph.microsoft.com/v1.0', 'mock'), /user name/],
  ['no target', { GRAPH_MOCK_HOST: 'mock' }, /^GRAPH_BASE_URL is missing: set it, or unset GRAPH_MOCK_HOST /],
  ['a tenant beside it', declared('mock', { GRAPH_LIVE_TENANT: tenant }), /^GRAPH_MOCK_HOST and GRAPH_LIVE_TENANT are both set: a target is a mock or a tenant/],
  ['a secret in place of the token', declared('mock', { GRAPH_ACCESS_TOKEN: undefined, AZURE_CLIENT_SECRET: 's' }), /^GRAPH_ACCESS_TOKEN is missing: token needs GRAPH_ACCESS_TOKEN\.$/],
];
for (const [what, env, sentence] of refused)
  test(`a declared mock with ${what} is refused`, () => {
    const message = complaintAbout(env);
    expectOneSentence(message);
    expect(message).toMatch(sentence);
  });

for (const [what, claims] of Object.entries(microsofts))
  test(`a token with ${what} is sent to no declared mock`, () => {
    for (const name of ['GRAPH_ACCESS_TOKEN', 'GRAPH_PERSONAL_ACCESS_TOKEN']) {
      const token = unsigned(claims);
      const message = complaintAbout(declared('mock:8080', { [name]: token }));
      expectOneSentence(message);
      expect(message).toMatch(
        new RegExp(`^${name} is a token that Microsoft issued or that is for its services, and `),
      );
      expect(message.includes(token)).toBe(false);
    }
  });

test("a mock's own tokens are sent to it: opaque ones, and readable ones of other issuers", () => {
  const tokens = [
    'opaque',
    unsigned({}),
    unsigned({ aud: 'https://mock.test', iss: 'http://issuer:8080/realms/microsoft.com' }),
    unsigned({ aud: 'https://graph.microsoft.com.test', iss: 'issuer' }),
  ];
  for (const GRAPH_ACCESS_TOKEN of tokens) {
    const env = declared('mock:8080', { GRAPH_ACCESS_TOKEN });
    expect(planSignIn(env, readConfiguration(env).target)).toHaveLength(1);
  }
});

/** Makes every process of a run look a name up as this machine, which no file of the machine needs to know. */
function knowing(name: string): Record<string, string> {
  const script = `
    import dns from 'node:dns';
    for (const module of [dns, dns.promises]) {
      const { lookup } = module;
      module.lookup = (host, ...rest) => lookup(host === '${name}' ? '127.0.0.1' : host, ...rest);
    }`;
  return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(script)}` };
}

test('a mock at the name of a service is judged like one on this machine, with every negative request', async () => {
  const mock = await startMock();
  const host = `graph-mock:${new URL(mock.baseUrl).port}`;
  const baseUrl = `http://${host}/v1.0`;
  const { code, output, folder } = await contract({
    ...pointedAt({ ...mock, baseUrl }),
    ...knowing('graph-mock'),
    GRAPH_MOCK_HOST: host,
    CONTRACT_WAIT_MS: '60000',
    AZURE_CLIENT_SECRET: 's',
  });
  await mock.close();
  expect(code, output).toBe(0);
  expect(output).toMatch(/PASSED {3}\d+ requirements on 2 routes/);
  expect(reportIn(folder).target).toBe(`graph-mock-${new URL(mock.baseUrl).port}-v1.0`);
  // Of a tenant neither is asked.
  const [recording = []] = recordingsIn(folder).map((lines) => JSON.stringify(lines));
  for (const method of ['PATCH', 'DELETE']) expect(recording).toContain(`"method":"${method}"`);
});
