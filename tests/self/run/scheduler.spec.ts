import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@playwright/test';
import { throttlingWithin } from '../../../fixtures/http/retry-after.ts';
import { type SendPlan, sendAll } from '../../../fixtures/run/scheduler.ts';
import type { End, Exchange, RequestCase } from '../../../schemas/files/recording.ts';
import type { Route } from '../../../schemas/operation.ts';
import { exampleRequest } from '../support/raw-server.ts';
import { exchange } from '../support/recorded.ts';

/** What the pretended target does with the n-th request that reaches it: a status, or one of these. */
type Outcome =
  | 'refused'
  | 'hangs'
  | 'slow'
  | 'silent'
  | 'unreadable'
  | 'cut off'
  | '201'
  | '401'
  | '429'
  | '503'
  | '503 later';
type OutcomeOf = (requestCase: RequestCase, n: number) => Outcome;

const slowMs = 1_000;
const failures = {
  refused: 'unreachable',
  hangs: 'timed out',
  silent: 'dropped',
  unreadable: 'unreadable',
  'cut off': 'cut off',
} as const;

function exchangeOf(requestCase: RequestCase, number: number, outcome: Outcome): Exchange {
  const { response = exchange().response, ...rest } = exchange();
  const kind = Object.entries(failures).find(([name]) => name === outcome)?.[1];
  const headers = outcome === '503 later' ? [['Retry-After', '0'] as const] : [];
  const status = Number(outcome.slice(0, 3)) || 201;
  return {
    ...rest,
    requestCase: { ...requestCase, number },
    ms: outcome === 'slow' ? slowMs + 1 : slowMs,
    ...(kind && { failure: { kind, detail: 'no route' } }),
    ...((!kind || kind === 'cut off') &&
      response && { response: { ...response, status, headers } }),
  };
}

/** What a test changes in how requests are sent. `before`: what happens while the n-th is in flight. */
type Otherwise = Partial<SendPlan> & { readonly before?: (n: number) => unknown };

/** Limits of throttling that a second wait reaches. */
const short = (initial = 0, sleep: () => Promise<unknown> = async () => {}) =>
  throttlingWithin({ single: 20, total: 30, initial }, sleep);

async function sentTo(
  outcomeOf: OutcomeOf,
  requests: readonly RequestCase[],
  otherwise: Otherwise = {},
) {
  const { before, ...given } = otherwise;
  const sent: string[] = [];
  const recorded: Exchange[] = [];
  const progress: number[] = [];
  const enough: (number | undefined)[] = [];
  let [atOnce, mostAtOnce] = [0, 0];
  const end = await sendAll(requests, {
    ...{ concurrency: 1, slowMs, throttling: short() },
    send: async (each, number, enoughMs) => {
      const n = sent.push(each.name);
      enough.push(enoughMs);
      mostAtOnce = Math.max(mostAtOnce, ++atOnce);
      await new Promise(setImmediate);
      await before?.(n);
      atOnce -= 1;
      return exchangeOf(each, number, outcomeOf(each, n));
    },
    record: (each) => recorded.push(each),
    failed: String,
    progress: (count) => progress.push(count),
    ...given,
  });
  const numbers = recorded.map(({ requestCase: { number } }) => number);
  return { end, sent, recorded, numbers, progress, enough, mostAtOnce };
}

/** Requests of a kind, named "c1" on /me and "users-c1" on /users; of the refusals every third is sent to a slow target, too. */
function many(count: number, kind: RequestCase['kind'] = 'create', route: Route = 'me') {
  const begin = `${route === 'me' ? '' : 'users-'}${kind.slice(0, 1)}`;
  return Array.from({ length: count }, (_, i) =>
    exampleRequest({
      ...{ name: `${begin}${i + 1}`, route, kind },
      ...(i % 3 === 0 && { onTenant: true }),
    }),
  );
}
const own = (requests: readonly RequestCase[]) =>
  requests.map((each) => ({ ...each, requirement: each.name }));
const isOn = (route: Route) => (each: RequestCase) => each.route === route;

const answers: OutcomeOf = () => '201';
const on =
  (applies: (each: RequestCase, n: number) => boolean, outcome: Outcome): OutcomeOf =>
  (each, n) =>
    applies(each, n) ? outcome : '201';
const every3rd = (outcome: Outcome) => on((_, n) => n % 3 !== 0, outcome);
const refusing = on(({ kind }) => kind === 'negative', 'silent');

