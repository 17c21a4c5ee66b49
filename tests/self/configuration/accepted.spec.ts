import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import {
  type Configuration,
  readConfiguration,
} from '../../../fixtures/configuration/configuration.ts';
import type { Target } from '../../../fixtures/configuration/target.ts';
import { type Environment, variables } from '../../../fixtures/configuration/variables.ts';
import { envExample } from './env-example.ts';

const tenant = '98b7e341-e341-98b7-41e3-b79841e3b798';
const own = {
  GRAPH_BASE_URL: 'http://127.0.0.1:8080/v1.0',
  GRAPH_ACCESS_TOKEN: 'a.b-c_d~e',
  GRAPH_USER_ID: 'ada@example.org',
};
const live = {
  ...own,
  GRAPH_BASE_URL: 'https://graph.microsoft.com/v1.0',
  GRAPH_LIVE_TENANT: tenant,
};
const { GRAPH_USER_ID: _, ...userless } = own;
const at = (GRAPH_BASE_URL: string) => ({ ...own, GRAPH_BASE_URL });
const liveAt = (GRAPH_BASE_URL: string) => ({ ...live, GRAPH_BASE_URL });
const user = (GRAPH_USER_ID: string) => ({ ...own, GRAPH_USER_ID });

test('nothing set is a run against the embedded mock, with everything that can be judged', () => {
  const { seed, shown: _, ...rest } = readConfiguration({ PATH: '/bin', AZURE_TENANT_ID: 'x' });
  expect(rest).toEqual({
    target: expect.objectContaining({
      name: 'embedded-mock',
      baseUrl: undefined,
      isMock: true,
      routes: ['me', 'users'],
    }),
    samples: undefined,
    referenceProbe: true,
    routes: ['me', 'users'],
    levels: ['stated', 'shown', 'platform'],
    strict: false,
    timeoutMs: 5_000,
    waitMs: 0,
    runSeconds: 600,
    slowMs: 2_000,
    deviations: undefined,
    recording: undefined,
    report: 'contract-report',
    history: 'contract-report/history.jsonl',
    failOn: 'any',
    targetName: undefined,
    table: false,
  });
  expect(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 31).toBe(true);
});

// biome-ignore format: a row a line
const targets: readonly (readonly [name: string, env: Environment, target: Partial<Target>])[] = [
  ['a target', own, { baseUrl: own.GRAPH_BASE_URL, name: '127.0.0.1-8080-v1.0', userId: 'ada@example.org', isMock: true }],
  ['a trailing slash', at('http://127.0.0.1:8080/v1.0/'), { baseUrl: own.GRAPH_BASE_URL, name: '127.0.0.1-8080-v1.0' }],
  ['a prefix before the version', at('http://127.0.0.1/api/graph/v1.0'), { baseUrl: 'http://127.0.0.1/api/graph/v1.0', name: '127.0.0.1-api-graph-v1.0' }],
  ['beta', liveAt('https://graph.microsoft.com/beta'), { baseUrl: 'https://graph.microsoft.com/beta', name: 'graph.microsoft.com-beta', isMock: false }],
  ['a host in upper case', liveAt('HTTPS://Graph.Microsoft.com/v1.0'), { baseUrl: live.GRAPH_BASE_URL, name: 'graph.microsoft.com-v1.0' }],
  ['this machine by IPv6', at('http://[::1]:8080/v1.0'), { isMock: true, baseUrl: 'http://[::1]:8080/v1.0', name: 'ipv6-1-8080-v1.0' }],
  ['a certificate that nobody checks, on this machine', { ...at('https://127.0.0.1/v1.0'), NODE_TLS_REJECT_UNAUTHORIZED: '0' }, { isMock: true }],
  ['a tenant', live, { liveTenant: tenant, isMock: false }],
  ['a guest', user("o'hara_x.com#EXT#@y.org"), { userId: "o'hara_x.com#EXT#@y.org" }],
  ['/me without a user', { ...userless, CONTRACT_ROUTES: 'me' }, { routes: ['me'], userId: undefined }],
  ['routes in another order, with blanks, twice', { CONTRACT_ROUTES: 'users , me,users' }, { routes: ['me', 'users'] }],
];
for (const [name, env, target] of targets)
  test(`a configuration may have ${name}`, () => {
    const found = readConfiguration(env).target;
    expect(found).toMatchObject(target);
    // It is part of file names.
    expect(found.name).toMatch(/^[A-Za-z0-9.-]+$/);
  });

const commit = 'reports/9f86d081884c7d659a2feaa0c55ad015a3bf4f1b';
// biome-ignore format: a row a line
const runs: readonly (readonly [name: string, env: Environment, run: Partial<Configuration>])[] = [
  ['the defaults of a target on this machine', own, { samples: undefined, timeoutMs: 5_000, slowMs: 2_000 }],
  ['the defaults of a tenant: five creates, more time', live, { samples: 5, timeoutMs: 30_000, slowMs: 2_000, referenceProbe: false, runSeconds: 1_200 }],
  ['its own numbers', { ...live, CONTRACT_SAMPLES: '20', CONTRACT_TIMEOUT_MS: '100', CONTRACT_SLOW_MS: '7', CONTRACT_SEED: '0' }, { samples: 20, timeoutMs: 100, slowMs: 7, seed: 0 }],
  ['levels in another order', { CONTRACT_LEVELS: 'platform, stated' }, { levels: ['stated', 'platform'] }],
  ['its own files', { CONTRACT_DEVIATIONS: 'd.json', CONTRACT_RECORDING: 'r.jsonl', CONTRACT_REPORT: '/x y' }, { deviations: 'd.json', recording: ['r.jsonl'], report: '/x y', history: '/x y/history.jsonl' }],
  ['a folder that is named by a commit', { CONTRACT_REPORT: commit }, { report: commit }],
];
for (const [name, env, run] of runs)
  test(`a run may have ${name}`, () => {
    const found: Partial<Configuration> = readConfiguration(env);
    expect(Object.fromEntries(Object.entries(found).filter(([key]) => key in run))).toEqual(run);
  });

test('.env.example is what the table of variables says (npm run env-example)', () => {
  const text = readFileSync(new URL('../../../.env.example', import.meta.url), 'utf8');
  expect(text).toBe(envExample());
  for (const name of Object.keys(variables))
    expect(text).toMatch(new RegExp(`^# .+\\.\\n#${name}=`, 'm'));
});
