import { expect, test } from '@playwright/test';
import type { FindingKind } from '../../../schemas/files/finding.ts';
import type { Collapse } from '../../../schemas/files/report.ts';
import { causesOf, hintOf } from '../../report/model/causes.ts';
import { exchange } from '../support/recorded.ts';
import {
  deviating,
  type Overrides,
  reportOn,
  runDate,
  writtenRun,
} from '../support/written-runs.ts';

function found(received: string, more: Parameters<typeof deviating>[1] = {}) {
  const [, cause, rest = received] = /^([a-z-]+): (.*)$/.exec(received) ?? [];
  const status = /^\d{3}$/.test(rest) && { status: Number(rest) };
  const kind: { kind?: FindingKind } = rest.startsWith('no whole') ? { kind: 'no-response' } : {};
  return deviating(received, { ...kind, ...status, ...(cause && { cause }), ...more });
}
const warned = (received: string, more = {}) => found(received, { failing: false, ...more });
const accepted = (received: string) => warned(received, { kind: 'accepted' });
const [dropped, reset] = ['no whole response: dropped', 'no whole response: reset'] as const;
const tokens = ['token-needed', 'token-known', 'token-verified', 'token-scheme'];
const without = (ids: readonly string[]) =>
  Object.fromEntries(ids.map((id) => [id, accepted('201')]));

// What is found, and what is to be fixed first, each with those that go away with it.
// biome-ignore format: a row a line
const cases: readonly [what: string, overrides: Overrides, fixes: string[][]][] = [
  ['what the table puts first helps most', { 'date-instant': found('another instant'), 'body-json': found('no JSON'), 'create-status': found('200') }, [['create-status'], ['body-json'], ['date-instant']]],
  ['what fails comes before warnings, and these before what is known', { 'content-type-once': warned('2 media types'), 'date-instant': found('null'), 'id-present': found('x', { outcome: 'known deviation', failing: false }) }, [['date-instant'], ['content-type-once'], ['id-present']]],
  ['a route that is missing takes all with it', { 'route-answers': found('404', { kind: 'no-route', only: 'users' }), 'create-status': found('404', { only: 'users' }), 'token-needed': warned('404', { only: 'users' }) }, [['route-answers', 'create-status', 'token-needed']]],
  ['and nothing that is found on the other route too', { 'route-answers': found('404', { kind: 'no-route', only: 'users' }), 'create-status': found('404') }, [['route-answers'], ['create-status']]],
  ['the example follows from what it shows', { 'create-status': found('200'), 'example-exchange': found('create-status: 200') }, [['create-status', 'example-exchange']]],
  ['but not on another route', { 'create-status': found('200', { only: 'me' }), 'example-exchange': found('create-status: 200', { only: 'users' }) }, [['create-status'], ['example-exchange']]],
  ['routes differ because one deviates', { 'create-status': found('200', { only: 'me' }), 'routes-alike': warned('/me: 200; /users: 201', { kind: 'routes-differ' }) }, [['create-status', 'routes-alike']]],
  ['routes that differ for no other reason are a finding', { 'create-status': found('200'), 'routes-alike': warned('/me: 200 (id); /users: 200', { kind: 'routes-differ' }) }, [['create-status'], ['routes-alike']]],
  ['who asks for no token cannot know a wrong one', without(tokens), [tokens]],
  ['who knows no token cannot verify one', without(tokens.slice(1)), [['token-known', 'token-verified'], ['token-scheme']]],
  ['where every create is refused alike, nobody learns more from another refusal', { 'create-status': found('401'), 'media-type-wrong': warned('401'), 'method-put': accepted('200') }, [['create-status', 'media-type-wrong'], ['method-put']]],
  ['another success hides no check that is missing', { 'create-status': found('200'), 'token-needed': accepted('200'), 'date-missing': warned('200') }, [['create-status', 'date-missing'], ['token-needed']]],
  ['a connection that ends is one finding with what follows from it', { 'create-answered': found(dropped), 'example-exchange': found(`create-answered: ${dropped}`), 'json-malformed': warned(reset) }, [['create-answered', 'json-malformed', 'example-exchange']]],
  ['what changed or is stale is to be fixed, and what nobody judged is not', { 'create-status': found('200', { outcome: 'changed deviation' }), 'body-json': found('', { outcome: 'stale deviation' }), location: found('', { outcome: 'error' }) }, [['create-status'], ['body-json']]],
];
for (const [what, overrides, fixes] of cases)
  test(what, () => {
    const causes = causesOf(writtenRun(runDate(1), overrides));
    const ids = causes.map((each) => [each.verdict, ...each.with].map((one) => one.requirement));
    expect(ids).toEqual(fixes);
  });

