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

function response(status: number, after?: string): Response {
  const headers: Header[] = after === undefined ? [] : [['Retry-After', after]];
  return { status, reason: '', headers, body: Buffer.alloc(0), wireBytes: 0 };
}

test('429 asks to wait, and 503 only where it says how long; 429 alone may be sent again', () => {
  const cases: [Response, throttled: boolean, again: boolean][] = [
    [response(429), true, true],
    [response(503, '3'), true, false],
    [response(503), false, false],
    [response(500, '3'), false, false],
  ];
  for (const [given, throttled, again] of cases)
    expect([isThrottled(given), mayBeSentAgain(given)]).toEqual([throttled, again]);
  expect(isThrottled(undefined)).toBe(false);
});

test('Retry-After is seconds or a date in one of three forms; anything else says nothing', () => {
  const now = Date.UTC(2026, 10, 23, 1, 2, 3);
  const cases: [string, number | undefined][] = [
    ['0', 0],
    ['7', 7_000],
    // As the service has sent it.
    ['30,120', 120_000],
    ['120, 30', 120_000],
    ['0.249', 249],
    ['1.5', 1_500],
    ['Mon, 23 Nov 2026 01:02:13 GMT', 10_000],
    ['Monday, 23-Nov-26 01:02:13 GMT', 10_000],
    ['Mon Nov 23 01:02:13 2026', 10_000],
    ['Tue Dec  1 01:02:03 2026', 8 * 86_400_000],
    ['Mon, 23 Nov 2026 01:02:60 GMT', 56_000],
    ['Mon, 23 Nov 2026 01:02:00 GMT', 0],
    // More than 50 years ahead is the century before (RFC 9110 §5.6.7).
    ['Sunday, 06-Nov-94 08:49:37 GMT', 0],
    ['-1', undefined],
    ['soon', undefined],
    ['1.5.2', undefined],
    ['30,', undefined],
    ['30, soon', undefined],
    ['1e3', undefined],
    ['99999999999', undefined],
    ['2026-11-23T01:02:13Z', undefined],
    ['Mon, 23 Nov 2026 01:02:13 +0100', undefined],
    ['Mon, 99 Nov 2026 01:02:13 GMT', undefined],
    ['', undefined],
  ];
  for (const [value, ms] of cases) expect(retryAfter(response(429, value), now), value).toBe(ms);
});

test("a date is measured against the response's own Date: its clock may be hours off", () => {
  const now = Date.UTC(2026, 10, 23, 1, 2, 3);
  const after = (date: string) =>
    retryAfter(
      {
        headers: [
          ['Retry-After', 'Mon, 23 Nov 2026 04:00:10 GMT'],
          ['Date', date],
        ],
      },
      now,
    );
  for (const date of [
    'Mon, 23 Nov 2026 04:00:00 GMT',
    'Monday, 23-Nov-26 04:00:00 GMT',
    'Mon Nov 23 04:00:00 2026',
  ])
    expect(after(date), date).toBe(10_000);
  expect(after('yesterday')).toBe(10_687_000);
});

test('waiting is bounded for one response and for the run, and doubles where nothing is said', async () => {
  const slept: number[] = [];
  const limits = { single: 10_000, total: 15_000, initial: 1_000 };
  const throttling = new Throttling(limits, async (ms) => slept.push(ms));
  const cases: [string | undefined, boolean][] = [
    ['11', false],
    [undefined, true],
    [undefined, true],
    ['9', true],
    [undefined, false],
  ];
  for (const [after, waits] of cases)
    expect(await throttling.wait(response(429, after))).toBe(waits);
  expect(slept).toEqual([1_000, 2_000, 9_000]);
});

