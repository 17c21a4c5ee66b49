import { expect, test } from '@playwright/test';
import type { Header } from '../../../schemas/files/recording.ts';
import { answerOf } from '../../requirements/answer.ts';
import { errorRules } from '../../requirements/errors.ts';
import { httpRules } from '../../requirements/http.ts';
import { listMembers } from '../../requirements/match/headers.ts';
import { answered } from '../support/answered.ts';
import { run } from '../support/recorded.ts';

const beside = { run, answers: [], earlier: [] };
const withHeaders = (name: string, lines: readonly string[]) =>
  answerOf(answered({ status: 401, headers: lines.map((line): Header => [name, line]) }));

// biome-ignore format: a row a line
const challenges: readonly (readonly [lines: string[], received: string | false])[] = [
  [[], 'no WWW-Authenticate'],
  [['Bearer'], false],
  [['BEARER realm=""'], false],
  [['Bearer realm \t= "a" , error = invalid_token'], false],
  [['Basic realm="a",Bearer realm="b"'], false],
  [['Negotiate', 'Bearer realm="b"'], false],
  [[', Negotiate YII/+~==,, Bearer ,'], false],
  [['Newauth title="Login to \\"apps\\", Bearer"'], 'a challenge without Bearer'],
  [['Basic realm="a", or=Bearer'], 'a challenge without Bearer'],
  [['Basic realm="a", bearer=1'], 'a challenge without Bearer'],
  [['"Bearer"'], 'a challenge without Bearer'],
  [['Basic realm="a, Bearer'], 'no challenge that can be read'],
];

for (const [lines, received] of challenges)
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

// biome-ignore format: a row a line
const forms: readonly (readonly [header: string, value: string, isForm: boolean])[] = [
  ['Date', 'Sun, 06 Nov 1994 08:49:37 GMT', true],
  ['Date', 'Sunday, 06-Nov-94 08:49:37 GMT', true],
  ['Date', 'Sun Nov  6 08:49:37 1994', true],
  ['Date', 'Sat, 31 Dec 2016 23:59:60 GMT', true],
  ['Date', 'Sun, 6 Nov 1994 08:49:37 GMT', false],
  ['Date', 'Sun, 06 Nov 1994 08:49:37 +0000', false],
  ['Date', 'sun, 06 nov 1994 08:49:37 gmt', false],
  ['Date', '1994-11-06T08:49:37Z', false],
  ['Date', '', false],
  ['ETag', '"1"', true],
  ['ETag', 'W/"a b"', false],
  ['ETag', '""', true],
  ['ETag', 'w/"1"', false],
  ['ETag', '1', false],
  ['ETag', '"1", "2"', false],
];

for (const [header, value, isForm] of forms)
  test(`${header} ${value} ${isForm ? 'is' : 'is not'} in a form of HTTP`, () => {
    const found = httpRules['header-form'].check(withHeaders(header, [value]), beside);
    expect(found).toEqual(
      !isForm && expect.objectContaining({ received: `${header} in another form` }),
    );
  });