/** Further creates, and what one of them tells. */
const checkOf = (route: Route, n: number) =>
  exampleRequest({ name: `f${n}`, kind: 'probe', route });
const mixed = [...many(6), ...many(4, 'equivalent'), ...many(4, 'negative')];
const bothRoutes = [...many(10), ...many(5, 'negative'), ...many(10, 'create', 'users')];
const takingTurns = [
  ...many(5).flatMap((each, i) => [each, ...many(5, 'create', 'users').slice(i, i + 1)]),
  ...many(6, 'negative').map((each) => ({ ...each, requirement: 'a' })),
];
const whole: End = { complete: true };
const ended = (reason: string, skipped: number, more: Partial<End> = {}): End => ({
  ...{ complete: false, reason, skipped },
  ...more,
});
const silent = 'a route did not answer three times in a row';
const slow = 'creates on a route were slower than CONTRACT_SLOW_MS three times in a row';
const hanging = 'the target answers creates, and does not answer what it must refuse';
const throttled = expect.stringMatching(
  /^the target throttled the run for too long: the next wait would be/,
) as unknown as string;
const refused = "the target refused the run's token from request 9 on";

/** What a target does, what it is asked, what is sent of it ("*": all), and how the sending ends. */
// biome-ignore format: a row a line
const cases: Readonly<Record<string, readonly [OutcomeOf, RequestCase[], sent: string, End, Otherwise?]>> = {
  'nothing to send is an end like any other': [answers, [], '', whole],
  'every request is sent once, in order': [answers, mixed, '*', whole],
  'a response between silences': [every3rd('silent'), many(12), '*', whole],
  'a create that is just fast enough between slow ones': [every3rd('slow'), many(12), '*', whole],
  'responses that are cut off': [() => 'cut off', many(8), '*', whole],
  'responses that are not HTTP': [() => 'unreadable', many(9), '*', whole],
  'a 503 that does not ask to wait': [() => '503', many(5), '*', whole],
  'slow refusals': [on(({ kind }) => kind === 'negative', 'slow'), [...many(6, 'negative'), ...many(6)], '*', whole],
  'a route that is silent three times is asked no more, and the other is': [on(isOn('me'), 'silent'), bothRoutes, `c1 c2 c3 ${bothRoutes.slice(15).map(({ name }) => name).join(' ')}`, ended(silent, 12)],
  'a target that cannot be reached is told as that': [() => 'refused', many(5), 'c1 c2 c3', ended('the target could not be reached: no route', 2)],
  'a slow route is spared what a tenant is': [on(isOn('me'), 'slow'), [...many(10), ...many(4, 'negative'), ...many(1, 'create', 'users')], 'c1 c2 c3 n1 n4 users-c1', ended(slow, 9)],
  'a route that answers no further create has fallen silent': [on(({ kind }) => kind !== 'create', 'silent'), mixed, 'c1 c2 c3 c4 c5 c6 e1 e2 e3 f1 f2 f3 f4', ended(silent, 5), { checkOf }],
  'where it hangs, a requirement is asked about once': [refusing, [...many(1), ...many(6, 'negative').map((each) => ({ ...each, requirement: 'a' })), ...own(many(9, 'negative').slice(6))], 'c1 n1 n2 n3 f1 n7 n8 n9 f2', ended(hanging, 3), { checkOf }],
  'so is one after three time-outs that do not come in a row': [on(({ kind }, n) => kind === 'negative' && n % 2 === 0, 'hangs'), [...many(1), ...many(7, 'negative').map((each) => ({ ...each, requirement: 'a' }))], 'c1 n1 n2 n3 n4 n5 f1', ended(hanging, 2), { checkOf }],
  'a tenant is asked one create after a silence, not four': [on(({ kind }) => kind !== 'create', 'silent'), mixed, 'c1 c2 c3 c4 c5 c6 e1 e2 e3 f1', ended(silent, 5), { checkOf, atMost: 1 }],
  'what costs time is asked one create, not four': [on(({ kind }) => kind !== 'create', 'hangs'), mixed, 'c1 c2 c3 c4 c5 c6 e1 e2 e3 f1', ended(silent, 5), { checkOf }],
  'where one of two servers drops all that it is sent, no route is given up': [on((_, n) => n % 2 === 0, 'silent'), takingTurns, 'c1 users-c1 c2 users-c2 c3 users-c3 f1 c4 users-c4 c5 users-c5 n1 f2 n2 n3 n4 n5 n6', whole, { checkOf }],
  'where no create was ever answered, a 401 is no news of the token': [() => '401', mixed, '*', whole, { checkOf }],
  'a 401 is the answer to a request where one more create is answered otherwise: at once for a create in another form, behind all for what must be refused': [on(({ name }) => ['e2', 'n1'].includes(name), '401'), mixed, 'c1 c2 c3 c4 c5 c6 e1 e2 f1 e3 e4 n1 n2 n3 n4 f2', whole, { checkOf }],
  'a token is refused where one more create is 401 too, and nothing more is sent': [on((_, n) => n > 8, '401'), mixed, 'c1 c2 c3 c4 c5 c6 e1 e2 e3 f1', ended(refused, 5, { refusedFrom: 9 }), { checkOf }],
  'it is asked about on each route: it may be refused on one alone': [on(({ kind, route }, n) => kind === 'negative' || (route === 'users' && n > 3), '401'), [...many(2), ...many(1, 'create', 'users'), ...many(1, 'negative'), ...many(1, 'negative', 'users')], 'c1 c2 users-c1 n1 users-n1 f1 f2', ended(refused.replace('9', '5'), 0, { refusedFrom: 5 }), { checkOf }],
  'so is one that is renewed and refused again': [on((_, n) => n > 8, '401'), mixed, 'c1 c2 c3 c4 c5 c6 e1 e2 e3 f1 f2', ended(refused, 5, { refusedFrom: 9 }), { checkOf, renew: async () => true }],
  'a token that is refused is renewed, and what it was refused for is sent again': [on((_, n) => n === 9 || n === 10, '401'), mixed, 'c1 c2 c3 c4 c5 c6 e1 e2 e3 f1 f2 e3 e4 n1 n2 n3 n4', { ...whole, renewedFor: [9] }, { checkOf, renew: async () => true }],
  'a request that was rejected by throttling is sent again': [on((_, n) => n === 2, '429'), many(3), 'c1 c2 c2 c3', whole],
  'a 503 that asks to wait is waited for and not sent again: it may have been carried out': [on((_, n) => n === 2, '503 later'), many(3), '*', { ...whole, deferred: 1 }],
  'a target that throttles without end is given up': [() => '429', many(50), 'c1 c1 c1', ended(throttled, 49), { throttling: short(10) }],
  'also where it is the last request alone: the run was not whole': [on((_, n) => n > 1, '429'), many(2), 'c1 c2 c2 c2', ended(throttled, 0), { throttling: short(10) }],
};
for (const [what, [outcomeOf, requests, names, end, otherwise]] of Object.entries(cases))
  test(what, async () => {
    const all = await sentTo(outcomeOf, requests, otherwise);
    const wanted = names === '*' ? requests.map(({ name }) => name).join(' ') : names;
    expect([all.sent.join(' '), all.end]).toEqual([wanted, end]);
    const isReached = all.recorded.every(({ failure }) => failure?.kind !== 'unreachable');
    expect(Math.max(0, ...all.progress)).toBe(isReached ? requests.length - (end.skipped ?? 0) : 0);
    expect(
      all.recorded.map(({ requestCase: { number, name } }) => requests[number - 1]?.name ?? name),
    ).toEqual(all.sent);
  });

