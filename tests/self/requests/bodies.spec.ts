import { createHash } from 'node:crypto';
import { expect, test } from '@playwright/test';
import {
  type DirectoryObject,
  directoryObjects,
  documentedExample,
} from '../../../fixtures/requests/bodies.ts';
import { boundaries, dateClasses } from '../../../fixtures/requests/date-values.ts';
import { documentedRequests } from '../../../fixtures/requests/documented.ts';
import { isDateTimeOffset } from '../../../schemas/edm-date-time-offset.ts';
import { routes } from '../../../schemas/operation.ts';
import { schemaErrors } from '../../../schemas/validate.ts';

const all = (seed: number, route: (typeof routes)[number]) => [
  ...directoryObjects(seed, route, undefined),
];
const bodies = routes.flatMap((route) => all(1, route));

test('the documented example is the 116 bytes of the page', () => {
  const lines = [
    '{',
    '  "@odata.type": "#microsoft.graph.directoryObject",',
    '  "deletedDateTime": "2017-01-01T00:00:34.0507931+03:00"',
    '}',
  ];
  expect(documentedExample.bytes.length).toBe(116);
  expect(documentedExample.bytes.equals(Buffer.from(lines.join('\r\n'), 'latin1'))).toBe(true);
  expect(documentedExample.id).toBeUndefined();
  expect(documentedExample.deletedDateTime).toBe('2017-01-01T00:00:34.0507931+03:00');
});

test('every body conforms to the schema, and says what is said of it', () => {
  for (const { bytes, id, deletedDateTime } of [documentedExample, ...bodies]) {
    const object: unknown = JSON.parse(bytes.toString('utf8'));
    expect(schemaErrors('directoryObject.create', object)).toEqual([]);
    expect(object).toEqual({
      '@odata.type': '#microsoft.graph.directoryObject',
      ...(id !== undefined && { id }),
      deletedDateTime,
    });
  }
});

test('every date is one that a service must accept', () => {
  const outside = [documentedExample, ...bodies].filter(({ deletedDateTime: date }) => {
    // Upper case, seconds, at most seven digits, offsets to 14:00, and the year in UTC as well.
    const form =
      /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,7})?(Z|[+-](0\d|1[0-3]):[0-5]\d|[+-]14:00)$/;
    const time = Date.parse(date.replace(/(\.\d{3})\d*/, '$1'));
    const year = new Date(time).getUTCFullYear();
    return !form.test(date) || !isDateTimeOffset(date) || !(year >= 1 && year <= 9999);
  });
  expect(outside.map(({ deletedDateTime }) => deletedDateTime)).toEqual([]);
});

