import { expect, test } from '@playwright/test';
import { httpForms } from '../../requirements/http.ts';
import { challengedSchemes, listMembers } from '../../requirements/match/headers.ts';

const challenges: [name: string, lines: string[], schemes: string[] | undefined][] = [
  ['none', [], []],
  ['a scheme alone', ['Bearer'], ['bearer']],
  ['capitals', ['BEARER realm=""'], ['bearer']],
  ['a parameter', ['Bearer realm=""'], ['bearer']],
  ['blanks around =', ['Bearer realm \t= "a" , error = invalid_token'], ['bearer']],
  ['a scheme and parameters', ['Bearer realm="a, Basic", error="b"'], ['bearer']],
  ['two in a line', ['Basic realm="a",Bearer realm="b"'], ['basic', 'bearer']],
  ['two in two lines', ['Negotiate', 'Bearer realm="b"'], ['negotiate', 'bearer']],
  ['a token68', ['Negotiate YII/+~=='], ['negotiate']],
  ['empty members', [', Negotiate,, Bearer ,'], ['negotiate', 'bearer']],
  [
    'quotation marks in a quoted string',
    ['Newauth realm="apps", type=1, title="Login to \\"apps\\", Bearer"'],
    ['newauth'],
  ],
  ['Bearer as a value', ['Basic realm="a", or=Bearer'], ['basic']],
  ['a quoted string without end', ['Basic realm="a, Bearer'], undefined],
  ['a parameter without a scheme', ['realm="a"'], undefined],
  ['a scheme in quotation marks', ['"Bearer"'], undefined],
  ['a value that is neither token nor quoted', ['Bearer uri=https://a/b'], undefined],
];

for (const [name, lines, schemes] of challenges)
  test(`challenges: ${name}`, () => {
    expect(challengedSchemes(lines)).toEqual(schemes);
  });

test('the members of a list stand in any line, and empty ones do not count', () => {
  const lines = [' GET,,\tPOST ', '', '"a, \\", b",PUT'];
  expect(listMembers(lines)).toEqual(['GET', 'POST', '"a, \\", b"', 'PUT']);
});

const forms: [header: string, value: string, isForm: boolean][] = [
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
    expect(httpForms[header]?.test(value)).toBe(isForm);
  });
