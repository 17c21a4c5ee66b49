import { expect, test } from '@playwright/test';
import { Throttling } from '../../../fixtures/http/retry-after.ts';
import { sendAll } from '../../../fixtures/run/scheduler.ts';
import type { End, Exchange, RequestCase } from '../../../schemas/files/recording.ts';
import type { Route } from '../../../schemas/operation.ts';
import { call } from '../support/raw-server.ts';
import { exchange } from '../support/recorded.ts';

/** What the pretended target does with the n-th call that reaches it. */
type Outcome =
  | 'answers'
  | 'slow'
  | 'silent'
  | 'unreadable'
  | 'cut off'
  | '429'
  | '503'
  | '503 later';

const slowMs = 1_000;

function outcomeOf(call: RequestCase, number: number, outcome: Outcome): Exchange {
  const { response, ...rest } = exchange({}, number);
  const base = {
    ...rest,
    requestCase: { ...call, number },
    ms: outcome === 'slow' ? slowMs + 1 : slowMs,
  };
  if (outcome === 'silent') return { ...base, failure: { kind: 'dropped', detail: '' } };
  if (outcome === 'unreadable') return { ...base, failure: { kind: 'unreadable', detail: '' } };
  if (response === undefined) throw new Error('an exchange has an answer');
  if (outcome === 'cut off') return { ...base, response, failure: { kind: 'cut off', detail: '' } };
  const status = Number(outcome.slice(0, 3)) || 201;
  const headers = outcome === '503 later' ? [['Retry-After', '0'] as const] : [];
  return { ...base, response: { ...response, status, headers } };
}

interface Fired {
  readonly end: End;
  /** Names of the calls in the order they reached the target. */
  readonly sent: readonly string[];
  readonly recorded: readonly Exchange[];
  readonly progress: readonly number[];
  readonly mostAtOnce: number;
}

async function fired(
  calls: Iterable<RequestCase>,
  outcomes: (call: RequestCase, n: number) => Outcome,
  { concurrency = 1, patience = { single: 10, total: 20, initial: 0 } } = {},
): Promise<Fired> {
  const sent: string[] = [];
  const recorded: Exchange[] = [];
  const progress: number[] = [];
  let [atOnce, mostAtOnce] = [0, 0];
  const end = await sendAll(calls, {
    concurrency,
    slowMs,
    throttling: new Throttling(patience, async () => {}),
    send: async (each, number) => {
      const n = sent.push(each.name);
      mostAtOnce = Math.max(mostAtOnce, ++atOnce);
      await new Promise(setImmediate);
      atOnce -= 1;
      return outcomeOf(each, number, outcomes(each, n));
    },
    record: (each) => recorded.push(each),
    progress: (count) => progress.push(count),
  });
  return { end, sent, recorded, progress, mostAtOnce };
}

function many(
  count: number,
  route: Route = 'me',
  kind: RequestCase['kind'] = 'create',
): RequestCase[] {
  return Array.from({ length: count }, (_, i) =>
    call({ name: `${kind}-${route}-${i + 1}`, route, kind }),
  );
}

test('every call is fired once, in order, and recorded with its number', async () => {
  const calls = [...many(1, 'me', 'example'), ...many(4), ...many(3, 'users', 'negative')];
  const { end, sent, recorded, progress } = await fired(calls, () => 'answers');
  expect(end).toEqual({ complete: true });
  expect(sent).toEqual(calls.map(({ name }) => name));
  expect(recorded.map(({ requestCase: { number, name } }) => [number, name])).toEqual(
    sent.map((name, i) => [i + 1, name]),
  );
  expect(progress).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
});

test('nothing to fire is an end like any other', async () => {
  expect((await fired([], () => 'answers')).end).toEqual({ complete: true });
});

