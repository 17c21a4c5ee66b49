import { expect, test } from '@playwright/test';
import { Throttling, type WaitLimits } from '../../../fixtures/http/retry-after.ts';
import type { Checks } from '../../../fixtures/run/own-token.ts';
import { sendAll } from '../../../fixtures/run/scheduler.ts';
import type { Sending } from '../../../fixtures/run/sender.ts';
import type { End, Exchange, RequestCase } from '../../../schemas/files/recording.ts';
import { type Route, routes } from '../../../schemas/operation.ts';
import { exampleRequest } from '../support/raw-server.ts';
import { exchange } from '../support/recorded.ts';

/** What the pretended target does with the n-th request that reaches it. */
type Outcome =
  | 'answers'
  | 'slow'
  | 'silent'
  | 'unreadable'
  | 'cut off'
  | '401'
  | '429'
  | '503'
  | '503 later';

type OutcomeOf = (requestCase: RequestCase, n: number) => Outcome;

const slowMs = 1_000;
/** Longer than any of these runs. */
const runSeconds = 3_600;

function exchangeOf(requestCase: RequestCase, number: number, outcome: Outcome): Exchange {
  const { response, ...rest } = exchange({}, number);
  const base = {
    ...rest,
    requestCase: { ...requestCase, number },
    ms: outcome === 'slow' ? slowMs + 1 : slowMs,
  };
  if (outcome === 'silent') return { ...base, failure: { kind: 'dropped', detail: '' } };
  if (outcome === 'unreadable') return { ...base, failure: { kind: 'unreadable', detail: '' } };
  if (response === undefined) throw new Error('an exchange has a response');
  if (outcome === 'cut off') return { ...base, response, failure: { kind: 'cut off', detail: '' } };
  const status = Number(outcome.slice(0, 3)) || 201;
  const headers = outcome === '503 later' ? [['Retry-After', '0'] as const] : [];
  return { ...base, response: { ...response, status, headers } };
}

interface Sent {
  readonly end: End;
  /** Names of the request cases in the order they reached the target. */
  readonly sent: readonly string[];
  readonly recorded: readonly Exchange[];
  readonly progress: readonly number[];
  readonly mostAtOnce: number;
}

/** What a test changes in how requests are sent. `before`: what happens while the n-th is in flight. */
type Otherwise = Partial<Sending & Checks> & {
  readonly concurrency?: number;
  readonly limits?: WaitLimits;
  readonly before?: (n: number) => unknown;
};

async function sentTo(
  outcomeOf: OutcomeOf,
  requests: readonly RequestCase[],
  { limits = { single: 10, total: 20, initial: 0 }, before, ...otherwise }: Otherwise = {},
): Promise<Sent> {
  const sent: string[] = [];
  const recorded: Exchange[] = [];
  const progress: number[] = [];
  let [atOnce, mostAtOnce] = [0, 0];
  const end = await sendAll(requests, {
    ...{ concurrency: 1, runSeconds, slowMs },
    throttling: new Throttling(limits, async () => {}),
    send: async (each, number) => {
      const n = sent.push(each.name);
      mostAtOnce = Math.max(mostAtOnce, ++atOnce);
      await new Promise(setImmediate);
      await before?.(n);
      atOnce -= 1;
      return exchangeOf(each, number, outcomeOf(each, n));
    },
    record: (each) => recorded.push(each),
    failed: String,
    progress: (count) => progress.push(count),
    ...otherwise,
  });
  return { end, sent, recorded, progress, mostAtOnce };
}

/** Of the refusals every third is sent to a slow target and to a tenant, too. */
function many(
  count: number,
  route: Route = 'me',
  kind: RequestCase['kind'] = 'create',
): RequestCase[] {
  return Array.from({ length: count }, (_, i) =>
    exampleRequest({
      ...{ name: `${kind}-${route}-${i + 1}`, route, kind },
      ...(i % 3 === 0 && { onTenant: true }),
    }),
  );
}

/** Names of the first creates on /me. */
const creates = (...numbers: number[]) => numbers.map((n) => `create-me-${n}`);
const every3rd =
  (outcome: Outcome): OutcomeOf =>
  (_, n) =>
    n % 3 === 0 ? 'answers' : outcome;
