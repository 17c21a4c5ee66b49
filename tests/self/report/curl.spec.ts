import { execFileSync } from 'node:child_process';
import { expect, test } from '@playwright/test';
import type { Exchange, Header } from '../../../schemas/files/recording.ts';
import { printable } from '../../judge/text.ts';
import { curlLine } from '../../report/model/curl.ts';
import { exchange } from '../support/recorded.ts';

const token = 'the-token';

/** What curl would be given by a POSIX shell, argument by argument, and what comes from a pipe. */
function argumentsOf(line: string): { args: string[]; piped: string } {
  const script = `curl() { for each; do printf '%s\\0' "$each"; done; cat; }\n${line}`;
  const out = execFileSync('sh', ['-c', script], {
    env: { PATH: process.env.PATH, GRAPH_ACCESS_TOKEN: token },
    input: '',
    encoding: 'latin1',
  });
  const args = out.split('\0');
  return { args: args.slice(0, -1), piped: args.at(-1) ?? '' };
}

const lineOf = (
  change: Partial<Exchange['request']>,
  requestCase: Partial<Exchange['requestCase']> = {},
) => {
  const sent = exchange();
  return curlLine({ ...sent.requestCase, ...requestCase }, { ...sent.request, ...change });
};

const bodies = [
  '{"a": "it\'s $(touch x) `id` \\\\ %d %% \\n"}',
  '{"name": "Zoë 😀"}\r\n',
  "'; touch x; '",
  '@/etc/passwd',
  '{\r\n\t"a": 1\r\n}',
  '\u0001\u00ff',
];
for (const body of bodies)
  test(`the body ${JSON.stringify(body)} comes through a shell as it was sent`, () => {
    const line = lineOf({ body: Buffer.from(body) });
    // Every report makes it printable: nothing must be left to change.
    expect(printable(line)).toBe(line);
    const { args, piped } = argumentsOf(line);
    const raw = args.indexOf('--data-raw');
    const sent = Buffer.from(raw < 0 ? piped : (args[raw + 1] ?? ''), 'latin1');
    expect(sent.toString()).toBe(body);
  });

test('a header of a recording from elsewhere is an argument, or left out, and never a command', () => {
  const headers: Header[] = [
    ['Authorization', 'Bearer [redacted]'],
    ['X-"; touch x; "', 'a name that is none'],
    ['X-Lines', 'a\ntouch x'],
    ['X-Quotes', `"$(touch x)" '; touch x; '`],
    ['X-Empty', ''],
    ['Host', 'h'],
  ];
  const { args } = argumentsOf(lineOf({ headers, url: "-o http://h/'$(id)", method: "P'; id" }));
  expect(args.filter((_, i) => args[i - 1] === '--header')).toEqual([
    `Authorization: Bearer ${token}`,
    `X-Quotes: "$(touch x)" '; touch x; '`,
    'X-Empty;',
    'Content-Type:',
  ]);
  expect(args.slice(0, 3)).toEqual(['--include', '--request', "P'; id"]);
  expect(args.slice(-2)).toEqual(['--url', "-o http://h/'$(id)"]);
});

test('what is special about the token is said in a comment of one line', () => {
  const requestCase = {
    kind: 'negative',
    requirement: 'token-verified',
    why: 'changed\ntouch x\u2028touch y',
  } as const;
  const line = lineOf({}, requestCase);
  expect(line.split('\n')[0]).toBe('# changed touch x touch y');
  expect(argumentsOf(line).args[0]).toBe('--include');
});

test('a request with no Accept, and one too large to be pasted', () => {
  expect(lineOf({}, { form: { accept: null } })).toContain("--header 'Accept:'");
  expect(lineOf({ body: Buffer.alloc(5_000) })).toBe(
    '# its body has 5000 bytes: take it from the recording',
  );
});