// What is found, and what is said of it in one sentence.
// biome-ignore format: a row a line
const sentences: readonly [overrides: Overrides, sentence: string][] = [
  [{ 'create-status': found('200', { only: 'users' }) }, 'create-status on /users: expected 201, received 200'],
  [{ 'create-status': found('500', { failingRequests: 1, only: 'me' }) }, 'create-status on /me: expected 201, received 500 in 1 of 103 creates, first pair-01'],
  [{ 'json-malformed': found('201', { wrong: 'accepts a body that is no JSON: 201' }) }, 'json-malformed on both routes: accepts a body that is no JSON: 201'],
  [{ 'create-status': { outcome: 'stale deviation', failing: true, declared: { file: 'd.json', entry: 2 } } }, 'create-status on both routes: it conforms now: "npm run declare" removes entry 2 of d.json'],
];
for (const [overrides, sentence] of sentences)
  test(sentence, () => {
    const { reason, findings } = reportOn(writtenRun(runDate(1), overrides));
    expect([reason, findings.length]).toEqual([sentence, 1]);
  });

test('a finding that is typical of a wrong configuration says where to look', () => {
  const hint = (overrides: Overrides) => causesOf(writtenRun(runDate(1), overrides)).map(hintOf)[0];
  const noRoute = { kind: 'no-route' } as const;
  expect(hint({ 'route-answers': found('404', noRoute) })).toContain('GRAPH_BASE_URL');
  const only = { 'route-answers': found('404', { ...noRoute, only: 'users' }) } as const;
  expect(hint(only)).toContain('GRAPH_USER_ID');
  expect(hint({ 'create-status': found('403') })).toContain('permission');
  expect(hint({ 'create-status': found('307') })).toContain('redirects are not followed');
  expect(hint({ 'create-status': found('400') })).toBeUndefined();
});

test('a page is named where there is one, and not where it is only announced', () => {
  const [cause] = causesOf(writtenRun(runDate(1), { 'create-status': found('204') }));
  const hint = (text: string) => {
    const headers: [string, string][] = [['Content-Type', 'text/html; charset=UTF-8']];
    const body = Buffer.from(text);
    return cause && hintOf({ ...cause, exchange: exchange({ status: 204, headers, body }) });
  };
  expect(hint('')).toBeUndefined();
  expect(hint('<html>')).toContain('an HTML page');
});

test('what silenced the target comes first, and is no mere warning', () => {
  const at = { request: 'malformed-json on /me', at: '', recorded: 'r.jsonl:9' };
  const collapse: Collapse = { ...at, failure: 'dropped', isGone: true };
  const sending = { requests: 9, complete: false, collapse };
  const overrides = {
    'json-malformed': warned(dropped, { exchange: at }),
    'create-status': found('200'),
  };
  const { findings, notes } = reportOn(writtenRun(runDate(1), overrides, { judged: { sending } }));
  expect(findings.map(({ requirement, kind }) => [requirement, kind])).toEqual([
    ['json-malformed', 'fails'],
    ['create-status', 'fails'],
  ]);
  expect(findings[0]?.lines).toContainEqual([
    'hint',
    expect.stringContaining('not answer any more'),
  ]);
  expect(notes).toEqual([
    [
      'crash',
      expect.stringMatching(/it probably crashed: malformed-json on \/me, .*start it again$/),
    ],
  ]);
});
