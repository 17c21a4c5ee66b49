import { expect, test } from '@playwright/test';
import type { Verdict } from '../../../schemas/files/report.ts';
import { fixesOf, fixLines, fixSentence, fixTitle, hintOf } from '../../report/fix-first.ts';
import { requirements } from '../../requirements/index.ts';
import { isJudged } from '../../requirements/requirement.ts';

/** A verdict that deviates; `change`: what is not as in most. */
function found(
  requirement: string,
  route: Verdict['route'],
  received: string,
  change: Partial<Verdict> = {},
): Verdict {
  return {
    requirement,
    level: 'stated',
    source: 'page',
    text: 'does what it should',
    route,
    outcome: 'deviates',
    failing: true,
    expected: 'what is right',
    received,
    requests: 3,
    failingRequests: 3,
    ...symptomOf(requirement, received),
    ...change,
  };
}

/** As the judge gives them: in the order of the table of requirements. */
function inTableOrder(verdicts: readonly Verdict[]): Verdict[] {
  const rank = (verdict: Verdict) => requirements.findIndex(({ id }) => id === verdict.requirement);
  return verdicts.toSorted((a, b) => rank(a) - rank(b));
}

/** What the judge says of such a finding, beside its text. */
function symptomOf(requirement: string, received: string): Partial<Verdict> {
  const row = requirements.filter(isJudged).find(({ id }) => id === requirement);
  const dependsOn = row?.dependsOn ?? [];
  const [, cause, rest = received] = /^([a-z-]+): (.*)$/.exec(received) ?? [];
  const common = { dependsOn, ...(cause !== undefined && { cause }) };
  if (requirement === 'routes-alike') return { dependsOn, code: 'routes-differ' };
  if (rest.startsWith('no whole response')) return { ...common, code: 'no-response' };
  if (!/^\d{3}$/.test(rest)) return { ...common, code: 'schema' };
  const status = Number(rest);
  if (requirement === 'route-answers') return { ...common, status, code: 'no-route' };
  if (status >= 300) return { ...common, status, code: 'error-status' };
  const isSuccess = /create-status|date-missing|example-exchange/.test(requirement);
  return { ...common, status, code: isSuccess ? 'other-success' : 'accepted' };
}

const warning = { failing: false, level: 'platform' } as const;

/** The requirements to fix, in order, each with those that go away with it. */
function fixed(...verdicts: Verdict[]): [string, ...string[]][] {
  return fixesOf({ verdicts: inTableOrder(verdicts) }).map((fix) => [
    fix.verdict.requirement,
    ...fix.with,
  ]);
}

test('what helps most comes first: what the table puts first', () => {
  expect(
    fixed(
      found('date-instant', 'me', 'another instant'),
      found('body-json', 'me', 'no JSON'),
      found('create-status', 'me', '200'),
    ),
  ).toEqual([['create-status'], ['body-json'], ['date-instant']]);
});

test('what fails the run comes before warnings', () => {
  expect(
    fixed(
      found('content-type-once', 'me', '2 media types', warning),
      found('date-instant', 'me', 'null'),
    ),
  ).toEqual([['date-instant'], ['content-type-once']]);
});

test('the same finding on both routes is one thing to fix, another one is two', () => {
  const both = fixesOf({
    verdicts: [found('create-status', 'users', '200'), found('create-status', 'me', '200')],
  });
  expect(both.map(fixSentence)).toEqual([
    'create-status on both routes: expected what is right, received 200',
  ]);
  expect(
    fixed(found('create-status', 'users', '200'), found('create-status', 'me', '204')),
  ).toEqual([['create-status'], ['create-status']]);
});

test('where a route is missing, everything found on it goes away with it, and nothing else', () => {
  expect(
    fixed(
      found('route-answers', 'users', '404'),
      found('create-status', 'users', '404'),
      found('token-needed', 'users', '404', warning),
      found('create-status', 'me', '200'),
    ),
  ).toEqual([['route-answers', 'create-status', 'token-needed'], ['create-status']]);
});

test('the example and the comparison of the routes follow from what they show', () => {
  expect(
    fixed(
      found('create-status', 'me', '200'),
      found('example-exchange', 'me', 'create-status: 200'),
      found('routes-alike', 'both', '/me: 200; /users: 201', warning),
    ),
  ).toEqual([['create-status', 'example-exchange', 'routes-alike']]);
  expect(
    fixed(
      found('create-status', 'me', '200'),
      found('example-exchange', 'users', 'create-status: 200'),
    ),
  ).toEqual([['create-status'], ['example-exchange']]);
});

test('routes that differ for no other reason are a thing to fix', () => {
  expect(
    fixed(
      found('create-status', 'me', '200'),
      found('create-status', 'users', '200'),
      found('routes-alike', 'both', '/me: 200 (id); /users: 200', warning),
    ),
  ).toEqual([['create-status'], ['routes-alike']]);
});

