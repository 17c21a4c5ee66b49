import { expect, test } from '@playwright/test';
import { entityType } from '../../../schemas/operation.ts';
import { show } from '../../requirements/match/json.ts';
import { onEvery } from '../mutants/defects/on.ts';
import { objectIn, withBody, withHeader, withJson, withLine } from '../mutants/defects/rewrite.ts';
import { judgedInMemory } from '../support/in-memory.ts';
import { detected } from '../support/judged.ts';
import type { Defect, MockResponse } from '../support/mock.ts';

const long = 'x'.repeat(200_000);
const header = 'y'.repeat(2_000);

/** Characters that anybody would read of what one verdict quotes. */
const quoted = 500;

type Change = (response: MockResponse) => MockResponse;
/** Every tenth create: some of each route, and few enough for the test. */
const onObject = (change: Change): Defect => onEvery(10, change);
const withProperties = (more: object) => onObject((a) => withJson(a, { ...objectIn(a), ...more }));
const nested = (open: string, close: string, depth: number) =>
  `${open.repeat(depth)}1${close.repeat(depth)}`;
const deepId = `{"@odata.type":"${entityType}","id":${nested('[', ']', 100_000)},"deletedDateTime":null}`;
const deepError = `{"error":{"code":"a","message":"b","innererror":${nested('{"innererror":', '}', 20_000)}}}`;
const manyNames = Object.fromEntries(
  Array.from({ length: 9_000 }, (_, i) => [`n${i}@odata.type`, i]),
);
const longHeaders: Change = (response) =>
  ['request-id', 'Allow', 'OData-Version'].reduce(
    (changed, name) => withHeader(changed, name, header),
    withLine(response, 'Content-Type', `text/${header};charset=${header};metadata=${header}`),
  );

/** What a target may send in any size, with a requirement that notices it. */
// biome-ignore format: a row a line
const sizes: readonly (readonly [name: string, requirement: string, defect: Defect])[] = [
  ['a long text in every property', 'odata-type', onObject((a) => withJson(a, { '@odata.type': long, id: `${long}${Math.random()}`, deletedDateTime: long }))],
  ['one long id', 'id-distinct', withProperties({ id: long })],
  ['a year of a hundred thousand digits', 'date-form', withProperties({ deletedDateTime: `${'9'.repeat(100_000)}-01-01T00:00:00Z` })],
  ['a long name', 'body-schema', withProperties({ [`${long}@odata.type`]: 1 })],
  ['a wrapper with a long name', 'body-json', onObject((a) => withJson(a, { [long]: objectIn(a) }))],
  ['a long name twice', 'json-names-once', onObject((a) => withBody(a, a.body.toString().replace('{', `{"${long.slice(1e5)}":1,"${long.slice(1e5)}":2,`)))],
  ['thousands of names that break the schema', 'body-schema', withProperties(manyNames)],
  ['an id of a hundred thousand levels', 'id-present', onObject((a) => withBody(a, deepId))],
  ['inner errors of thousands of levels', 'error-schema', (a, { refusal, n }) => refusal === undefined || n % 10 > 0 ? a : withBody(a, deepError)],
  ['long headers', 'content-type-once', longHeaders],
];

for (const [name, requirement, defect] of sizes)
  test(`${name}: the requirement that it breaks says so in a line`, async () => {
    const verdicts = await judgedInMemory(defect);
    expect(detected(verdicts)).toContain(requirement);
    const quotes = verdicts.map(({ received, detail, reason, exchange }) =>
      [received, detail, reason, exchange?.requestId].join(''),
    );
    expect(Math.max(...quotes.map((each) => each.length))).toBeLessThan(quoted);
  });

test('what is shown of a value is the beginning of its JSON, whatever its depth and size', () => {
  expect(show({ a: [1, 'é\n'] })).toBe('{"a":[1,"é\\n"]}');
  expect(show(long)).toBe(`"${'x'.repeat(78)}…`);
  expect(show(undefined)).toBe('absent');
  const deep: unknown = JSON.parse(nested('[', ']', 1_000_000));
  expect(show(deep)).toBe('a value that is nested too deep to be shown');
});