for (const concurrency of [1, 2, 4])
  test(`${concurrency} concurrency have ${concurrency} calls in flight, and fire each call once`, async () => {
    const calls = many(40);
    const { sent, recorded, mostAtOnce } = await fired(calls, () => 'answers', { concurrency });
    expect(mostAtOnce).toBe(concurrency);
    expect(sent.length).toBe(40);
    expect(new Set(sent).size).toBe(40);
    expect(recorded.map((each) => each.requestCase.number).sort((a, b) => a - b)).toEqual(
      calls.map((_, i) => i + 1),
    );
    for (const each of recorded)
      expect(each.requestCase.name).toBe(calls[each.requestCase.number - 1]?.name);
  });

test('calls are taken one by one, so that a hundred thousand need no memory', async () => {
  let [taken, most] = [0, 0];
  function* counted(): Generator<RequestCase> {
    for (const each of many(50)) {
      taken += 1;
      yield each;
    }
  }
  const { sent } = await fired(
    counted(),
    (_, n) => {
      most = Math.max(most, taken - n);
      return 'answers';
    },
    { concurrency: 2 },
  );
  expect(sent.length).toBe(50);
  expect(most).toBeLessThanOrEqual(1);
});

test('a route that answers three calls with nothing is asked no more, and the other is', async () => {
  const calls = [...many(10), ...many(5, 'me', 'negative'), ...many(10, 'users')];
  const { end, sent } = await fired(calls, ({ route }) => (route === 'me' ? 'silent' : 'answers'));
  expect(sent.filter((name) => name.includes('-me-'))).toEqual([
    'create-me-1',
    'create-me-2',
    'create-me-3',
  ]);
  expect(sent.filter((name) => name.includes('-users-')).length).toBe(10);
  expect(end).toEqual({ complete: false, reason: 'a route fell silent or slow', skipped: 12 });
});

test('calls in flight may still end when a route has fallen silent, and no more are begun', async () => {
  const { end, sent } = await fired(many(40), () => 'silent', { concurrency: 4 });
  expect(sent.length).toBeLessThanOrEqual(3 + 3);
  expect(end.skipped).toBe(40 - sent.length);
});

test('one answer in between gives a route its patience back', async () => {
  const { end, sent } = await fired(many(12), (_, n) => (n % 3 === 0 ? 'answers' : 'silent'));
  expect([sent.length, end.skipped]).toEqual([12, undefined]);
});

test('an answer that was cut off is not silence', async () => {
  const { end, sent } = await fired(many(8), () => 'cut off');
  expect([sent.length, end.skipped]).toEqual([8, undefined]);
});

test('three slow creates in a row end the creates of a route, and leave its refusals', async () => {
  const calls = [
    ...many(10),
    ...many(10, 'users'),
    ...many(4, 'me', 'negative'),
    ...many(1, 'me', 'probe'),
  ];
  const { end, sent } = await fired(calls, ({ route }) => (route === 'me' ? 'slow' : 'answers'));
  const mine = sent.filter((name) => name.includes('-me-'));
  expect(mine.filter((name) => name.startsWith('create')).length).toBe(3);
  expect(mine.length).toBe(3 + 5);
  expect(sent.length).toBe(8 + 10);
  expect(end).toEqual({ complete: false, reason: 'a route fell silent or slow', skipped: 7 });
});

test('a create that is just fast enough gives the creates their patience back', async () => {
  const { sent } = await fired(many(12), (_, n) => (n % 3 === 0 ? 'answers' : 'slow'));
  expect(sent.length).toBe(12);
});

test('slow refusals end nothing', async () => {
  const { end, sent } = await fired([...many(6, 'me', 'negative'), ...many(6)], ({ kind }) =>
    kind === 'negative' ? 'slow' : 'answers',
  );
  expect([sent.length, end.skipped]).toEqual([12, undefined]);
});

test('a call that was turned away by throttling is made later, under its number, and both are recorded', async () => {
  const { end, sent, recorded, progress } = await fired(many(3), (_, n) =>
    n === 2 ? '429' : 'answers',
  );
  expect(sent).toEqual(['create-me-1', 'create-me-2', 'create-me-2', 'create-me-3']);
  expect(recorded.map((each) => [each.requestCase.number, each.response?.status])).toEqual([
    [1, 201],
    [2, 429],
    [2, 201],
    [3, 201],
  ]);
  expect(progress).toEqual([1, 2, 3]);
  expect(end).toEqual({ complete: true });
});

