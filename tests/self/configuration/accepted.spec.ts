import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { readConfiguration } from '../../../fixtures/configuration/configuration.ts';
import { variables } from '../../../fixtures/configuration/table.ts';
import type { Environment } from '../../../fixtures/configuration/variables.ts';
import { live, local, tenant } from '../support/configuration-error.ts';
import { envExample } from './env-example.ts';

const at = (GRAPH_BASE_URL: string) => ({ ...local, GRAPH_BASE_URL });
const liveAt = (GRAPH_BASE_URL: string) => ({ ...live, GRAPH_BASE_URL });

test('nothing set is a run against the embedded mock, with everything that can be judged', () => {
  const { seed, shown: _, ...rest } = readConfiguration({ PATH: '/bin', AZURE_TENANT_ID: 'x' });
  // biome-ignore format: a few a line
  expect(rest).toEqual({
    target: expect.objectContaining({ name: 'embedded-mock', baseUrl: undefined, isMock: true, routes: ['me', 'users'] }),
    samples: undefined, referenceProbe: true, routes: ['me', 'users'], levels: ['stated', 'shown', 'platform'], strict: false,
    timeoutMs: 5_000, waitMs: 0, runSeconds: 600, slowMs: 2_000, deviations: undefined, recording: undefined,
    report: 'contract-report', history: 'contract-report/history.jsonl', failOn: 'any', targetName: undefined, table: false,
  });
  expect(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 31).toBe(true);
});

const commit = 'reports/9f86d081884c7d659a2feaa0c55ad015a3bf4f1b';
// biome-ignore format: a row a line
const accepted: readonly (readonly [env: Environment, read: Record<string, unknown>])[] = [
  [local, { target: { baseUrl: local.GRAPH_BASE_URL, name: '127.0.0.1-8080-v1.0', userId: 'ada@example.org', isMock: true }, samples: undefined, timeoutMs: 5_000 }],
  [at('http://127.0.0.1:8080/v1.0/'), { target: { baseUrl: local.GRAPH_BASE_URL, name: '127.0.0.1-8080-v1.0' } }],
  [at('http://127.0.0.1/api/graph/v1.0'), { target: { baseUrl: 'http://127.0.0.1/api/graph/v1.0', name: '127.0.0.1-api-graph-v1.0' } }],
  [liveAt('https://graph.microsoft.com/beta'), { target: { name: 'graph.microsoft.com-beta', isMock: false } }],
  [liveAt('HTTPS://Graph.Microsoft.com/v1.0'), { target: { baseUrl: live.GRAPH_BASE_URL, name: 'graph.microsoft.com-v1.0' } }],
  [at('http://[::1]:8080/v1.0'), { target: { isMock: true, baseUrl: 'http://[::1]:8080/v1.0', name: 'ipv6-1-8080-v1.0' } }],
  [{ ...at('https://127.0.0.1/v1.0'), NODE_TLS_REJECT_UNAUTHORIZED: '0' }, { target: { isMock: true } }],
  [live, { target: { liveTenant: tenant, isMock: false }, samples: 5, timeoutMs: 30_000, slowMs: 2_000, referenceProbe: false, runSeconds: 1_200 }],
  [{ ...local, GRAPH_USER_ID: "o'hara_x.com#EXT#@y.org" }, { target: { userId: "o'hara_x.com#EXT#@y.org" } }],
  [{ ...local, GRAPH_USER_ID: undefined, CONTRACT_ROUTES: 'me' }, { target: { routes: ['me'], userId: undefined } }],
  [{ CONTRACT_ROUTES: 'users , me,users' }, { target: { routes: ['me', 'users'] } }],
  [{ CONTRACT_LEVELS: 'platform, stated' }, { levels: ['stated', 'platform'] }],
  [{ ...live, CONTRACT_SAMPLES: '20', CONTRACT_TIMEOUT_MS: '100', CONTRACT_SLOW_MS: '7', CONTRACT_SEED: '0' }, { samples: 20, timeoutMs: 100, slowMs: 7, seed: 0 }],
  [{ CONTRACT_DEVIATIONS: 'd.json', CONTRACT_RECORDING: 'r.jsonl', CONTRACT_REPORT: '/x y' }, { deviations: 'd.json', recording: ['r.jsonl'], report: '/x y', history: '/x y/history.jsonl' }],
  [{ CONTRACT_REPORT: commit }, { report: commit }],
];
for (const [env, read] of accepted)
  test(`${JSON.stringify(env)} is read`, () => {
    const found = readConfiguration(env);
    expect(found).toMatchObject(read);
    // It is part of file names.
    expect(found.target.name).toMatch(/^[A-Za-z0-9.-]+$/);
  });

test('.env.example is what is said of every variable (npm run env-example)', () => {
  const text = readFileSync(new URL('../../../.env.example', import.meta.url), 'utf8');
  expect(text).toBe(envExample());
  for (const [name, { form }] of Object.entries(variables))
    for (const word of /^one of ([^(]+)/.exec(form.expected)?.[1]?.trim().split(', ') ?? [])
      expect(text).toMatch(new RegExp(`^# .*\\b${word}\\b.*\n#${name}=`, 'm'));
});