const silentOrSlow = 'a route fell silent or slow';
const throttledTooLong = 'the target throttled the run for too long';

test('every request is sent once, in order, and recorded with its number', async () => {
  const requests = [...many(1, 'me', 'example'), ...many(4), ...many(3, 'users', 'negative')];
  const { end, sent, recorded, progress } = await sentTo(() => 'answers', requests);
  expect(end).toEqual({ complete: true });
  expect(sent).toEqual(requests.map(({ name }) => name));
  expect(recorded.map(({ requestCase: { number, name } }) => [number, name])).toEqual(
    sent.map((name, i) => [i + 1, name]),
  );
  expect(progress).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
});

for (const concurrency of [1, 2, 4])
  test(`a concurrency of ${concurrency} has as many requests in flight, and sends each once`, async () => {
    const requests = many(40);
    const { sent, recorded, mostAtOnce } = await sentTo(() => 'answers', requests, { concurrency });
    expect(mostAtOnce).toBe(concurrency);
    expect(sent.length).toBe(40);
    expect(new Set(sent).size).toBe(40);
    const byNumber = recorded
      .map(({ requestCase: { number, name } }) => ({ number, name }))
      .sort((a, b) => a.number - b.number);
    expect(byNumber).toEqual(requests.map(({ name }, i) => ({ number: i + 1, name })));
  });

const names = (route: Route, count: number) =>
  many(count, route, 'negative').map(({ name }) => name);

/** Further creates, and what one of them tells. */
const checkOf = (route: Route, n: number) =>
  exampleRequest({ name: `further-${n}`, kind: 'probe', route });
const isFurther = ({ name }: RequestCase) => name.startsWith('further');
const mixed = [...many(6), ...many(4, 'me', 'equivalent'), ...many(4, 'me', 'negative')];
const mixedNames = mixed.map(({ name }) => name);
const refused = "the target refused the run's token from request 9 on";

const isKind = (kind: RequestCase['kind']) => (each: RequestCase) => each.kind === kind;
const bothRoutes = [...many(10), ...many(5, 'me', 'negative'), ...many(10, 'users')];

/** What a target does, what it is asked, what is sent of it, and how the sending ends. */
const cases: Readonly<
  Record<
    string,
    readonly [OutcomeOf, RequestCase[], (names: string[]) => string[], End, Otherwise?]
  >
> = {
  'nothing to send is an end like any other': [() => 'answers', [], () => [], { complete: true }],
  'a route that is silent three times is asked no more, and the other is': [
    ({ route }) => (route === 'me' ? 'silent' : 'answers'),
    bothRoutes,
    (names) => [...names.slice(0, 3), ...names.slice(15)],
    { complete: false, reason: silentOrSlow, skipped: 12 },
  ],
  'a route that answers no further create has fallen silent': [
    (each) => (isKind('create')(each) ? 'answers' : 'silent'),
    mixed,
    (names) => [...names.slice(0, 9), 'further-1'],
    { complete: false, reason: silentOrSlow, skipped: 5 },
    { checkOf },
  ],
  'where no create was ever answered, a 401 is no news of the token': [
    () => '401',
    mixed,
    (names) => names,
    { complete: true },
    { checkOf },
  ],
  'a 503 that asks to wait is waited for and not sent again: it may have been carried out': [
    (_, n) => (n === 2 ? '503 later' : 'answers'),
    many(3),
    (names) => names,
    { complete: true, deferred: 1 },
  ],
};
for (const [what, [outcomeOf, requests, expected, end, otherwise]] of Object.entries(cases))
  test(what, async () => {
    const all = await sentTo(outcomeOf, requests, otherwise);
    expect([all.sent, all.end]).toEqual([expected(requests.map(({ name }) => name)), end]);
  });

test('requests in flight may still end when a route has fallen silent, and no more are sent', async () => {
  const { end, sent } = await sentTo(() => 'silent', many(40), { concurrency: 4 });
  expect(sent.length).toBeLessThanOrEqual(3 + 3);
  expect(end.skipped).toBe(40 - sent.length);
});