test('bodies with and without id, and the three layouts, take turns', () => {
  for (const route of routes) {
    const written = all(1, route);
    const withId = written.map(({ id }) => id !== undefined);
    expect(withId).toEqual(written.map((_, i) => i % 2 === 0));
    const first = written.slice(0, 6).map(({ bytes }) => bytes.toString('latin1'));
    expect(
      first.map((text) =>
        text.includes('\r\n') ? 'crlf' : text.includes('\n') ? 'lf' : 'one line',
      ),
    ).toEqual([...['one line', 'lf', 'crlf'], ...['one line', 'lf', 'crlf']]);
    // Streaming readers of OData take the type from the first property only.
    expect(written.every(({ bytes }) => /^\{\s*"@odata\.type"/.test(bytes.toString()))).toBe(true);
  }
});

test('ids are distinct within a route, between the routes and between neighbouring seeds', () => {
  const ids: string[] = [];
  for (const seed of [0, 1, 2, 3, 4, 2 ** 31 - 2, 2 ** 31 - 1])
    for (const route of routes)
      for (const { id } of all(seed, route)) if (id !== undefined) ids.push(id);
  expect(ids.length).toBeGreaterThan(500);
  expect(new Set(ids).size).toBe(ids.length);
});

test('names are distinct, and every body says why it is sent', () => {
  const names = all(1, 'me').map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(bodies.filter(({ why }) => why === '')).toEqual([]);
});

test('the default holds the array, every boundary and eight random dates', () => {
  const named = all(1, 'me').map(({ name }) => name);
  const kinds = (prefix: string) => named.filter((name) => name.startsWith(prefix)).length;
  expect(kinds('random-')).toBe(8);
  expect(kinds('pair-')).toBeGreaterThanOrEqual(
    dateClasses.year.length * dateClasses.offset.length,
  );
  for (const [name, date] of Object.entries(boundaries))
    expect(all(1, 'users').find((object) => object.name === name)?.deletedDateTime).toBe(date);
  expect(named.length).toBe(kinds('pair-') + kinds('random-') + Object.keys(boundaries).length);
  // The three that the facts name.
  expect(Object.values(boundaries)).toEqual(
    expect.arrayContaining(['0001-01-01T00:00:00Z', '9999-12-31T23:59:59.9999999Z']),
  );
  expect(Object.values(boundaries).some((date) => /-02-29T.*\+14:00$/.test(date))).toBe(true);
});

const digest = (objects: Iterable<DirectoryObject>) => {
  const hash = createHash('sha256');
  for (const { bytes } of objects) hash.update(bytes).update('\0');
  return hash.digest('hex');
};

test('the same seed gives the same bytes, and another seed others', () => {
  const seeds = [0, 1, 2, 3, 1_000, 2 ** 31 - 1];
  const digests = seeds.flatMap((seed) => routes.map((route) => digest(all(seed, route))));
  expect(seeds.flatMap((seed) => routes.map((route) => digest(all(seed, route))))).toEqual(digests);
  expect(new Set(digests).size).toBe(digests.length);
});

test('the seed draws ids and random dates, and leaves the array as it is', () => {
  const [one, two] = [all(1, 'me'), all(2, 'me')];
  const dates = (objects: DirectoryObject[], random: boolean) =>
    objects
      .filter(({ name }) => name.startsWith('random-') === random)
      .map((o) => o.deletedDateTime);
  expect(dates(one, false)).toEqual(dates(two, false));
  expect(dates(one, true)).not.toEqual(dates(two, true));
});

for (const count of [1, 2, 9, 10, 50, 150])
  test(`${count} samples are the first ${count}, on either route`, () => {
    for (const route of routes) {
      const some = [...directoryObjects(1, route, count)];
      expect(some.length).toBe(count);
      const whole = all(1, route);
      expect(some.slice(0, whole.length)).toEqual(whole.slice(0, count));
    }
  });

test('the requests of a run are the example, then as many creates as asked for, routes taking turns', () => {
  const options = { routes, userId: 'u', seed: 1, samples: 3 };
  const requests = [...documentedRequests(options)];
  const creates = requests.filter(({ kind }) => kind === 'example' || kind === 'create');
  expect(creates).toEqual(requests.slice(0, 8));
  expect(creates.map(({ route }) => route)).toEqual(Array.from({ length: 4 }, () => routes).flat());
  expect(creates.slice(0, 2).map(({ body }) => body)).toEqual([
    documentedExample.bytes,
    documentedExample.bytes,
  ]);
  for (const route of routes)
    expect(
      creates
        .filter((each) => each.route === route && each.kind === 'create')
        .map(({ body }) => body),
    ).toEqual([...directoryObjects(1, route, 3)].map(({ bytes }) => bytes));
});

test('asking for a hundred thousand bodies costs nothing before they are drawn', () => {
  const requests = documentedRequests({ routes, userId: 'u', seed: 1, samples: 100_000 });
  const firstFour = Array.from({ length: 4 }, () => requests.next().value?.name);
  expect(firstFour).toEqual(['documented-example', 'documented-example', 'pair-01', 'pair-01']);
});

test('at a tenant every create has an id but the example, which comes last', () => {
  const wanted = { routes, userId: 'u', seed: 1, samples: 5 };
  const creates = [...documentedRequests({ ...wanted, live: true })].filter(({ kind }) =>
    ['create', 'example'].includes(kind),
  );
  expect(creates.map(({ kind, id }) => [kind, id !== undefined])).toEqual([
    ...Array.from({ length: 10 }, () => ['create', true]),
    ['example', false],
    ['example', false],
  ]);
  // Elsewhere the example comes first, and the same seed gives the same dates.
  const [first, second, ...rest] = [...documentedRequests(wanted)];
  expect([first?.kind, second?.kind]).toEqual(['example', 'example']);
  expect(rest.slice(0, 10).map(({ deletedDateTime }) => deletedDateTime)).toEqual(
    creates.slice(0, 10).map(({ deletedDateTime }) => deletedDateTime),
  );
});