for (const concurrency of [1, 2, 4])
  test(`a concurrency of ${concurrency} has as many requests in flight, and sends each once`, async () => {
    const { numbers, mostAtOnce } = await sentTo(answers, many(40), { concurrency });
    expect(mostAtOnce).toBe(concurrency);
    expect(numbers.toSorted((a, b) => a - b)).toEqual(many(40).map((_, i) => i + 1));
  });

test('what is to be sent together is in flight together, and nothing else is', async () => {
  const burst = many(32, 'equivalent').map((each) => ({ ...each, isTogether: true as const }));
  for (const [more, most] of [
    [burst, 16],
    [many(8, 'negative'), 4],
  ] as const)
    expect((await sentTo(answers, [...many(8), ...more], { concurrency: 4 })).mostAtOnce).toBe(
      most,
    );
});

test('requests in flight may still end when a route has fallen silent, and no more are sent', async () => {
  const { end, sent } = await sentTo(() => 'silent', many(40), { concurrency: 4 });
  expect(sent.length).toBeLessThanOrEqual(3 + 3);
  expect(end.skipped).toBe(40 - sent.length);
});

test('a target that hangs on refusals alone is asked for each requirement, four at once, a create in between, and waited for less', async () => {
  const refusals = [...own(many(20, 'negative')), ...own(many(20, 'negative', 'users'))];
  const all = await sentTo(refusing, [...many(4), ...refusals], { checkOf, concurrency: 4 });
  expect(all.sent.slice(0, 8).join(' ')).toBe('c1 c2 c3 c4 n1 n2 n3 f1');
  const runs = all.sent.join('').split(/f\d+/);
  expect(Math.max(...runs.map((each) => each.split('n').length - 1))).toBeLessThanOrEqual(3 + 4);
  expect([all.mostAtOnce, all.end]).toEqual([4, whole]);
  // As long as nothing was known, as for a create, and twice as long as the slowest answer took.
  const always = all.sent.filter((_, i) => all.enough[i] === undefined);
  expect(always.filter((name) => !name.startsWith('f')).join(' ')).toBe('c1 c2 c3 c4 n1 n2 n3');
  expect(new Set(all.enough)).toEqual(new Set([undefined, 2 * slowMs]));
});

