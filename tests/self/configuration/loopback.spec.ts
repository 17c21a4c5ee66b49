import { expect, test } from '@playwright/test';
import { isGraph, isLoopback } from '../../../fixtures/configuration/hosts.ts';

// biome-ignore format: a few a line
const here = ['localhost', 'LOCALHOST', 'localhost.', 'mock.localhost', 'a.b.localhost.',
  '127.0.0.1', '127.1', '2130706433', '0x7f.0.0.1', '127.0.0.1.', '127.255.255.254',
  '[::1]', '[0:0:0:0:0:0:0:1]', '[::ffff:127.0.0.1]', '[::ffff:7f00:2]'];
// biome-ignore format: a few a line
const elsewhere = ['localhost.example.org', 'notlocalhost', 'localhost..', '.localhost', 'localhost.localdomain',
  '127.0.0.1.example.org', '128.0.0.1', '0.0.0.0',
  '[::]', '[::2]', '[::ffff:128.0.0.1]', '[::127.0.0.1]', '[64:ff9b::7f00:1]', '[fe80::1]'];

for (const host of [...here, ...elsewhere])
  test(`${host} is ${here.includes(host) ? '' : 'not '}this machine`, () =>
    expect(isLoopback(new URL(`http://${host}`).hostname)).toBe(here.includes(host)));

// biome-ignore format: a few a line
const graphs = ['graph.microsoft.com', 'graph.microsoft.com.', 'canary.graph.microsoft.com', 'graph.microsoft.us',
  'dod-graph.microsoft.us', 'microsoftgraph.chinacloudapi.cn'];
const others = ['graph.microsoft.com.test', 'notgraph.microsoft.com', 'microsoft.com', 'mock'];
test('Microsoft Graph is known by the hosts of its clouds, and by what is below them', () => {
  expect(graphs.filter((host) => !isGraph(host))).toEqual([]);
  expect(others.filter(isGraph)).toEqual([]);
});