for (const [what, after] of Object.entries({
  'no time at all': '0',
  'until a time that is past': 'Sun, 06 Nov 1994 08:49:37 GMT',
  'a hundredth of a second': '0.01',
  'for a time that it does not say': undefined,
})) {
  test(`a request that is deferred ${what} is sent six times, more and more seldom`, async () => {
    const slept: number[] = [];
    const throttling = new Throttling(waitLimitsFor(true), async (ms) => slept.push(ms));
    for (let attempt = 1; attempt <= 5; attempt++)
      expect(await throttling.wait(response(429, after), attempt)).toBe(true);
    expect(await throttling.wait(response(429, after), 6)).toBe(false);
    expect(throttling.isExhausted).toBe(false);
    expect(slept).toEqual(slept.toSorted((a, b) => a - b));
    expect(slept.at(-1)).toBeGreaterThan(slept[0] ?? 0);
  });

  test(`a target that defers every request ${what} ends the run after a hundred`, async () => {
    let sent = 0;
    const { end, recorded } = await throttledRun(after, () => ++sent > 0);
    expect(sent).toBeLessThanOrEqual(130);
    expect(recorded).toBe(sent);
    expect(end).toMatchObject({
      complete: false,
      reason: 'the target throttled the run for too long',
    });
  });
}

test('a target that defers every second request for no time does not end the run', async () => {
  let sent = 0;
  const { end } = await throttledRun('0', () => ++sent % 2 === 0);
  expect(sent).toBeGreaterThan(590);
  expect(end).toEqual({ complete: true });
});

test('a request that is deferred again and again is counted, and the others are judged', async () => {
  const { end } = await throttledRun('0', ({ name }) => name === 'create-7');
  expect(end).toEqual({ complete: true, deferred: 1 });
});

test('a request that was rejected by throttling is sent later, once, and is no deviation', async () => {
  let n = 0;
  const verdicts = await judged(
    (given) => (++n % 5 === 0 ? { ...rejected(given.headers), status: 429 } : given),
    { samples: 5 },
  );
  expect(verdicts.filter(({ outcome }) => outcome === 'deviates')).toEqual([]);
});

test('a 503 with Retry-After may have been carried out: it is neither judged nor sent again', async () => {
  const requestsWith = async (throttledAt: number) => {
    let n = 0;
    const verdicts = await judged(
      (given) => (++n === throttledAt ? { ...rejected(given.headers), status: 503 } : given),
      { samples: 3 },
    );
    expect(verdicts.filter(({ outcome }) => outcome === 'deviates')).toEqual([]);
    return n;
  };
  expect(await requestsWith(3)).toBe(await requestsWith(Number.NaN));
});

test('where every request of a requirement is deferred, that is why nothing was judged', async () => {
  const verdicts = await judged(
    (given, { method }) => (method === 'GET' ? { ...rejected(given.headers), status: 503 } : given),
    { samples: 1 },
  );
  const silent = verdicts.filter(({ outcome }) => outcome === 'error');
  expect(silent.map(({ requirement }) => requirement)).toContain('method-get');
  expect(new Set(silent.map(({ reason }) => reason))).toEqual(
    new Set(['the target deferred these requests, with 429 or with 503 and Retry-After']),
  );
});

/** Headers and body of a response that asks to come again at once. */
function rejected(headers: readonly Header[]) {
  const kept = headers.filter(([name]) => !/^(content|location)/i.test(name));
  return {
    headers: [...kept, ['Retry-After', '0'], ['Content-Length', '0']] as Header[],
    body: Buffer.alloc(0),
  };
}

/** Sends 300 requests, of which those are answered 429 that `isDeferred` says; nobody really waits. */
async function throttledRun(
  after: string | undefined,
  isDeferred: (requestCase: RequestCase) => boolean,
): Promise<{ end: End; recorded: number }> {
  let recorded = 0;
  const requests = Array.from({ length: 300 }, (_, i) =>
    exampleRequest({ name: `create-${i + 1}` }),
  );
  const end = await sendAll(requests, {
    concurrency: 4,
    runSeconds: 600,
    slowMs: 1_000,
    throttling: new Throttling(waitLimitsFor(false), async () => {}),
    send: async (requestCase, number) => ({
      ...exchange({}, number),
      requestCase: { ...requestCase, number },
      response: isDeferred(requestCase) ? response(429, after) : response(201),
    }),
    record: () => {
      recorded += 1;
    },
    failed: String,
    progress: () => {},
  });
  return { end, recorded };
}
