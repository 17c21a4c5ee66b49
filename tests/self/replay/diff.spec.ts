import { expect, test } from '@playwright/test';
import type { Exchange, Header } from '../../../schemas/files/recording.ts';
import {
  differenceLine,
  differencesMarkdown,
  differencesOf,
  type Pair,
  pairsOf,
} from '../../replay/diff.ts';
import { exchange } from '../support/recorded.ts';
import cases from './differences.json' with { type: 'json' };

const json: Header = ['Content-Type', 'application/json'];
const sentDate = '2017-01-01T00:00:34.0507931+03:00';
const tenant = 'https://tenant.invalid/v1.0';
const mock = 'http://127.0.0.1:1/v1.0';
const object = {
  '@odata.type': '#microsoft.graph.directoryObject',
  id: '98b7e341-e341-98b7-41e3-b79841e3b798',
  deletedDateTime: sentDate,
};

interface Responded {
  readonly status?: number;
  readonly headers?: readonly Header[];
  /** Headers besides. */
  readonly more?: readonly Header[];
  readonly body?: unknown;
  /** Other properties of the object. */
  readonly properties?: object;
  /** The body of the request. */
  readonly sent?: object;
  /** The client-request-id of the request. */
  readonly requestId?: string;
}

/** An exchange with that response; by default a create that conforms. */
function responded(given: Responded = {}): Exchange {
  const { status = 201, headers = [json], more = [], sent = {}, requestId = '' } = given;
  const { body = { ...object, ...given.properties } } = given;
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const base = exchange({ status, headers: [...headers, ...more], body: Buffer.from(text) });
  return {
    ...base,
    requestCase: { ...base.requestCase, deletedDateTime: sentDate },
    request: {
      ...base.request,
      headers: [['client-request-id', requestId]],
      body: Buffer.from(JSON.stringify(sent)),
    },
  };
}

const differences = (pairs: Pair[]) =>
  differencesOf(pairs, { recorded: { baseUrl: tenant }, replayed: { baseUrl: mock } });
const linesOf = (pairs: Pair[]) => differences(pairs).map(differenceLine);

/** The differences of one request, a line each without the request. */
function between(recorded: Responded, replayed: Responded): string[] {
  const lines = linesOf([{ recorded: responded(recorded), replayed: responded(replayed) }]);
  return lines.map((line) => line.replace(/ · .*/, ''));
}

/** Two responses to the same request, and the lines that report what differs. */
type Case = readonly [recorded: Responded, replayed: Responded, ...lines: string[]];
for (const [what, row] of Object.entries(cases))
  test(`two responses: ${what}`, () => {
    const [recorded, replayed, ...lines] = row as unknown as Case;
    expect(between(recorded, replayed)).toEqual(lines);
  });

test('what many requests show on both routes is reported once, with three of them by name', () => {
  const named = (name: string, route: 'me' | 'users', status: number) => {
    const base = responded({ status });
    return { ...base, requestCase: { ...base.requestCase, name, route } };
  };
  const pairs = ['a', 'b', 'c', 'd'].flatMap((name) =>
    (['me', 'users'] as const).map((route) => ({
      recorded: named(name, route, 201),
      replayed: named(name, route, 200),
    })),
  );
  expect(linesOf(pairs)).toEqual([
    'status: recorded 201, here 200 · both routes: a, b, c and 1 more',
  ]);
});

test('a throttled response is not compared with, but reported of the other target', () => {
  const busy = responded({ status: 503, headers: [['Retry-After', '1']], body: '' });
  expect(pairsOf([busy], [responded()])).toEqual([]);
  expect(linesOf(pairsOf([responded()], [busy]))).toEqual([
    expect.stringContaining('status: recorded 201, here 503'),
  ]);
});

test('what a mock sends cannot write on the terminal or into the Markdown', () => {
  const hostile = responded({ more: [['OData-Version', '\u001b[31m|`<b>\n# x']] });
  const found = differences([{ recorded: responded(), replayed: hostile }]);
  const markdown = differencesMarkdown('One difference', found);
  expect(found.map(differenceLine).join()).not.toContain('\u001b');
  expect(markdown).not.toContain('\u001b');
  expect(markdown).not.toMatch(/^# x|<b>/m);
});

test('a body that is nested without end is compared to a depth', () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  expect(() => between({ body: deep }, {})).not.toThrow();
});
