import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { allowListOf } from '../../../fixtures/http/allow-list.ts';
import type { RefusalReason } from '../../../fixtures/mock/refusals.ts';
import { directoryObjects } from '../../../fixtures/requests/bodies.ts';
import { documentedRequests } from '../../../fixtures/requests/documented.ts';
import { encodedUserPath, routePath } from '../../../fixtures/requests/paths.ts';
import { tables } from '../../../fixtures/requests/rows.ts';
import { mayCreate } from '../../../fixtures/tenant/outcome.ts';
import type { RequestCase } from '../../../schemas/files/recording.ts';
import { routes } from '../../../schemas/operation.ts';
import { requirements } from '../../requirements/index.ts';
import { isJudged } from '../../requirements/requirement.ts';
import { sendDocumented } from '../support/judged.ts';
import { startMock } from '../support/mock.ts';

const userId = 'ada_x.com#EXT#@example.org';
const referenceRoot = 'http://127.0.0.1:1/v1.0';
const least = { routes, userId, seed: 1, samples: 3 };
const whole = { ...least, personal: true, referenceRoot };
const all = documentedRequests(whole);
const live = documentedRequests({ ...least, live: true, personal: true });

const isCreate = ({ kind }: RequestCase) => kind === 'example' || kind === 'create';
const equivalents = all.filter(({ kind }) => kind === 'equivalent');
/** What clients send beside plain creates: a mock alone is sent it, but for a reference that is asked for. */
const clientsOwn = new Set(
  [tables.clients, tables.atOnce].flatMap((table) =>
    Object.values(table)
      .flat()
      .map(({ name }) => name),
  ),
);
const refusals = (requests: RequestCase[]) =>
  requests.filter((each) => !isCreate(each) && !clientsOwn.has(each.name));
const requirementsOf = (requests: RequestCase[]) =>
  new Set(requests.flatMap(({ requirement }) => requirement ?? []));
const names = new Map<string, Set<string>>();
for (const { requirement = '', name } of all)
  names.set(requirement, (names.get(requirement) ?? new Set()).add(name));
/** Whether it is one of several that must be refused by one requirement. */
const isOneOfMany = ({ requirement = '', name }: RequestCase) =>
  requirement !== '' && !clientsOwn.has(name) && (names.get(requirement)?.size ?? 0) > 1;

test('the example comes first, then as many creates as asked for of each route, in an order that the seed draws', () => {
  expect(all.filter(isCreate)).toEqual(all.slice(0, 8));
  expect(all.slice(0, 2).map(({ kind }) => kind)).toEqual(['example', 'example']);
  for (const route of routes)
    expect(
      all.filter((each) => each.kind === 'create' && each.route === route).map(({ body }) => body),
    ).toEqual(directoryObjects({ seed: 1 }, route, 3).map(({ body }) => body));
  // No server that answers every second request answers one route alone, whatever comes before.
  const order = (seed: number) =>
    documentedRequests({ ...least, seed, samples: 60 })
      .slice(2, 122)
      .map(({ route }) => route);
  for (const seed of [1, 2, 3]) {
    const every2nd = order(seed).filter((_, i) => i % 2 === 0);
    const ofMe = every2nd.filter((route) => route === 'me').length;
    expect(Math.abs(ofMe - 30)).toBeLessThan(20);
  }
  expect(order(1)).not.toEqual(order(2));
});

test('at most 60 requests are for what mocks alone are sent of ids, dates and bursts', () => {
  const unusual = ['id-forms', 'dates-outermost', 'answers-own', 'id-again'];
  expect(all.filter(({ requirement = '' }) => unusual.includes(requirement)).length).toBe(54);
  const together = all.filter(({ isTogether }) => isTogether);
  expect(together.length).toBe(36);
  const [first = -1] = all.flatMap(({ isTogether }, i) => (isTogether ? [i] : []));
  expect(all.slice(first, first + 36)).toEqual(together);
});

test('at a tenant every create has an id but the example, which comes last', () => {
  const creates = live.filter(isCreate);
  expect(creates.map(({ kind, id }) => [kind, id !== undefined])).toEqual([
    ...Array.from({ length: 6 }, () => ['create', true]),
    ...[...routes].map(() => ['example', false]),
  ]);
  const dates = (requests: RequestCase[]) => requests.map((each) => each.deletedDateTime);
  expect(dates(creates.slice(0, 6))).toEqual(dates(all.slice(2, 8)));
});

test('bad tokens are sent last of all', () => {
  const first = all.findIndex(({ credential }) => credential !== 'token');
  expect(all.slice(first).filter(({ credential }) => credential === 'token')).toEqual([]);
  expect(all.length - first).toBe(30);
  expect(documentedRequests(least).filter(({ credential }) => credential === 'personal')).toEqual(
    [],
  );
});