test('a worker that still waits does not undo that another has given up', async () => {
  const { end } = await sentTo(
    on((_, n) => n <= 2, '429'),
    many(20),
    {
      concurrency: 2,
      throttling: throttlingWithin({ single: 100, total: 100, initial: 60 }, () => sleep(50)),
    },
  );
  expect(end.reason).toEqual(throttled);
});

for (const [what, outcome, count, end] of [
  ['with requests left', '201', 10, ended('late', 7)],
  ['with none left', '201', 3, whole],
  ['while throttled', '429', 1, ended('late', 0, { deferred: 1 })],
] as const)
  test(`a run whose time is over sends nothing more (${what}), and says what ended it`, async () => {
    let now = 0;
    const whyOver = () => (now >= 3 ? 'late' : undefined);
    const all = await sentTo(() => outcome, many(count), { whyOver, before: () => ++now });
    expect([all.sent.length, all.end]).toEqual([3, end]);
  });

test('an exchange is recorded before the next request is sent', async () => {
  const events: string[] = [];
  await sentTo(answers, many(3), {
    before: (n) => events.push(`send ${n}`),
    record: ({ requestCase: { number } }) => events.push(`record ${number}`),
  });
  expect(events.join(', ')).toBe('send 1, record 1, send 2, record 2, send 3, record 3');
});

test('an error, as of an allow-list or a sign-in, ends the sending: no worker sends another', async () => {
  const { sent, recorded, end } = await sentTo(answers, many(40), {
    concurrency: 4,
    before: (n) => {
      if (n === 2) throw new Error('the sign-in has ended');
    },
  });
  expect(recorded.length).toBe(sent.length - 1);
  expect(end).toEqual(ended('Error: the sign-in has ended', 40 - recorded.length));
});

const interrupted = (skipped: number) =>
  ended('the run was interrupted', skipped, { interrupted: true });

test('a sending that is to end early records what is in flight, waits for no throttling, and says what was left', async () => {
  const ending = new AbortController();
  const { numbers, end } = await sentTo(
    on((_, n) => n === 3, '429'),
    many(10),
    {
      ...{ concurrency: 2, signal: ending.signal },
      // Asked to wait, it would wait for ever.
      throttling: short(0, () => new Promise(() => {})),
      before: (n) => n === 4 && ending.abort(),
    },
  );
  expect([numbers.toSorted(), end]).toEqual([[1, 2, 3, 4], interrupted(6)]);
});

test('what is in flight when a sending ends early is waited for two seconds, and never recorded later', async () => {
  const ending = new AbortController();
  const late = sleep(2_400);
  const begun = performance.now();
  const { numbers, end } = await sentTo(answers, many(10), {
    ...{ concurrency: 2, signal: ending.signal },
    before: (n) => {
      if (n === 3) ending.abort();
      return n > 2 ? late : undefined;
    },
  });
  expect(performance.now() - begun).toBeLessThan(2_300);
  await late;
  await new Promise(setImmediate);
  expect([numbers, end]).toEqual([[1, 2], interrupted(8)]);
});