test('three slow creates in a row end the creates of a route, and leave a refusal of each requirement', async () => {
  const requests = [
    ...many(10),
    ...many(10, 'users'),
    ...many(4, 'me', 'negative'),
    ...many(1, 'me', 'probe'),
  ];
  const { end, sent } = await sentTo(
    ({ route }) => (route === 'me' ? 'slow' : 'answers'),
    requests,
  );
  // What a tenant is spared a slow target is spared, too.
  expect(sent.filter((name) => name.includes('-me-'))).toEqual([
    ...creates(1, 2, 3),
    ...['negative-me-1', 'negative-me-4', 'probe-me-1'],
  ]);
  expect(sent.length).toBe(6 + 10);
  expect(end).toEqual({ complete: false, reason: silentOrSlow, skipped: 7 + 2 });
});

const harmless: Readonly<Record<string, readonly [OutcomeOf, RequestCase[]]>> = {
  'a response between silences': [every3rd('silent'), many(12)],
  'a create that is just fast enough between slow ones': [every3rd('slow'), many(12)],
  'responses that are cut off': [() => 'cut off', many(8)],
  'responses that are not HTTP': [() => 'unreadable', many(9)],
  'a 503 that does not ask to wait': [() => '503', many(5)],
  'slow refusals': [
    ({ kind }) => (kind === 'negative' ? 'slow' : 'answers'),
    [...many(6, 'me', 'negative'), ...many(6)],
  ],
};
for (const [name, [outcomeOf, requests]] of Object.entries(harmless))
  test(`${name}: nothing is skipped`, async () => {
    const { end, sent } = await sentTo(outcomeOf, requests);
    expect([sent.length, end.skipped]).toEqual([requests.length, undefined]);
  });

test('where no plain create gets a whole response, none is sent in another spelling, and the run is whole', async () => {
  const requests = [...many(3), ...many(4, 'me', 'equivalent'), ...many(2, 'me', 'negative')];
  const { end, sent } = await sentTo(
    ({ kind }) => (kind === 'create' ? 'cut off' : 'answers'),
    requests,
  );
  expect(sent.map((name) => name.replace(/-.*/, ''))).toEqual([
    ...['create', 'create', 'create'],
    ...['negative', 'negative'],
  ]);
  expect(end).toEqual({ complete: true });
  const flaky = await sentTo((_, n) => (n === 2 ? 'cut off' : 'answers'), requests);
  expect(flaky.sent.length).toBe(requests.length);
});

test('a request that was rejected by throttling is sent later, under its number, and both are recorded', async () => {
  const { end, sent, recorded, progress } = await sentTo(
    (_, n) => (n === 2 ? '429' : 'answers'),
    many(3),
  );
  expect(sent).toEqual(creates(1, 2, 2, 3));
  expect(recorded.map((each) => [each.requestCase.number, each.response?.status])).toEqual([
    [1, 201],
    [2, 429],
    [2, 201],
    [3, 201],
  ]);
  expect(progress).toEqual([1, 2, 3]);
  expect(end).toEqual({ complete: true });
});

test('a target that throttles without end is given up, and the rest is counted', async () => {
  const limits = { single: 10, total: 20, initial: 10 };
  const all = await sentTo(() => '429', many(50), { limits });
  expect(all.sent).toEqual(creates(1, 1, 1));
  expect(all.recorded.length).toBe(3);
  expect(all.end).toEqual({ complete: false, reason: throttledTooLong, skipped: 49 });
  // Also where it is the last request alone: the run was not complete.
  const last = await sentTo((_, n) => (n === 1 ? 'answers' : '429'), many(2), { limits });
  expect(last.end).toEqual({ complete: false, reason: throttledTooLong, skipped: 0 });
});

