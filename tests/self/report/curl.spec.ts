import { execFileSync } from 'node:child_process';
import { expect, test } from '@playwright/test';
import type { Exchange, Header } from '../../../schemas/files/recording.ts';
import { printable } from '../../judge/text.ts';
import { curlWords } from '../../report/model/exchange.ts';
import { exchange } from '../support/recorded.ts';

const token = 'the-token';

/** What a shell gives curl; also one that knows no comments at its prompt, as zsh. */
function argumentsOf(line: string): string[] {
  const curl = `curl() { printf '%s\\0' "$@"; }\n${line}`;
  const env = { PATH: process.env.PATH, GRAPH_ACCESS_TOKEN: token };
  const read = (shell: string, ...args: string[]) =>
    execFileSync(shell, args, { env, encoding: 'utf8', stdio: 'pipe' });
  const out = read('sh', '-c', curl);
  const prompt = ['--norc', '-ic', `shopt -u interactive_comments\n${curl}`];
  expect(read('bash', ...prompt)).toBe(out);
  return out.split('\0').slice(0, -1);
}

const lineOf = (
  change: Partial<Exchange['request']>,
  requestCase: Partial<Exchange['requestCase']> = {},
) => {
  const sent = exchange();
  const words = curlWords({ ...sent.requestCase, ...requestCase }, { ...sent.request, ...change });
  return words.join(' \\\n  ');
};

const bodies = [
  '{"a": "it\'s $(touch x) `id` \\\\ %d %% \\n"}',
  '{"name": "Zoë 😀"}\n',
  "'; touch x; '",
  '@/etc/passwd',
  '{\n\t"a": 1\n}',
  'a \\\n  b',
];
for (const body of bodies)
  test(`the body ${JSON.stringify(body)} comes through a shell as it was sent`, () => {
    const line = lineOf({ body: Buffer.from(body) });
    // Every report makes it printable: nothing must be left to change.
    expect(printable(line)).toBe(line);
    const args = argumentsOf(line);
    expect(args[args.indexOf('--data-raw') + 1]).toBe(body);
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
  const args = argumentsOf(lineOf({ headers, url: "-o http://h/'$(id)", method: "P'; id" }));
  expect(args.filter((_, i) => args[i - 1] === '--header')).toEqual([
    `Authorization: Bearer ${token}`,
    `X-Quotes: "$(touch x)" '; touch x; '`,
    'X-Empty;',
    'Content-Type:',
  ]);
  expect(args.slice(0, 3)).toEqual(['--include', '--request', "P'; id"]);
  expect(args.slice(-2)).toEqual(['--url', "-o http://h/'$(id)"]);
});

test('what is special about the token stands behind the command, and is none', () => {
  const requestCase = {
    kind: 'negative',
    requirement: 'token-verified',
    why: "cut'; id\nid\u2028id",
  } as const;
  const line = lineOf({}, requestCase);
  expect(line).toContain(`; : 'cut'\\''; id`);
  expect(argumentsOf(line).at(-2)).toBe('--url');
});

test('a request with no Accept', () => {
  expect(lineOf({}, { form: { accept: null } })).toContain("--header 'Accept:'");
});

for (const body of ['{"a": "it\'s \\ 1"}\r\n', '\u00017', Buffer.of(0xff, 0x38), '\u202e'])
  test(`the body ${JSON.stringify(body)} comes through bash byte for byte`, () => {
    const line = lineOf({ body: Buffer.from(body) });
    expect(printable(line)).toBe(line);
    const quoted = /--data-raw (\$'.*')/.exec(line)?.[1];
    const out = execFileSync('bash', ['-c', `printf %s ${quoted}`]);
    expect(out).toEqual(Buffer.from(body));
  });

for (const body of ['a'.repeat(5_000), 'a\0'])
  test(`the body ${JSON.stringify(body).slice(0, 20)} is left to the recording`, () => {
    const line = lineOf({ body: Buffer.from(body) });
    expect(line).toMatch(
      /^# its body has \d+ bytes that cannot be pasted: take it from the recording$/,
    );
  });