test('a 503 that asks to wait is waited for and not sent again: it may have been carried out', async () => {
  const { sent, end } = await fired(many(3), (_, n) => (n === 2 ? '503 later' : 'answers'));
  expect(sent).toEqual(['create-me-1', 'create-me-2', 'create-me-3']);
  expect(end).toEqual({ complete: true, deferred: 1 });
});

test('a 503 that asks for nothing is an answer', async () => {
  const { sent, end } = await fired(many(5), () => '503');
  expect([sent.length, end.skipped]).toEqual([5, undefined]);
});

test('a target that throttles without end is given up, and the rest is counted', async () => {
  const patience = { single: 10, total: 20, initial: 10 };
  const { end, sent, recorded } = await fired(many(50), () => '429', { patience });
  expect(sent).toEqual(['create-me-1', 'create-me-1', 'create-me-1']);
  expect(recorded.length).toBe(3);
  expect(end).toEqual({
    complete: false,
    reason: 'the target throttled the run for too long',
    skipped: 49,
  });
});

test('a target that throttles the last call without end was not asked everything', async () => {
  const { end } = await fired(many(2), (_, n) => (n === 1 ? 'answers' : '429'), {
    patience: { single: 10, total: 20, initial: 10 },
  });
  expect(end).toEqual({
    complete: false,
    reason: 'the target throttled the run for too long',
    skipped: 0,
  });
});

test('a route that answers what is no HTTP is asked on', async () => {
  const { sent, end } = await fired(many(9), () => 'unreadable');
  expect([sent.length, end.skipped]).toEqual([9, undefined]);
});

test('a lane that still waits does not take back that another has given up', async () => {
  let beginWaiting = () => {};
  const waited = new Promise<void>((resolve) => (beginWaiting = resolve));
  let sent = 0;
  const end = await sendAll(many(20), {
    concurrency: 2,
    slowMs,
    // The first lane is allowed to wait; the second one is not any more.
    throttling: new Throttling({ single: 100, total: 100, initial: 60 }, () => waited),
    send: async (each, number) => outcomeOf(each, number, ++sent <= 2 ? '429' : 'answers'),
    record: ({ requestCase: { number } }) => {
      if (number === 2) setTimeout(beginWaiting, 50);
    },
    progress: () => {},
  });
  expect(end.reason).toBe('the target throttled the run for too long');
});

test('the recorder sees an exchange before the next call of the lane begins', async () => {
  const events: string[] = [];
  await sendAll(many(3), {
    concurrency: 1,
    slowMs,
    throttling: new Throttling({ single: 0, total: 0, initial: 0 }),
    send: async (each, number) => {
      events.push(`send ${number}`);
      return outcomeOf(each, number, 'answers');
    },
    record: ({ requestCase: { number } }) => events.push(`record ${number}`),
    progress: () => {},
  });
  expect(events).toEqual(['send 1', 'record 1', 'send 2', 'record 2', 'send 3', 'record 3']);
});

test('a call that throws, as a fence or a sign-in does, ends the firing: no lane begins another', async () => {
  let sent = 0;
  const firing = sendAll(many(40), {
    concurrency: 4,
    slowMs,
    throttling: new Throttling({ single: 0, total: 0, initial: 0 }),
    send: async (each, number) => {
      sent += 1;
      await new Promise(setImmediate);
      if (number === 2) throw new Error('the sign-in has ended');
      return outcomeOf(each, number, 'answers');
    },
    record: () => {},
    progress: () => {},
  });
  await expect(firing).rejects.toThrow('the sign-in has ended');
  const then = sent;
  for (let i = 0; i < 100; i++) await new Promise(setImmediate);
  expect(sent).toBe(then);
});