test('a worker that still waits does not undo that another has given up', async () => {
  let beginWaiting = () => {};
  const waited = new Promise<void>((resolve) => {
    beginWaiting = resolve;
  });
  const { end } = await sentTo((_, n) => (n <= 2 ? '429' : 'answers'), many(20), {
    concurrency: 2,
    // The first worker is allowed to wait; the second one is not any more.
    throttling: new Throttling({ single: 100, total: 100, initial: 60 }, () => waited),
    record: ({ requestCase: { number } }) => {
      if (number === 2) setTimeout(beginWaiting, 50);
    },
  });
  expect(end.reason).toBe(throttledTooLong);
});

const late = 'the run reached the 3 s that CONTRACT_RUN_SECONDS allows it';
for (const [what, outcome, count, sentOf, end] of [
  ['with requests left', 'answers', 10, 3, { complete: false, reason: late, skipped: 7 }],
  ['with none left', 'answers', 3, 3, { complete: true }],
  // What throttling put off is not sent any more.
  ['while throttled', '429', 1, 3, { complete: false, reason: late, skipped: 0, deferred: 1 }],
] as const)
  test(`a run whose time is over sends nothing more (${what}), and says what ended it`, async () => {
    let now = 0;
    const all = await sentTo(() => outcome, many(count), {
      runSeconds: 3,
      now: () => now,
      // Each request takes a second.
      before: () => (now += 1_000),
    });
    expect([all.sent.length, all.end]).toEqual([sentOf, end]);
  });

test('an exchange is recorded before the next request is sent', async () => {
  const events: string[] = [];
  await sentTo(() => 'answers', many(3), {
    before: (n) => events.push(`send ${n}`),
    record: ({ requestCase: { number } }) => events.push(`record ${number}`),
  });
  expect(events).toEqual(['send 1', 'record 1', 'send 2', 'record 2', 'send 3', 'record 3']);
});

test('an error, as of an allow-list or a sign-in, ends the sending: no worker sends another', async () => {
  const { sent, recorded, end } = await sentTo(() => 'answers', many(40), {
    concurrency: 4,
    before: (n) => {
      if (n === 2) throw new Error('the sign-in has ended');
    },
  });
  expect(recorded.length).toBe(sent.length - 1);
  const reason = 'Error: the sign-in has ended';
  expect(end).toEqual({ complete: false, reason, skipped: 40 - recorded.length });
});

test('a sending that is to end early records what is in flight, waits for no throttling, and says what was left', async () => {
  const ending = new AbortController();
  const { recorded, end } = await sentTo((_, n) => (n === 3 ? '429' : 'answers'), many(10), {
    concurrency: 2,
    // Asked to wait, it would wait for ever.
    throttling: new Throttling({ single: 10, total: 20, initial: 0 }, () => new Promise(() => {})),
    signal: ending.signal,
    before: (n) => n === 4 && ending.abort(),
  });
  expect(recorded.map(({ requestCase: { number } }) => number).toSorted()).toEqual([1, 2, 3, 4]);
  const reason = 'the run was interrupted';
  expect(end).toEqual({ complete: false, interrupted: true, reason, skipped: 6 });
});

test('what is in flight when a sending ends early is waited for two seconds, and never recorded later', async () => {
  const ending = new AbortController();
  let answer = () => {};
  const answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const begun = performance.now();
  const { recorded, end } = await sentTo(() => 'answers', many(10), {
    ...{ concurrency: 2, signal: ending.signal },
    before: (n) => {
      if (n === 3) ending.abort();
      return n > 2 ? answered : undefined;
    },
  });
  expect(performance.now() - begun).toBeLessThan(2_500);
  expect(end).toMatchObject({ complete: false, interrupted: true, skipped: 8 });
  answer();
  await new Promise(setImmediate);
  expect(recorded.map(({ requestCase: { number } }) => number)).toEqual([1, 2]);
});

test('a 401 is the answer to a request where one more create is answered otherwise', async () => {
  const refuses = ({ name }: RequestCase) => name === 'equivalent-me-2' || name === 'negative-me-1';
  const { sent, end } = await sentTo((each) => (refuses(each) ? '401' : 'answers'), mixed, {
    checkOf,
  });
  // At once for a create in another form, behind all that must be refused for those.
  expect(sent).toEqual([
    ...mixedNames.slice(0, 8),
    'further-1',
    ...mixedNames.slice(8),
    'further-2',
  ]);
  expect(end).toEqual({ complete: true });
});