test('who asks for no token cannot know a wrong one', () => {
  const tokens = ['token-needed', 'token-known', 'token-verified', 'token-scheme'];
  expect(fixed(...tokens.map((id) => found(id, 'me', '201', warning)))).toEqual([tokens]);
  expect(fixed(...tokens.slice(1).map((id) => found(id, 'me', '201', warning)))).toEqual([
    ['token-known', 'token-verified'],
    ['token-scheme'],
  ]);
});

test('where every create is refused alike, nobody learns more from the other requests', () => {
  expect(
    fixed(
      found('create-status', 'me', '401'),
      found('media-type-wrong', 'me', '401', warning),
      found('method-put', 'me', '200', warning),
    ),
  ).toEqual([['create-status', 'media-type-wrong'], ['method-put']]);
  // Another status of success hides nothing but what a create is answered without its date.
  expect(
    fixed(
      found('create-status', 'me', '200'),
      found('token-needed', 'me', '200', warning),
      found('date-missing', 'me', '200', warning),
    ),
  ).toEqual([['create-status', 'date-missing'], ['token-needed']]);
});

test('a connection that ends in several ways is one thing to fix, with what follows from it', () => {
  const [dropped, reset] = ['no whole response: dropped', 'no whole response: reset'] as const;
  expect(
    fixed(
      found('create-answered', 'me', dropped),
      found('create-answered', 'users', reset),
      found('example-exchange', 'me', `create-answered: ${dropped}`),
      found('json-malformed', 'users', reset, warning),
    ),
  ).toEqual([['create-answered', 'example-exchange', 'json-malformed']]);
  expect(
    fixed(
      found('create-answered', 'me', 'no whole response: timed out'),
      found('answer-time', 'me', 'slower', { ...warning, code: 'no-response' }),
    ),
  ).toEqual([['create-answered', 'answer-time']]);
});

test('what is known, untested or an error is nothing to fix; what changed or is stale is', () => {
  const verdicts = (['conforms', 'known deviation', 'not applicable', 'untested'] as const).map(
    (outcome) => found('create-status', 'me', '200', { outcome, failing: false }),
  );
  expect(fixesOf({ verdicts })).toEqual([]);
  for (const outcome of ['changed deviation', 'stale deviation'] as const)
    expect(fixed(found('create-status', 'me', '200', { outcome }))).toEqual([['create-status']]);
});

test('a finding that is typical of a wrong configuration says where to look', () => {
  const hint = (...verdicts: Verdict[]) => fixesOf({ verdicts }).map(hintOf)[0] ?? '';
  expect(hint(found('route-answers', 'me', '404'))).toContain('GRAPH_BASE_URL');
  expect(hint(found('route-answers', 'users', '404'))).toContain('GRAPH_USER_ID');
  expect(hint(found('create-status', 'me', '401'))).toContain('GRAPH_ACCESS_TOKEN');
  expect(hint(found('create-status', 'me', '307'))).toContain('redirects are not followed');
  expect(hint(found('create-status', 'me', '400'))).toBe('');
});

test('what silenced the target comes first, and is no mere warning', () => {
  const at = { request: 'malformed-json on /me', at: '', recorded: 'r.jsonl:9' };
  const dropped = found('json-malformed', 'me', 'no whole response: dropped', {
    ...warning,
    exchange: at,
  });
  const wrong = found('create-status', 'me', '200');
  const collapse = { ...at, failure: 'dropped', isGone: true } as const;
  const sending = { requests: 9, complete: false, collapse };
  const [first, second] = fixesOf({ verdicts: [wrong, dropped], sending });
  expect(first).toMatchObject({ verdict: dropped, last: true, warning: false });
  expect(second?.verdict).toBe(wrong);
  expect(fixed(wrong, dropped)).toEqual([['create-status'], ['json-malformed']]);
  expect(fixLines({ verdicts: [wrong, dropped], sending }, 1)[0]).toContain(
    'did not answer any more',
  );
});

test('the list is cut where it says so, and has a name of its own where nothing fails', () => {
  const verdicts = ['create-status', 'body-json', 'id-present'].map((id) => found(id, 'me', 'x'));
  expect(fixLines({ verdicts }, 2)).toEqual([
    '1. create-status on /me: expected what is right, received x',
    '2. body-json on /me: expected what is right, received x',
    'and 1 more: report.md has all of them',
  ]);
  expect(fixLines({ verdicts }, 3)).toHaveLength(3);
  expect(fixTitle({ verdicts })).toBe('Fix first');
  expect(fixTitle({ verdicts: verdicts.map((each) => ({ ...each, ...warning })) })).toBe(
    'Worth fixing',
  );
});
