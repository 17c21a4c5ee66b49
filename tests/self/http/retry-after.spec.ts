import { expect, test } from '@playwright/test';
import {
  isThrottled,
  mayBeSentAgain,
  retryAfter,
  type Throttling,
  throttlingWithin,
} from '../../../fixtures/http/retry-after.ts';
import type { Header, Response } from '../../../schemas/files/recording.ts';
import { judged } from '../support/judged.ts';
import values from './retry-after.json' with { type: 'json' };

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

test('Retry-After is seconds, fractions, several numbers, or a date against that of the response', () => {
  const now = Date.UTC(2026, 10, 23, 1, 2, 3);
  for (const [value, ms, date] of values as [string, number | null, string?][])
    expect(retryAfter(response(429, value, date), now) ?? null, `${value} at ${date}`).toBe(ms);
});

/** What is waited for one request that is answered so again and again. */
async function waits(throttling: Throttling, slept: number[], after?: string): Promise<number[]> {
  slept.length = 0;
  for (let attempt = 1; await throttling.wait(response(429, after), attempt); attempt++);
  return [...slept];
}

test('waiting is bounded for a response, a request and the run, and doubles where nothing is said', async () => {
  const slept: number[] = [];
  const limits = { single: 10_000, total: 41_000, initial: 1_000 };
  const throttling = throttlingWithin(limits, async (ms) => slept.push(ms));
  expect(await waits(throttling, slept, '0')).toEqual([100, 200, 400, 800, 1_600]);
  expect(await waits(throttling, slept, '2')).toEqual([2_000, 2_000, 2_000, 2_000, 2_000]);
  expect(throttling.limit).toBeUndefined();
  expect(await waits(throttling, slept)).toEqual([1_000, 2_000, 4_000, 8_000]);
  expect(throttling.limit).toBe(
    'the next wait would be 16 s, after 28.1 s in 14 waits, where 10 s at once and 41 s in all are waited; CONTRACT_SAMPLES sends less',
  );
  const other = throttlingWithin(limits, async (ms) => slept.push(ms));
  expect(await waits(other, slept, '11')).toEqual([]);
  expect(other.limit).toMatch(/^it asked for 11 s, where 10 s at once/);
});

test('where every request of a requirement is deferred, that is why nothing was judged', async () => {
  const { headers, ...deferred } = response(503, '0');
  const verdicts = await judged(
    (given, { method }) =>
      method === 'GET' ? { ...given, ...deferred, headers: [...headers] } : given,
    { samples: 1 },
  );
  const { outcome, reason } = verdicts.find((each) => each.requirement === 'method-get') ?? {};
  const why = 'the target deferred these requests, with 429 or with 503 and Retry-After';
  expect([outcome, reason]).toEqual(['error', why]);
});
