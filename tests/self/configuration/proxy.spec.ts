import { expect, test } from '@playwright/test';
import { proxyFor, proxySecrets } from '../../../fixtures/configuration/target/proxy.ts';
import type { Environment } from '../../../fixtures/configuration/variables/variables.ts';
import { contract, reportIn } from '../support/run.ts';

const graph = new URL('https://graph.contract.invalid/v1.0');
const proxy = 'http://proxy.invalid:3128';
const named = (env: Environment, url = graph) => {
  const found = proxyFor(url, env);
  return found && [found.variable, found.origin];
};

const chosen: readonly (readonly [what: string, env: Environment, variable: string | undefined])[] =
  [
    ['none is set', {}, undefined],
    ['one is empty, as CI leaves it', { HTTPS_PROXY: '', https_proxy: ' ' }, undefined],
    ['HTTPS_PROXY is', { HTTPS_PROXY: proxy }, 'HTTPS_PROXY'],
    ['both cases are', { HTTPS_PROXY: 'http://x.invalid', https_proxy: proxy }, 'https_proxy'],
    ['ALL_PROXY is', { ALL_PROXY: proxy, HTTP_PROXY: 'http://x.invalid' }, 'ALL_PROXY'],
    ['only HTTP_PROXY is', { HTTP_PROXY: proxy }, 'HTTP_PROXY'],
    ['it has no scheme', { HTTPS_PROXY: 'proxy.invalid:3128' }, 'HTTPS_PROXY'],
  ];
for (const [what, env, variable] of chosen)
  test(`${variable ?? 'no proxy'} is used where ${what}`, () => {
    expect(named(env)).toEqual(variable && [variable, proxy]);
  });

const lists: Readonly<Record<string, boolean>> = {
  '*': true,
  'graph.contract.invalid': true,
  'GRAPH.contract.invalid': true,
  'contract.invalid': true,
  '.contract.invalid': true,
  '*.contract.invalid': true,
  'other.invalid, contract.invalid': true,
  'other.invalid graph.contract.invalid:443': true,
  'graph.contract.invalid:8443': false,
  'raph.contract.invalid': false,
  invalid: true,
  'x.graph.contract.invalid': false,
  '10.0.0.0/8': false,
  ',,': false,
};
for (const [list, exempt] of Object.entries(lists))
  test(`NO_PROXY=${list} ${exempt ? 'exempts' : 'does not exempt'} graph.contract.invalid`, () => {
    const url = new URL('https://graph.contract.invalid:443/v1.0');
    const expected = exempt ? undefined : ['HTTPS_PROXY', proxy];
    expect(named({ HTTPS_PROXY: proxy, NO_PROXY: list }, url)).toEqual(expected);
    expect(named({ HTTPS_PROXY: proxy, no_proxy: list }, url)).toEqual(expected);
  });

test('NO_PROXY knows ports, addresses and ranges of them', () => {
  const at = (address: string, list: string) =>
    named({ HTTPS_PROXY: proxy, NO_PROXY: list }, new URL(`https://${address}/v1.0`)) === undefined;
  expect(at('a.invalid:8443', 'a.invalid:8443')).toBe(true);
  expect(at('10.1.2.3', '10.0.0.0/8')).toBe(true);
  expect(at('11.1.2.3', '10.0.0.0/8')).toBe(false);
  expect(at('11.10.1.2', '10.1.2')).toBe(false);
  expect(at('[fd00::1]', 'fd00::/8')).toBe(true);
  expect(at('[fd00::1]', '[fd00::1]')).toBe(true);
  expect(at('[fd00::1]', 'fd00::1')).toBe(true);
});

test('this machine and link-local addresses are never asked for through a proxy', () => {
  const env = { HTTPS_PROXY: proxy, HTTP_PROXY: proxy, ALL_PROXY: proxy };
  for (const url of [
    'https://localhost/v1.0',
    'https://mock.localhost.:8443/v1.0',
    'https://127.9.9.9/v1.0',
    'https://[::1]/v1.0',
    'https://[::ffff:127.0.0.1]/v1.0',
    'http://169.254.169.254/metadata/identity',
  ])
    expect(named(env, new URL(url)), url).toBeUndefined();
});

test('user and password are decoded, and are secrets in every form in which they are sent', () => {
  const found = proxyFor(graph, { HTTPS_PROXY: 'http://me:canary%40%23x@proxy.invalid:3128' });
  expect(found).toMatchObject({ host: 'proxy.invalid:3128', username: 'me' });
  expect(found && proxySecrets(found)).toEqual([
    'canary@#x',
    Buffer.from('me:canary@#x').toString('base64'),
  ]);
});

const malformed = {
  'a port that is none': 'http://me:canary@proxy.invalid:port',
  'another scheme': 'socks5://me:canary@proxy.invalid:1080',
  'a password with a "#"': 'http://me:31#canary@proxy.invalid:3128',
  'a password with a "/"': 'http://me:31/canary@proxy.invalid:3128',
  'a password with a "?"': 'http://me:31?canary@proxy.invalid:3128',
  'a password with a "%"': 'http://me:canary%@proxy.invalid:3128',
  'no host': 'http://',
};
for (const [what, value] of Object.entries(malformed))
  test(`${what} is refused, and the value not shown`, () => {
    const refused = () => proxyFor(graph, { https_proxy: value });
    expect(refused).toThrow(/^https_proxy .+: expected http:\/\/host:port or https:\/\/host:port/);
    expect(refused).not.toThrow(/canary|31/);
  });

test('a malformed proxy ends a run before anything is sent', async () => {
  const { code, output, folder } = await contract({
    GRAPH_BASE_URL: 'https://graph.contract.invalid/v1.0',
    GRAPH_LIVE_TENANT: '5f2d1c3b-4a5e-4678-9a0b-1c2d3e4f5a6b',
    GRAPH_ACCESS_TOKEN: 'a-token',
    GRAPH_USER_ID: 'somebody',
    HTTPS_PROXY: 'http://me:canary@proxy.invalid:port',
  });
  expect(code).toBe(2);
  expect(output).toContain('HTTPS_PROXY is not the URL of a proxy: expected http://host:port');
  expect(output).not.toContain('canary');
  expect(() => reportIn(folder)).toThrow();
});
