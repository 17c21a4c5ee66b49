import { expect, test } from '@playwright/test';
import {
  isThrottled,
  mayBeSentAgain,
  retryAfter,
  Throttling,
  waitLimitsFor,
} from '../../../fixtures/http/retry-after.ts';
import { sendAll } from '../../../fixtures/run/scheduler.ts';
import type { End, Header, RequestCase, Response } from '../../../schemas/files/recording.ts';
import { judged } from '../support/judged.ts';
import { exampleRequest } from '../support/raw-server.ts';
import { exchange } from '../support/recorded.ts';

function response(status: number, after?: string, date?: string): Response {
  const headers: Header[] = [];
  if (after !== undefined) headers.push(['Retry-After', after]);
  if (date !== undefined) headers.push(['Date', date]);
  return { status, reason: '', headers, body: Buffer.alloc(0), wireBytes: 0 };
}

test('429 asks to wait, and 503 only where it says how long; 429 alone may be sent again', () => {
  const given = [response(429), response(503, '3'), response(503), response(500, '3')];
  expect(given.map(isThrottled)).toEqual([true, true, false, false]);
  expect(given.map(mayBeSentAgain)).toEqual([true, false, false, false]);
});

/** Milliseconds that a value means at 01:02:03 of 23 November 2026; `date`: of the response. */
// biome-ignore format: a row a line
const values: readonly (readonly [value: string, ms: number | undefined, date?: string])[] = [
  ['0', 0], ['7', 7_000],
  // As the service has sent it.
  ['30,120', 120_000], ['120, 30', 120_000], ['0.249', 249], ['1.5', 1_500],
  ['Mon, 23 Nov 2026 01:02:13 GMT', 10_000],
  ['Monday, 23-Nov-26 01:02:13 GMT', 10_000],
  ['Mon Nov 23 01:02:13 2026', 10_000],
  ['Tue Dec  1 01:02:03 2026', 8 * 86_400_000],
  ['Mon, 23 Nov 2026 01:02:60 GMT', 56_000],
  ['Mon, 23 Nov 2026 01:02:00 GMT', 0],
  ['Sunday, 06-Nov-94 08:49:37 GMT', 0],
  ['-1', undefined], ['soon', undefined], ['1.5.2', undefined], ['30,', undefined], ['30, soon', undefined],
  ['1e3', undefined], ['99999999999', undefined], ['2026-11-23T01:02:13Z', undefined], ['', undefined],
  ['Mon, 23 Nov 2026 01:02:13 +0100', undefined], ['Mon, 99 Nov 2026 01:02:13 GMT', undefined],
  // Measured against the response's own Date: its clock may be hours off.
  ['Mon, 23 Nov 2026 04:00:10 GMT', 10_000, 'Mon, 23 Nov 2026 04:00:00 GMT'],
  ['Mon, 23 Nov 2026 04:00:10 GMT', 10_000, 'Monday, 23-Nov-26 04:00:00 GMT'],
  ['Mon, 23 Nov 2026 04:00:10 GMT', 10_000, 'Mon Nov 23 04:00:00 2026'],
  ['Mon, 23 Nov 2026 04:00:10 GMT', 10_687_000, 'yesterday'],
];

test('Retry-After is seconds or a date in one of three forms; anything else says nothing', () => {
  const now = Date.UTC(2026, 10, 23, 1, 2, 3);
  for (const [value, ms, date] of values)
    expect(retryAfter(response(429, value, date), now), `${value} at ${date}`).toBe(ms);
});

test('waiting is bounded for one response and for the run, and doubles where nothing is said', async () => {
  const slept: number[] = [];
  const limits = { single: 10_000, total: 15_000, initial: 1_000 };
  const throttling = new Throttling(limits, async (ms) => slept.push(ms));
  const waited: boolean[] = [];
  for (const after of ['11', undefined, undefined, '9', undefined])
    waited.push(await throttling.wait(response(429, after)));
  expect(waited).toEqual([false, true, true, true, false]);
  expect(slept).toEqual([1_000, 2_000, 9_000]);
});

