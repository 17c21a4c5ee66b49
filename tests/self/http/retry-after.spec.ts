import { expect, test } from '@playwright/test';
import {
  isThrottled,
  retryAfter,
  Throttling,
  waitLimitsFor,
} from '../../../fixtures/http/retry-after.ts';
import type { Header, Response } from '../../../schemas/files/recording.ts';
import { judged } from '../support/judged.ts';

function answer(status: number, ...headers: Header[]): Response {
  return { status, reason: '', headers, body: Buffer.alloc(0), wireBytes: 0 };
}

test('429 asks to wait, and 503 only where it says how long', () => {
  expect(isThrottled(answer(429))).toBe(true);
  expect(isThrottled(answer(503, ['Retry-After', '3']))).toBe(true);
  expect(isThrottled(answer(503))).toBe(false);
  expect(isThrottled(answer(500, ['Retry-After', '3']))).toBe(false);
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
  for (const [value, ms] of cases)
    expect(retryAfter(answer(429, ['Retry-After', value]), now), value).toBe(ms);
});

test('waiting is bounded for one answer and for the run, and doubles where nothing is said', async () => {
  const slept: number[] = [];
  const throttling = new Throttling({ once: 10_000, total: 15_000, first: 1_000 }, async (ms) =>
    slept.push(ms),
  );
  expect(await throttling.wait(answer(429, ['Retry-After', '11']))).toBe(false);
  expect(await throttling.wait(answer(429))).toBe(true);
  expect(await throttling.wait(answer(429))).toBe(true);
  expect(await throttling.wait(answer(429, ['Retry-After', '9']))).toBe(true);
  expect(await throttling.wait(answer(429))).toBe(false);
  expect(slept).toEqual([1_000, 2_000, 9_000]);
});

test('a call that was turned away is made later, once, and no deviation of the target', async () => {
  let n = 0;
  const verdicts = await judged(
    (given) => (++n % 5 === 0 ? { ...answer429(given.headers), status: 429 } : given),
    { samples: 5 },
  );
  expect(verdicts.filter(({ outcome }) => outcome === 'deviates')).toEqual([]);
});

test('a 503 with Retry-After may have been carried out: it is neither judged nor sent again', async () => {
  const requestsWith = async (throttledAt: number) => {
    let n = 0;
    const verdicts = await judged(
      (given) => (++n === throttledAt ? { ...answer429(given.headers), status: 503 } : given),
      { samples: 3 },
    );
    expect(verdicts.filter(({ outcome }) => outcome === 'deviates')).toEqual([]);
    return n;
  };
  expect(await requestsWith(3)).toBe(await requestsWith(Number.NaN));
});

test('where every create is put off, that is why nothing was judged', async () => {
  const verdicts = await judged(
    (given, { method }) =>
      method === 'GET' ? { ...answer429(given.headers), status: 503 } : given,
    { samples: 1 },
  );
  const silent = verdicts.filter(({ outcome }) => outcome === 'error');
  expect(silent.map(({ requirement }) => requirement)).toContain('method-get');
  expect(new Set(silent.map(({ reason }) => reason))).toEqual(
    new Set(['the target put these calls off with 503 and Retry-After']),
  );
});

test('who asks to wait no time at all, for ever, is given up', async () => {
  const slept: number[] = [];
  const throttling = new Throttling(waitLimitsFor(true), async (ms) => slept.push(ms));
  while (await throttling.wait(answer(429, ['Retry-After', '0'])))
    expect(slept.length).toBeLessThan(9_999);
  expect(slept.length).toBeGreaterThan(100);
});

function answer429(headers: readonly Header[]) {
  const kept = headers.filter(([name]) => !/^(content|location)/i.test(name));
  return {
    headers: [...kept, ['Retry-After', '0'], ['Content-Length', '0']] as Header[],
    body: Buffer.alloc(0),
  };
}