test('each request has a name of its own on its route, and says why it is sent', () => {
  expect(new Set(all.map(({ name, route }) => `${name} ${route}`)).size).toBe(all.length);
  expect(all.filter(({ why, source }) => why === '' || source === '')).toEqual([]);
  const whys = all
    .filter((each) => isOneOfMany(each) && each.route === 'users')
    .map(({ why }) => why);
  expect(new Set(whys).size).toBe(whys.length);
});

test('all but the creates name the requirement that judges them', () => {
  const known = new Set(requirements.filter(isJudged).map(({ id }) => id));
  expect(all.filter((each) => isCreate(each) === (each.requirement !== undefined))).toEqual([]);
  expect([...requirementsOf(all)].filter((id) => !known.has(id))).toEqual([]);
});

test('a tenant is sent a handful of each requirement, which can touch nothing or is refused for sure', () => {
  expect(requirementsOf(live)).toEqual(requirementsOf(refusals(all)));
  const many = live.filter(isOneOfMany);
  expect(many.length).toBe(20);
  expect(many.filter(({ kind }) => kind === 'probe')).toEqual([]);
  const methods = new Set(live.map(({ method }) => method));
  expect(methods).toEqual(new Set(['POST', 'GET', 'PUT', 'HEAD', 'OPTIONS']));
  const single = (requests: RequestCase[]) =>
    refusals(requests)
      .filter((each) => !isOneOfMany(each))
      .toSorted((a, b) => (`${a.name} ${a.route}` < `${b.name} ${b.route}` ? -1 : 1));
  expect(single(live)).toEqual(single(all));
  const asked = documentedRequests({ ...least, live: true, referenceRoot });
  const more = asked.filter(({ name }) => clientsOwn.has(name));
  expect(more.map((each) => [each.name, mayCreate(each), typeof each.id])).toEqual(
    routes.map(() => ['reference', true, 'string']),
  );
});

test('a create in another form means what a plain one means', () => {
  for (const { name, body, path, route, deletedDateTime, contentType = '' } of equivalents) {
    const object = JSON.parse(String(body));
    expect(object.deletedDateTime, name).toBe(deletedDateTime);
    expect([undefined, '#microsoft.graph.directoryObject'], name).toContain(object['@odata.type']);
    expect(decodeURIComponent(path), name).toBe(decodeURIComponent(routePath(route, userId)));
    expect(contentType.toLowerCase(), name).toMatch(/^application\/json(; ?charset="?utf-8"?)?$/);
  }
  for (const route of routes)
    expect(requirementsOf(equivalents.filter((each) => each.route === route)).size).toBe(15);
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
    allowListOf(referenceRoot, user, true)('POST', `${referenceRoot}${path}`);
  });

test('a reference names an object below the service root, another one for each route, seed and run', () => {
  const references = [{ seed: 1 }, { seed: 2 }, { seed: 1, run: 'a' }].flatMap((draw) =>
    documentedRequests({ ...whole, ...draw }).filter(({ name }) => name === 'reference'),
  );
  expect(new Set(references.map(({ id }) => id)).size).toBe(6);
  for (const { body, id } of references) {
    const address = `${referenceRoot}/directoryObjects/${id}`;
    expect(JSON.parse(String(body))).toEqual({ '@odata.id': address });
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
  }
});

test('what is created again is the first object of the route, byte for byte', () => {
  for (const { route, body, id } of all.filter(({ name }) => name === 'id-again')) {
    const [first] = directoryObjects({ seed: 1 }, route, 1);
    expect([body, id]).toEqual([first?.body, first?.id]);
  }
});

/** Why the embedded mock refuses what has a kind in common, by the beginning of the request's name: the longest decides. */
const reasons: Readonly<Record<string, RefusalReason>> = JSON.parse(
  readFileSync(new URL('reasons.json', import.meta.url), 'utf8'),
);

function reasonFor(name: string): RefusalReason | undefined {
  const begins = Object.keys(reasons).filter((each) => name.startsWith(each));
  return reasons[begins.toSorted((a, b) => b.length - a.length)[0] ?? ''];
}

test('the embedded mock refuses each request of many for the reason that it is sent for', async () => {
  const refused: (RefusalReason | undefined)[] = [];
  const mock = await startMock({
    defect: (response, { refusal }) => {
      refused.push(refusal);
      return response;
    },
  });
  const found: [string, RefusalReason | undefined][] = [];
  const many = new Set(all.filter(isOneOfMany).map(({ name }) => name));
  await sendDocumented(mock, { samples: 1 }, ({ requestCase: { name } }) => {
    const reason = refused.pop();
    if (many.has(name)) found.push([name, reason]);
  });
  await mock.close();
  expect(found.length).toBeGreaterThan(140);
  expect(found).toEqual(found.map(([name]) => [name, reasonFor(name)]));
});
