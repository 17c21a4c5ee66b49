import { expect, test } from '@playwright/test';
import type { Verdict } from '../../../schemas/files/report.ts';
import { fixesOf, fixLines, fixSentence, fixTitle } from '../../report/fix-first.ts';

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
    ...change,
  };
}

const advice = { failing: false, level: 'platform' } as const;

/** The requirements to mend, in order, each with those that go away with it. */
function mended(...verdicts: Verdict[]): [string, ...string[]][] {
  return fixesOf({ verdicts }).map((fix) => [fix.requirement, ...fix.with]);
}

test('what helps most comes first, in whatever order it was found', () => {
  expect(
    mended(
      found('date-instant', 'me', 'another instant'),
      found('body-json', 'me', 'no JSON'),
      found('create-status', 'me', '200'),
    ),
  ).toEqual([['create-status'], ['body-json'], ['date-instant']]);
});

test('what fails the run comes before advice', () => {
  expect(
    mended(
      found('content-type-once', 'me', '2 media types', advice),
      found('date-instant', 'me', 'null'),
    ),
  ).toEqual([['date-instant'], ['content-type-once']]);
});

test('the same finding on both routes is one thing to mend, another one is two', () => {
  const both = fixesOf({
    verdicts: [found('create-status', 'users', '200'), found('create-status', 'me', '200')],
  });
  expect(both.map(fixSentence)).toEqual([
    'create-status on both routes: expected what is right, received 200',
  ]);
  expect(
    mended(found('create-status', 'users', '200'), found('create-status', 'me', '204')),
  ).toEqual([['create-status'], ['create-status']]);
});

test('where a route is missing, everything found on it goes away with it, and nothing else', () => {
  expect(
    mended(
      found('route-answers', 'users', '404'),
      found('create-status', 'users', '404'),
      found('token-needed', 'users', '404', advice),
      found('create-status', 'me', '200'),
    ),
  ).toEqual([['route-answers', 'create-status', 'token-needed'], ['create-status']]);
});

test('the example and the likeness of the routes follow from what they show', () => {
  expect(
    mended(
      found('create-status', 'me', '200'),
      found('example-exchange', 'me', 'create-status: 200'),
      found('routes-alike', 'both', '/me: 200; /users: 201', advice),
    ),
  ).toEqual([['create-status', 'example-exchange', 'routes-alike']]);
  expect(
    mended(
      found('create-status', 'me', '200'),
      found('example-exchange', 'users', 'create-status: 200'),
    ),
  ).toEqual([['create-status'], ['example-exchange']]);
});

test('routes that differ for no other reason are a thing to mend', () => {
  expect(
    mended(
      found('create-status', 'me', '200'),
      found('create-status', 'users', '200'),
      found('routes-alike', 'both', '/me: 200 (id); /users: 200', advice),
    ),
  ).toEqual([['create-status'], ['routes-alike']]);
});

test('who asks for no token cannot know a wrong one', () => {
  const tokens = ['token-needed', 'token-known', 'token-verified', 'token-scheme'];
  expect(mended(...tokens.map((id) => found(id, 'me', '201', advice)))).toEqual([tokens]);
  expect(mended(...tokens.slice(1).map((id) => found(id, 'me', '201', advice)))).toEqual([
    ['token-known', 'token-verified'],
    ['token-scheme'],
  ]);
});

test('where every create is refused alike, nobody learns more from the other calls', () => {
  expect(
    mended(
      found('create-status', 'me', '401'),
      found('media-type-wrong', 'me', '401', advice),
      found('method-put', 'me', '200', advice),
    ),
  ).toEqual([['create-status', 'media-type-wrong'], ['method-put']]);
  // Another status of success hides nothing but what a create is answered without its date.
  expect(
    mended(
      found('create-status', 'me', '200'),
      found('token-needed', 'me', '200', advice),
      found('date-missing', 'me', '200', advice),
    ),
  ).toEqual([['create-status', 'date-missing'], ['token-needed']]);
});

test('a connection that ends in several ways is one thing to mend, with what follows from it', () => {
  const [dropped, reset] = ['no whole answer: dropped', 'no whole answer: reset'] as const;
  expect(
    mended(
      found('create-answered', 'me', dropped),
      found('create-answered', 'users', reset),
      found('example-exchange', 'me', `create-answered: ${dropped}`),
      found('json-malformed', 'users', reset, advice),
    ),
  ).toEqual([['create-answered', 'example-exchange', 'json-malformed']]);
  expect(
    mended(
      found('create-answered', 'me', 'no whole answer: timed out'),
      found('answer-time', 'me', 'slower', advice),
    ),
  ).toEqual([['create-answered', 'answer-time']]);
});

test('what is known, untested or not judged is nothing to mend; what changed is', () => {
  const verdicts = (
    ['conforms', 'known deviation', 'stale deviation', 'not applicable', 'untested'] as const
  ).map((outcome) => found('create-status', 'me', '200', { outcome, failing: false }));
  expect(fixesOf({ verdicts })).toEqual([]);
  expect(mended(found('create-status', 'me', '200', { outcome: 'changed deviation' }))).toEqual([
    ['create-status'],
  ]);
});

test('a finding that is typical of a wrong configuration says where to look', () => {
  const sentence = (...verdicts: Verdict[]) => fixesOf({ verdicts }).map(fixSentence)[0];
  expect(sentence(found('route-answers', 'me', '404'))).toContain('GRAPH_BASE_URL');
  expect(sentence(found('route-answers', 'users', '404'))).toContain('GRAPH_USER_ID');
  expect(sentence(found('create-status', 'me', '401'))).toContain('GRAPH_ACCESS_TOKEN');
  expect(sentence(found('create-status', 'me', '307'))).toContain('redirects are not followed');
  expect(sentence(found('create-status', 'me', '400'))).not.toContain('GRAPH_');
});

test('what silenced the target comes first, even as advice', () => {
  const dropped = found('json-malformed', 'me', 'no whole answer: dropped', advice);
  const wrong = found('create-status', 'me', '200');
  const never = found('method-get', 'me', '', { outcome: 'not judged' });
  expect(mended(wrong, dropped, never)).toEqual([['json-malformed'], ['create-status']]);
  expect(mended(wrong, dropped)).toEqual([['create-status'], ['json-malformed']]);
  expect(fixLines({ verdicts: [wrong, dropped, never] }, 1)[0]).toContain('fell silent');
});

test('the list is cut where it says so, and has a name of its own where nothing is red', () => {
  const verdicts = ['create-status', 'body-json', 'id-present'].map((id) => found(id, 'me', 'x'));
  expect(fixLines({ verdicts }, 2)).toEqual([
    '1. create-status on /me: expected what is right, received x',
    '2. body-json on /me: expected what is right, received x',
    'and 1 more: report.md has all of them',
  ]);
  expect(fixLines({ verdicts }, 3)).toHaveLength(3);
  expect(fixTitle({ verdicts })).toBe('Fix first');
  expect(fixTitle({ verdicts: verdicts.map((each) => ({ ...each, ...advice })) })).toBe(
    'Worth mending',
  );
});
