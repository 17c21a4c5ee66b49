import { expect, test } from '@playwright/test';
import { printable } from '../../../fixtures/configuration/errors.ts';
import { sourceMarkup } from '../../report/formats/markup.ts';
import ContractReporter from '../../report/reporter.ts';
import { requirements } from '../../requirements/index.ts';
import commands from './commands.json' with { type: 'json' };

/** What a terminal or the log of a CI would act on, and what stands in its place. */
for (const [text = '', shown = ''] of commands)
  test(`${JSON.stringify(text)} does nothing in a log, and is shown`, () => {
    expect(printable(text)).toBe(shown);
    expect(printable(shown)).toBe(shown);
  });

test('what is no command stays as it is', () => {
  for (const text of ['## [a]', 'a::b', 'http://[::1]:80/v1.0', '# [x] #[y]', 'std::string\n\ta'])
    expect(printable(text)).toBe(text);
});

test('what Playwright is told for its last line is true for nobody behind it', async () => {
  const { CI, NO_COLOR } = process.env;
  delete process.env.CI;
  const nowhere = { folder: '', report: '', history: '' };
  await new ContractReporter({ ...nowhere, table: false, failOnNew: false }).onExit();
  expect(process.env.CI).toBe('true');
  await new Promise(setImmediate);
  expect(process.env.CI).toBeUndefined();
  Object.assign(process.env, CI && { CI }, NO_COLOR && { NO_COLOR });
});

test('a long text is read once', () => {
  const long = `${' '.repeat(2 ** 20)}${'\n '.repeat(2 ** 18)}${'#'.repeat(2 ** 18)}`;
  expect(printable(long)).toBe(long);
});

const linked = (source: string) => sourceMarkup(source).join('');
const addresses = (source: string) =>
  [...linked(source).matchAll(/href="([^"]+)"/g)].map(([, url]) => url);

test('a source keeps its text, and its references lead to the clause', () => {
  const source =
    'RFC 9110 §8.6; OData JSON 4.5.1; OData 4.01 §11.4.6.2; OData 9.9; page, section (Response)';
  expect(linked(source).replaceAll(/<[^>]+>/g, '')).toBe(source);
  expect(addresses(source)).toEqual([
    'https://www.rfc-editor.org/rfc/rfc9110#section-8.6',
    'https://docs.oasis-open.org/odata/odata-json-format/v4.01/odata-json-format-v4.01.html#sec_ControlInformationcontextodatacontex',
    'https://docs.oasis-open.org/odata/odata/v4.01/odata-v4.01-part1-protocol.html#sec_RemoveaReferencetoanEntity',
    'https://docs.oasis-open.org/odata/odata/v4.01/odata-v4.01-part1-protocol.html',
    'https://learn.microsoft.com/graph/api/user-post-registereddevices',
  ]);
});

test('every requirement leads to where it can be read, but for those that no document states', () => {
  const nowhere = requirements.filter(({ source }) => addresses(source).length === 0);
  expect(nowhere.map(({ source }) => source.split(':')[0])).toEqual(
    nowhere.map(() => expect.stringMatching(/^(no document|service)$/)),
  );
});

test('a clause of OData that a requirement names has an address', () => {
  const all = requirements.map(({ source }) => linked(source)).join('');
  const clauses = [...all.matchAll(/"([^"]+)">(OData[^<]* §?(?!4\.01<)\d[\d.]*)</g)];
  expect(clauses.length).toBeGreaterThan(20);
  expect(clauses.filter(([, url]) => !url?.includes('#')).map(([, , text]) => text)).toEqual([]);
});
