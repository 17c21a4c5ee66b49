import { expect, test } from '@playwright/test';
import { sourceParts } from '../../report/references.ts';
import { requirements } from '../../requirements/index.ts';

const addresses = (source: string) => sourceParts(source).flatMap(({ url }) => url ?? []);

test('a source keeps its text, and its references lead to the clause', () => {
  const source = 'RFC 9110 §8.6; OData JSON 4.5.1; page, section "Response"';
  expect(
    sourceParts(source)
      .map(({ text }) => text)
      .join(''),
  ).toBe(source);
  expect(addresses(source)).toEqual([
    'https://www.rfc-editor.org/rfc/rfc9110#section-8.6',
    'https://docs.oasis-open.org/odata/odata-json-format/v4.01/odata-json-format-v4.01.html',
    'https://learn.microsoft.com/graph/api/user-post-registereddevices',
  ]);
});

test('every requirement leads to where it can be read, but for those that no document states', () => {
  const nowhere = requirements.filter(({ source }) => addresses(source).length === 0);
  expect(nowhere.map(({ source }) => source.split(':')[0])).toEqual(
    nowhere.map(() => expect.stringMatching(/^(no document|service)$/)),
  );
});
