import { expect, test } from '@playwright/test';
import type { Header } from '../../../schemas/files/recording.ts';
import { answerOf } from '../../requirements/answer.ts';
import { errorRules } from '../../requirements/errors.ts';
import { httpRules } from '../../requirements/http.ts';
import { listMembers } from '../../requirements/match/headers.ts';
import { answered } from '../support/answered.ts';
import { run } from '../support/recorded.ts';
import table from './headers.json' with { type: 'json' };

const beside = { run, answers: [], earlier: [] };
const withHeaders = (name: string, lines: readonly string[]) =>
  answerOf(answered({ status: 401, headers: lines.map((line): Header => [name, line]) }));

for (const [lines, received] of table.challenges as [string[], string | false][])
  test(`challenges: ${lines.join(' | ')}`, () => {
    const { check } = errorRules['unauthorized-challenge'];
    const found = check(withHeaders('WWW-Authenticate', lines), beside);
    const [text] = lines;
    expect(found).toEqual(received && text ? expect.objectContaining({ received }) : received);
  });

test('the members of a list stand in any line, and empty ones do not count', () => {
  const lines = [' GET,,\tPOST ', '', '"a, \\", b",PUT'];
  expect(listMembers(lines)).toEqual(['GET', 'POST', '"a, \\", b"', 'PUT']);
});

for (const [header, value, isForm] of table.forms as [string, string, boolean][])
  test(`${header} ${value} ${isForm ? 'is' : 'is not'} in a form of HTTP`, () => {
    const found = httpRules['header-form'].check(withHeaders(header, [value]), beside);
    expect(found).toEqual(
      !isForm && expect.objectContaining({ received: `${header} in another form` }),
    );
  });
