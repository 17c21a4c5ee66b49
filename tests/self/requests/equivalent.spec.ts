import { expect, test } from '@playwright/test';
import { readConfiguration } from '../../../fixtures/configuration/configuration.ts';
import { AllowList } from '../../../fixtures/http/allow-list.ts';
import { oneToken } from '../../../fixtures/http/authorization.ts';
import { documentedRequests } from '../../../fixtures/requests/documented.ts';
import { equivalentRequests } from '../../../fixtures/requests/equivalent.ts';
import { encodedUserPath, routePath } from '../../../fixtures/requests/paths.ts';
import { everyRequest } from '../../../fixtures/run/run.ts';
import { mayCreate } from '../../../fixtures/tenant/outcome.ts';
import { routes } from '../../../schemas/operation.ts';
import { clientRequirements } from '../../requirements/clients.ts';

const userId = 'ada_x.com#EXT#@example.org';
const all = routes.flatMap((route) => [
  ...equivalentRequests(route, routePath(route, userId), userId),
]);

test('each is a create that means what a plain one means', () => {
  for (const { name, body, path, route, deletedDateTime, contentType = '' } of all) {
    const object = JSON.parse(String(body));
    expect(object.deletedDateTime, name).toBe(deletedDateTime);
    expect([undefined, '#microsoft.graph.directoryObject'], name).toContain(object['@odata.type']);
    expect(decodeURIComponent(path), name).toBe(decodeURIComponent(routePath(route, userId)));
    expect(contentType.toLowerCase(), name).toMatch(/^application\/json(; ?charset="?utf-8"?)?$/);
  }
});

test('each is judged by one requirement, and each of these has a request on every route', () => {
  const judging = clientRequirements.filter(({ scope }) => scope === 'service');
  for (const { name, requirement, kind, route, why, deletedDateTime } of all) {
    const requestCase = { number: 1, name, kind, route, why, deletedDateTime };
    const ids = judging
      .filter(({ requests }) => requests({ ...requestCase, ...(requirement && { requirement }) }))
      .map(({ id }) => id);
    expect(ids, name).toEqual([requirement]);
  }
  for (const { id } of judging)
    for (const route of routes)
      expect(
        all.filter((each) => each.route === route && each.requirement === id),
        id,
      ).not.toEqual([]);
});

test('names are distinct, and a route has at most 26 of them', () => {
  for (const route of routes) {
    const names = all.filter((each) => each.route === route).map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeLessThanOrEqual(26);
  }
});

const users: Readonly<Record<string, string>> = {
  'ada@example.org': 'ada%40example.org',
  'ada_x.com#EXT#@example.org': 'ada_x.com%23EXT%23%40example.org',
  '98b7e341-e341-98b7-41e3-b79841e3b798': '%398b7e341-e341-98b7-41e3-b79841e3b798',
  'ü-1': '%C3%BC%2D1',
};
for (const [user, written] of Object.entries(users))
  test(`the user ${user} is also written ${written}`, () => {
    const path = encodedUserPath(user);
    expect(path).toBe(`/users/${written}/registeredDevices/$ref`);
    new AllowList('http://127.0.0.1:1/v1.0', user, true).check(
      'POST',
      `http://127.0.0.1:1/v1.0${path}`,
    );
  });

const wanted = { routes, userId, seed: 1, samples: 2 };
const kindsOf = (more: object) =>
  [...documentedRequests({ ...wanted, ...more })].map(({ kind, name }) =>
    kind === 'probe' ? name : kind,
  );

test('they are sent only where they are asked for, as are the reference and the second create', () => {
  expect(kindsOf({})).not.toContain('equivalent');
  expect(kindsOf({})).not.toContain('reference');
  expect(kindsOf({})).not.toContain('id-again');
  expect(kindsOf({ equivalents: true })).toEqual(
    expect.arrayContaining(['equivalent', 'id-again']),
  );
  expect(kindsOf({ referenceRoot: 'http://127.0.0.1:1/v1.0' })).toContain('reference');
});

test('a reference names an object below the service root, another one for each route and seed', () => {
  const bodies = [1, 2].flatMap((seed) =>
    [...documentedRequests({ ...wanted, seed, referenceRoot: 'http://127.0.0.1:1/v1.0' })]
      .filter(({ name }) => name === 'reference')
      .map(({ body, id }) => [String(body), id] as const),
  );
  expect(new Set(bodies.map(([text]) => text)).size).toBe(4);
  for (const [text, id] of bodies) {
    expect(JSON.parse(text)).toEqual({
      '@odata.id': `http://127.0.0.1:1/v1.0/directoryObjects/${id}`,
    });
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
  }
});

/** The requests of a run that is configured so, at a target on this machine. */
function requestsOf(env: Readonly<Record<string, string>>) {
  const baseUrl = 'http://127.0.0.1:1/v1.0';
  const target = { GRAPH_BASE_URL: baseUrl, GRAPH_USER_ID: userId, GRAPH_ACCESS_TOKEN: 'a-token' };
  const requestsFor = everyRequest(readConfiguration({ ...target, CONTRACT_SAMPLES: '2', ...env }));
  const service = { baseUrl, userId, tokens: oneToken('a-token'), notApplicable: {} };
  const unused = { signedInBy: 'a test', secrets: () => [], close: async () => {} };
  return [...requestsFor({ ...service, ...unused })];
}

const tenant = { GRAPH_LIVE_TENANT: '0f1e2d3c-4b5a-4678-9a0b-1c2d3e4f5a6b' };
const more = ['reference', 'id-again'];
const isMore = ({ kind, name }: { kind: string; name: string }) =>
  kind === 'equivalent' || more.includes(name);

test('a tenant is spared all of them, but for a reference that is asked for and journalled', () => {
  expect(requestsOf(tenant).filter(isMore)).toEqual([]);
  const asked = requestsOf({ ...tenant, CONTRACT_REFERENCE_PROBE: 'true' }).filter(isMore);
  expect(asked.map(({ name, route }) => [name, route])).toEqual([
    ['reference', 'me'],
    ['reference', 'users'],
  ]);
  // What undoes it is found by this id.
  for (const each of asked) expect([mayCreate(each), each.id]).toEqual([true, expect.any(String)]);
});

test('a mock is sent all of them, and no reference where that is switched off', () => {
  const names = requestsOf({}).map(({ name }) => name);
  for (const name of [...all.map((each) => each.name), ...more]) expect(names).toContain(name);
  const without = requestsOf({ CONTRACT_REFERENCE_PROBE: 'false' }).map(({ name }) => name);
  expect(without).toEqual(names.filter((name) => name !== 'reference'));
});
