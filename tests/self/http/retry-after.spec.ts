import { expect, test } from '@playwright/test';
import {
  isThrottled,
  mayBeSentAgain,
  retryAfter,
  Throttling,
  waitLimitsFor,
} from '../../../fixtures/http/retry-after.ts';
import type { Header, Response } from '../../../schemas/files/recording.ts';
import { judged } from '../support/judged.ts';

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

test('Retry-After is seconds or a date; anything else says nothing', () => {
  const now = Date.UTC(2026, 10, 23, 1, 2, 3);
  const cases: [string, number | undefined][] = [
    ['0', 0],
    ['7', 7_000],
    ['Mon, 23 Nov 2026 01:02:13 GMT', 10_000],
    ['Mon, 23 Nov 2026 01:02:00 GMT', 0],
    ['-1', undefined],
    ['soon', undefined],
    ['1.5', undefined],
    ['99999999999', undefined],
    ['', undefined],
  ];
  for (const [value, ms] of cases) expect(retryAfter(response(429, value), now), value).toBe(ms);
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

test('a target that asks to wait no time at all, without end, is given up', async () => {
  const slept: number[] = [];
  const throttling = new Throttling(waitLimitsFor(true), async (ms) => slept.push(ms));
  while (await throttling.wait(response(429, '0'))) expect(slept.length).toBeLessThan(9_999);
  expect(slept.length).toBeGreaterThan(100);
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
    new Set(['the target deferred these requests with 503 and Retry-After']),
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
