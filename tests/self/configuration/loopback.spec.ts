import { expect, test } from '@playwright/test';
import { isGraph, isLoopback } from '../../../fixtures/configuration/hosts.ts';
import hosts from './hosts.json' with { type: 'json' };

const { here, elsewhere, graphs, others } = hosts;

for (const host of [...here, ...elsewhere])
  test(`${host} is ${here.includes(host) ? '' : 'not '}this machine`, () =>
    expect(isLoopback(new URL(`http://${host}`).hostname)).toBe(here.includes(host)));

test('Microsoft Graph is known by the hosts of its clouds, and by what is below them', () => {
  expect(graphs.filter((host) => !isGraph(host))).toEqual([]);
  expect(others.filter(isGraph)).toEqual([]);
});
