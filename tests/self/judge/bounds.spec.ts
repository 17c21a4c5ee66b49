import { expect, test } from '@playwright/test';
import { entityType } from '../../../schemas/operation.ts';
import { show } from '../../requirements/match/excerpt.ts';
import { objectIn, withBody, withHeader, withJson, withLine } from '../mutants/defects/rewrite.ts';
import { detected, judged } from '../support/judged.ts';
import type { Defect, MockResponse } from '../support/mock.ts';

const long = 'x'.repeat(1_000_000);
const header = 'y'.repeat(2_000);

/** Characters that anybody would read of what one verdict quotes. */
const quoted = 500;

const onObject = (change: (response: MockResponse) => MockResponse): Defect => {
  return (response, { created }) => (created > 0 ? change(response) : response);
};
const nested = (open: string, close: string, depth: number) =>
  `${open.repeat(depth)}1${close.repeat(depth)}`;

/** What a target may send in any size, with a requirement that notices it. */
const sizes: Readonly<Record<string, readonly [Defect, string]>> = {
  'a text of a million characters in every property': [
    onObject((a) =>
      withJson(a, { '@odata.type': long, id: `${long}${Math.random()}`, deletedDateTime: long }),
    ),
    'odata-type',
  ],
  'one id of a million characters': [
    onObject((a) => withJson(a, { ...objectIn(a), id: long })),
    'id-distinct',
  ],
  'a year of a hundred thousand digits': [
    onObject((a) =>
      withJson(a, { ...objectIn(a), deletedDateTime: `${'9'.repeat(100_000)}-01-01T00:00:00Z` }),
    ),
    'date-instant',
  ],
  'a name of a million characters': [
    onObject((a) => withJson(a, { ...objectIn(a), [`${long}@odata.type`]: 1 })),
    'body-schema',
  ],
  'a wrapper with a name of a million characters': [
    onObject((a) => withJson(a, { [long]: objectIn(a) })),
    'body-json',
  ],
  'a name of a million characters twice': [
    onObject((a) => withBody(a, a.body.toString().replace('{', `{"${long}":1,"${long}":2,`))),
    'json-names-once',
  ],
  'sixty thousand names that break the schema': [
    onObject((a) => {
      const names = Array.from({ length: 60_000 }, (_, i) => [`n${i}@odata.type`, i]);
      return withJson(a, { ...objectIn(a), ...Object.fromEntries(names) });
    }),
    'body-schema',
  ],
  'an id of a hundred thousand levels': [
    onObject((a) =>
      withBody(
        a,
        `{"@odata.type":"${entityType}","id":${nested('[', ']', 100_000)},"deletedDateTime":null}`,
      ),
    ),
    'id-present',
  ],
  'inner errors of a hundred thousand levels': [
    (response, { refusal }) =>
      refusal === undefined
        ? response
        : withBody(
            response,
            `{"error":{"code":"a","message":"b","innererror":${nested('{"innererror":', '}', 100_000)}}}`,
          ),
    'error-schema',
  ],
  'long headers': [
    (response) =>
      withLine(
        withHeader(
          withHeader(withHeader(response, 'request-id', header), 'Allow', header),
          'OData-Version',
          header,
        ),
        'Content-Type',
        `text/${header};charset=${header};metadata=${header}`,
      ),
    'content-type-once',
  ],
};

for (const [name, [defect, requirement]] of Object.entries(sizes))
  test(`${name}: the requirement that it breaks says so in a line`, async () => {
    const verdicts = await judged(defect, { samples: 3 });
    expect(detected(verdicts)).toContain(requirement);
    const quotes = verdicts.map(({ received, detail, reason, exchange }) =>
      [received, detail, reason, exchange?.requestId].join(''),
    );
    expect(Math.max(...quotes.map((each) => each.length))).toBeLessThan(quoted);
  });

test('what is shown of a value is the beginning of its JSON, whatever its depth and size', () => {
  const values: unknown[] = [
    'é\n"\\'.repeat(30),
    { a: [1, 'b', { c: null }], d: [] },
    [[], {}, [{}], -1e-7, true],
    { ['n'.repeat(100)]: 1 },
    Array.from({ length: 60 }, (_, i) => i),
    Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`k${i}`, [`v${i}`]])),
    [[['a'.repeat(74)], 'b'], 'c'],
  ];
  for (const value of values) {
    const whole = JSON.stringify(value);
    expect(show(value)).toBe(whole.length > 80 ? `${whole.slice(0, 79)}…` : whole);
  }
  const deep: unknown = JSON.parse(nested('[', ']', 1_000_000));
  expect(show(deep)).toBe(`${'['.repeat(79)}…`);
  expect(show(undefined)).toBe('absent');
});
