import { expect, test } from '@playwright/test';
import type { RefusalReason } from '../../../fixtures/mock/refusals.ts';
import { documentedRequests } from '../../../fixtures/requests/documented.ts';
import { type Route, routes } from '../../../schemas/operation.ts';
import { sendDocumented } from '../support/judged.ts';
import { startMock } from '../support/mock.ts';

const wanted = { routes, userId: 'somebody', seed: 1, samples: 1, personal: true };
const isNegative = ({ kind }: { kind: string }) => kind === 'negative' || kind === 'probe';
const all = [...documentedRequests(wanted)].filter(isNegative);
const live = [...documentedRequests({ ...wanted, live: true })].filter(isNegative);

/** Why the embedded mock refuses what has a kind in common, by the beginning of the request's name: the longest decides. */
const reasons: Readonly<Record<string, RefusalReason>> = {
  'json-': 'malformed',
  'json-empty': 'empty',
  'json-blank': 'empty',
  'json-byte-order-mark': 'byte-order-mark',
  'json-latin-1': 'encoding',
  'object-': 'not-object',
  '@odata.type-': 'type-not-string',
  'id-': 'id',
  'deletedDateTime-': 'date-not-string',
  'date-': 'date-grammar',
  'date-no-leap-day': 'date-calendar',
  'type-': 'type',
  'media-type-': 'media-type',
  'media-type-utf-16': 'charset',
  'method-': 'method',
  'path-': 'path',
  'token-': 'wrong-token',
  'token-scheme-alone': 'token-empty',
  'token-empty-token': 'token-empty',
  'token-no-scheme': 'no-scheme',
  'token-twice': 'token-twice',
  'token-two-headers': 'token-twice',
};

function reasonFor(name: string): RefusalReason | undefined {
  const [begin = ''] = Object.keys(reasons)
    .filter((each) => name.startsWith(each))
    .toSorted((a, b) => b.length - a.length);
  return reasons[begin];
}

test('the embedded mock refuses each request of a kind for the reason that it is sent for', async () => {
  const refused: (RefusalReason | undefined)[] = [];
  const mock = await startMock({
    defect: (response, { refusal }) => {
      refused.push(refusal);
      return response;
    },
  });
  const found: [string, RefusalReason | undefined][] = [];
  await sendDocumented(mock, { samples: 1 }, ({ requestCase: { name, source } }) => {
    const reason = refused.pop();
    if (source !== undefined) found.push([name, reason]);
  });
  await mock.close();
  expect(found.length).toBeGreaterThan(140);
  expect(found).toEqual(found.map(([name]) => [name, reasonFor(name)]));
});

test('each negative request has a name of its own on its route, and says what departs', () => {
  const names = all.map(({ name, route }) => JSON.stringify([name, route]));
  expect(new Set(names).size).toBe(names.length);
  for (const { why, source } of all)
    expect([why, source ?? 'has its own requirement']).not.toContain('');
  // A verdict names a request by what departs in it.
  const whys = all.flatMap(({ why, route, source }) => (source && route === 'users' ? [why] : []));
  expect(new Set(whys).size).toBe(whys.length);
});

test('bad tokens are sent last of all', () => {
  const credentials = all.map(({ credential }) => credential);
  const first = credentials.findIndex((each) => each !== 'token');
  expect(credentials.slice(first)).not.toContain('token');
  expect(credentials.length - first).toBe(30);
});

test('a tenant is sent a handful of each kind, which can touch nothing or is refused for sure', () => {
  const many = live.filter(({ source }) => source !== undefined);
  const requirementsOf = (requests: typeof all, of: Route) =>
    new Set(requests.flatMap(({ route, requirement }) => (route === of ? requirement : [])));
  for (const route of routes)
    expect(requirementsOf(live, route)).toEqual(requirementsOf(all, route));
  expect(many.length).toBe(20);
  expect(many.filter(({ kind }) => kind === 'probe')).toEqual([]);
  const methods = new Set(live.map(({ method }) => method));
  expect(methods).toEqual(new Set(['POST', 'GET', 'PUT', 'HEAD', 'OPTIONS']));
  // Whatever has a requirement of its own is sent there too.
  const single = (requests: typeof all) => requests.filter(({ source }) => !source);
  expect(single(live)).toEqual(single(all));
});
