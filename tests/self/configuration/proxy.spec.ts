import { expect, test } from '@playwright/test';
import { proxyFor, proxySecrets } from '../../../fixtures/configuration/proxy.ts';
import type { Environment } from '../../../fixtures/configuration/variables.ts';
import { complaintOf, expectOneSentence } from '../support/configuration-error.ts';

const graph = new URL('https://graph.contract.invalid/v1.0');
const proxy = 'http://proxy.invalid:3128';
const other = 'http://other.invalid';

/** The proxy of a URL in a process with that environment. */
function proxyIn(env: Environment, url = graph) {
  const before = process.env;
  process.env = { ...env };
  try {
    return proxyFor(url);
  } finally {
    process.env = before;
  }
}

// biome-ignore format: a row a line
const chosen: readonly (readonly [env: Environment, variable: string | undefined])[] = [
  [{}, undefined],
  [{ HTTPS_PROXY: proxy }, 'HTTPS_PROXY'],
  [{ HTTPS_PROXY: other, https_proxy: proxy }, 'https_proxy'],
  [{ ALL_PROXY: proxy, HTTP_PROXY: other }, 'ALL_PROXY'],
  [{ http_proxy: proxy, HTTP_PROXY: proxy }, undefined],
  [{ HTTPS_PROXY: proxy, NO_PROXY: 'a.invalid,GRAPH.contract.invalid:443' }, undefined],
  [{ HTTPS_PROXY: proxy, no_proxy: '.contract.invalid' }, undefined],
];
for (const [env, variable] of chosen)
  test(`${variable ?? 'no proxy'} is used with ${JSON.stringify(env)}`, () => {
    const found = proxyIn(env);
    expect(found && [found.variable, found.origin]).toEqual(variable && [variable, proxy]);
  });

// biome-ignore format: a few a line
const beside = ['https://localhost/v1.0', 'https://[::1]/v1.0', 'http://169.254.169.254/metadata/identity', 'https://mock:8443/v1.0'];
test('this machine, link-local addresses and a declared mock are never asked for through a proxy', () => {
  const env = { HTTPS_PROXY: proxy, HTTP_PROXY: proxy, GRAPH_MOCK_HOST: 'mock:8443' };
  for (const url of beside) expect(proxyIn(env, new URL(url)), url).toBeUndefined();
  for (const url of ['https://mock/v1.0', 'https://other:8443/v1.0'])
    expect(proxyIn(env, new URL(url))?.variable, url).toBe('HTTPS_PROXY');
});

test('user and password are decoded, and are secrets in every form in which they are sent', () => {
  const found = proxyIn({ HTTPS_PROXY: 'http://me:canary%40%23x@proxy.invalid:3128' });
  expect(found).toMatchObject({ host: 'proxy.invalid:3128', username: 'me' });
  const credential = Buffer.from('me:canary@#x').toString('base64');
  expect(found && proxySecrets(found)).toEqual(['canary@#x', credential]);
});

// A port that is none, another scheme, and a password with what must be encoded.
for (const given of [
  'http://me:canary@a:port',
  'socks5://me:canary@a:1080',
  'http://me:31#canary@a:3128',
  'http://me:canary%@a:3128',
])
  test(`${given} is refused, and not shown`, () => {
    const said = complaintOf(() => proxyIn({ https_proxy: given }));
    expectOneSentence(said, 'https_proxy is not the URL of a proxy: expected http://host:port ');
    expect(said).not.toMatch(/canary|31/);
  });