for (const after of ['0', 'Sun, 06 Nov 1994 08:49:37 GMT', '0.01', undefined])
  test(`a request deferred for ${after} is sent six times, and such a run ends after a hundred`, async () => {
    const slept: number[] = [];
    const throttling = new Throttling(waitLimitsFor(true), async (ms) => slept.push(ms));
    for (let attempt = 1; attempt <= 6; attempt++)
      expect(await throttling.wait(response(429, after), attempt)).toBe(attempt < 6);
    expect(throttling.isExhausted).toBe(false);
    expect(slept).toEqual(slept.toSorted((a, b) => a - b));
    expect(slept.at(-1)).toBeGreaterThan(slept[0] ?? 0);
    const { end, sent } = await throttledRun(after, () => true);
    expect(sent).toBeLessThanOrEqual(130);
    const reason = 'the target throttled the run for too long';
    expect(end).toMatchObject({ complete: false, reason });
  });

test('a target that defers every second request, or one for ever, does not end the run', async () => {
  const half = await throttledRun('0', (_, n) => n % 2 === 0);
  expect(half.sent).toBeGreaterThan(590);
  expect(half.end).toEqual({ complete: true });
  const one = await throttledRun('0', ({ name }) => name === 'create-7');
  expect(one.end).toEqual({ complete: true, deferred: 1 });
});

/** Sends 300 requests, of which those are answered 429 that `isDeferred` says; nobody really waits. */
async function throttledRun(
  after: string | undefined,
  isDeferred: (requestCase: RequestCase, n: number) => boolean,
): Promise<{ end: End; sent: number }> {
  let [sent, recorded] = [0, 0];
  const requests = Array.from({ length: 300 }, (_, i) =>
    exampleRequest({ name: `create-${i + 1}` }),
  );
  const end = await sendAll(requests, {
    ...{ concurrency: 4, runSeconds: 600, slowMs: 1_000, failed: String },
    throttling: new Throttling(waitLimitsFor(false), async () => {}),
    send: async (requestCase, number) => ({
      ...exchange({}, number),
      requestCase: { ...requestCase, number },
      response: isDeferred(requestCase, ++sent) ? response(429, after) : response(201),
    }),
    record: () => {
      recorded += 1;
    },
    progress: () => {},
  });
  expect(recorded).toBe(sent);
  return { end, sent };
}

/** A response that asks to come again at once. */
const rejected = (headers: readonly Header[], status: number) => {
  const kept = headers.filter(([name]) => !/^(content|location)/i.test(name));
  const own: Header[] = [...kept, ['Retry-After', '0'], ['Content-Length', '0']];
  return { headers: own, body: Buffer.alloc(0), status };
};

test('what was rejected by 429 is sent later and judged, and what 503 deferred is neither', async () => {
  const sentWith = async (status: number, at: (n: number) => boolean) => {
    let n = 0;
    const verdicts = await judged((given) => (at(++n) ? rejected(given.headers, status) : given), {
      samples: 3,
    });
    expect(verdicts.filter(({ outcome }) => outcome === 'deviates')).toEqual([]);
    return n;
  };
  const all = await sentWith(503, (n) => n === 3);
  expect(await sentWith(503, () => false)).toBe(all);
  expect(await sentWith(429, (n) => n % 5 === 0)).toBeGreaterThan(all);
});

test('where every request of a requirement is deferred, that is why nothing was judged', async () => {
  const verdicts = await judged(
    (given, { method }) => (method === 'GET' ? rejected(given.headers, 503) : given),
    { samples: 1 },
  );
  const { outcome, reason } = verdicts.find((each) => each.requirement === 'method-get') ?? {};
  const why = 'the target deferred these requests, with 429 or with 503 and Retry-After';
  expect([outcome, reason]).toEqual(['error', why]);
});