for (const [what, renew] of [
  ['where it cannot be renewed', undefined],
  ['where it is renewed and refused again', async () => true],
] as const)
  test(`a token is refused where one more create is 401 too, and nothing more is sent, ${what}`, async () => {
    const { sent, end } = await sentTo((_, n) => (n > 8 ? '401' : 'answers'), mixed, {
      checkOf,
      renew,
    });
    const further = renew === undefined ? ['further-1'] : ['further-1', 'further-2'];
    expect(sent).toEqual([...mixedNames.slice(0, 9), ...further]);
    expect(end).toEqual({ complete: false, reason: refused, skipped: 5, refusedFrom: 9 });
  });

test('a token that is refused is renewed, and what it was refused for is sent again', async () => {
  let isNew = false;
  const renew = async () => {
    isNew = true;
    return true;
  };
  const { sent, end, recorded } = await sentTo(
    (_, n) => (n > 8 && !isNew ? '401' : 'answers'),
    mixed,
    { checkOf, renew },
  );
  const again = ['further-1', 'further-2', 'equivalent-me-3'];
  expect(sent).toEqual([...mixedNames.slice(0, 9), ...again, ...mixedNames.slice(9)]);
  expect(recorded.filter(({ requestCase: { number } }) => number === 9).length).toBe(2);
  expect(end).toEqual({ complete: true, renewedFor: [9] });
});

test('a target that hangs on refusals alone is asked on, four at once, and not for ever', async () => {
  const refusals = routes.flatMap((route) =>
    many(20, route, 'negative').map((each) => ({ ...each, requirement: each.name })),
  );
  const { sent, end, mostAtOnce } = await sentTo(
    (each) => (each.kind === 'negative' && !isFurther(each) ? 'silent' : 'answers'),
    [...many(4), ...refusals],
    { checkOf, concurrency: 4 },
  );
  for (const route of routes) {
    const asked = sent.filter((name) => name.startsWith(`negative-${route}`)).length;
    expect(asked).toBeGreaterThanOrEqual(11);
    expect(asked).toBeLessThan(20);
  }
  expect(sent.slice(0, 8)).toEqual([...creates(1, 2, 3, 4), ...names('me', 3), 'further-1']);
  expect(mostAtOnce).toBe(4);
  const reason = 'the target answers creates, and does not answer what it must refuse';
  expect(end).toMatchObject({ complete: false, reason });
});

test('where it hangs, a requirement is asked about once', async () => {
  const refusals = many(9, 'me', 'negative').map((each, i) => ({
    ...each,
    requirement: i < 6 ? 'a' : `b-${i}`,
  }));
  const { sent } = await sentTo(
    ({ kind }) => (kind === 'negative' ? 'silent' : 'answers'),
    [...many(1), ...refusals],
    { checkOf },
  );
  const asked = ['negative-me-4', 'negative-me-7', 'negative-me-8', 'negative-me-9'];
  expect(sent).toEqual([...creates(1), ...names('me', 3), 'further-1', ...asked]);
});

test('what is to be sent together is in flight together, and nothing else is', async () => {
  const burst = many(32, 'me', 'equivalent').map((each) => ({
    ...each,
    isTogether: true as const,
  }));
  const alone = await sentTo(() => 'answers', [...many(8), ...burst], { concurrency: 4 });
  expect(alone.mostAtOnce).toBe(16);
  const without = await sentTo(() => 'answers', [...many(8), ...many(8, 'me', 'negative')], {
    concurrency: 4,
  });
  expect(without.mostAtOnce).toBe(4);
});

test('a worker whose main process is gone sends nothing more', async () => {
  let isOrphaned = false;
  const { sent, end } = await sentTo(() => 'answers', many(5), {
    isOrphaned: () => isOrphaned,
    before: (n) => {
      isOrphaned = n === 2;
    },
  });
  expect(sent).toEqual(creates(1, 2));
  const reason = 'the process that started the run is gone';
  expect(end).toEqual({ complete: false, reason, skipped: 3 });
});
