import { expect, test } from '@playwright/test';
import type { FindingKind } from '../../../schemas/files/finding.ts';
import type { Evidence } from '../../../schemas/files/report.ts';
import { causesOf, hintOf } from '../../report/model/causes.ts';
import { exchange } from '../support/recorded.ts';
import * as written from '../support/written-runs.ts';
import data from './causes.json' with { type: 'json' };

const { deviating, reportOn, runDate, writtenExchange, writtenRecord, writtenRun } = written;
type Overrides = written.Overrides;

/** Found by its status, by how the connection ended, or by something else of a body. */
function found(received: string, more: written.Wrong = {}) {
  const [, cause, rest = received] = /^([a-z-]+): (.*)$/.exec(received) ?? [];
  const status = /^\d{3}$/.test(rest) && { status: Number(rest) };
  const kind: { kind?: FindingKind } = rest.startsWith('no whole') ? { kind: 'no-response' } : {};
  return deviating(received, { ...kind, ...status, ...(cause && { cause }), ...more });
}
const warned = (received: string, more = {}) => found(received, { failing: false, ...more });

type Found = Readonly<Record<string, written.Wrong>>;
const { causes, sentences } = data as unknown as {
  /** What is found, and what is to be fixed first, each with those that go away with it. */
  causes: readonly [what: string, found: Found, fixes: string[][]][];
  sentences: readonly [found: Found, sentence: string][];
};
const foundIn = (all: Found): Overrides =>
  Object.fromEntries(
    Object.entries(all).map(([id, each]) => [id, found(each.received ?? '', each)]),
  );
for (const [what, all, fixes] of causes)
  test(what, () => {
    const made = causesOf(writtenRun(runDate(1), foundIn(all)));
    const ids = made.map((each) => [each.verdict, ...each.with].map((one) => one.requirement));
    expect(ids).toEqual(fixes);
  });
for (const [all, sentence] of sentences)
  test(sentence, () => {
    const { reason, findings } = reportOn(writtenRun(runDate(1), foundIn(all)));
    expect([reason, findings.length]).toEqual([sentence, 1]);
  });

test('a finding that is typical of a wrong configuration says where to look', () => {
  const hint = (overrides: Overrides) => causesOf(writtenRun(runDate(1), overrides)).map(hintOf)[0];
  const noRoute = { kind: 'no-route' } as const;
  expect(hint({ 'route-answers': found('404', noRoute) })).toContain('GRAPH_BASE_URL');
  const only = { 'route-answers': found('404', { ...noRoute, only: 'users' }) } as const;
  expect(hint(only)).toContain('GRAPH_USER_ID');
  const why = writtenExchange('{"error":{"code":"Denied"}}');
  const forbidden = writtenRun(runDate(1), { 'create-status': found('403') }, { exchange: why });
  expect(causesOf(forbidden).map(hintOf)).toEqual([
    expect.stringMatching(/^Denied: a permission /),
  ]);
  expect(hint({ 'create-status': found('307') })).toContain('redirects are not followed');
  const far = writtenExchange('', [['Location', `/${'x'.repeat(60_000)}`]]);
  const moved = writtenRun(runDate(1), { 'create-status': found('307') }, { exchange: far });
  expect(reportOn(moved).reason.length).toBeLessThan(300);
  expect(hint({ 'create-status': found('400') })).toBeUndefined();
});

test('a page is named where there is one, and not where it is only announced', () => {
  const reason = (status: number, text: string) => {
    const headers: [string, string][] = [['Content-Type', 'text/html; charset=UTF-8']];
    const page = exchange({ status, headers, body: Buffer.from(text) });
    const wrong = { 'create-status': found(`${status}`) };
    return reportOn(writtenRun(runDate(1), wrong, { exchange: page })).reason;
  };
  expect(reason(204, '')).not.toContain('page');
  for (const status of [200, 401, 403]) expect(reason(status, '<html>')).toContain('an HTML page');
});

test('of two servers that take turns one is down, where half of all that is asked fails alike', () => {
  const hint = (
    received: string,
    failingRequests: number,
    repeats: number,
    id = 'create-status',
  ) => {
    const wrong = found(received, { requests: 100, failingRequests });
    return causesOf(writtenRun(runDate(1), { [id]: wrong })).map((cause) =>
      hintOf({ ...cause, with: Array.from({ length: repeats }, () => cause.verdict) }),
    )[0];
  };
  for (const received of ['502', 'no whole response: dropped']) {
    expect(hint(received, 44, 30)).toContain('every second request');
    const others = [
      hint(received, 44, 1),
      hint(received, 20, 30),
      hint(received, 44, 30, 'date-text'),
    ];
    expect(others).toEqual([undefined, undefined, undefined]);
  }
});

test('a hint stands behind the first finding that it is for', () => {
  const overrides = { 'create-status': found('307'), 'body-json': found('308') };
  const now = writtenRun(runDate(2), overrides);
  const unchecked = { outcome: 'not applicable', requests: 0 } as const;
  const before = writtenRecord(runDate(1), { 'create-status': unchecked });
  const { findings } = reportOn(now, { earlier: [before] });
  expect(findings.map(({ line }) => line.includes('redirects are not'))).toEqual([true, false]);
  expect(findings[0]?.line).toMatch(/ \(first checked now\)$/);
});

test('what silenced the target comes first, and is no mere warning', () => {
  const at = {
    request: 'malformed-json on /me',
    name: 'malformed-json',
    at: '',
    recorded: 'r.jsonl:9',
  };
  const collapse = { ...at, failure: 'dropped', isGone: true } as const;
  const judged = { sending: { requests: 9, complete: false, collapse } };
  const silent = warned('no whole response: dropped', { exchange: at });
  const overrides = { 'json-malformed': silent, 'create-status': found('200') };
  const { findings } = reportOn(writtenRun(runDate(1), overrides, { judged }));
  expect(findings).toMatchObject([
    { requirement: 'json-malformed', kind: 'fails' },
    { requirement: 'create-status', kind: 'fails' },
  ]);
  expect(findings[0]?.line).toContain('not answer any more after this: start it again');
});

/** Where in the recording the first create of a route stands that got no response, and whether the target stopped answering with them. */
const lost: readonly [me: number, users: number, isLast: boolean][] = [
  [18, 17, true],
  [19, 18, true],
  [9, 8, false],
];
for (const [me, users, isLast] of lost)
  test(`of creates that were lost from line ${me} and ${users} on, the first after the last answer is ${isLast ? '' : 'not '}shown`, () => {
    const at = (line: number) => ({ request: '', name: `c${line}`, at: '', recorded: `r:${line}` });
    const collapse = { ...at(17), failure: 'dropped', isGone: true } as const;
    const silent = found('no whole response: dropped', { detail: 'ECONNREFUSED' });
    const { verdicts } = writtenRun(runDate(1), { 'create-answered': silent });
    const made = causesOf({
      sending: { requests: 16, complete: false, collapse },
      verdicts: verdicts.map((verdict) => ({
        ...verdict,
        ...(verdict.outcome === 'deviates' && { exchange: at(me) }),
        routes: verdict.routes.map((each, i) => ({ ...each, exchange: at(i ? users : me) })),
      })),
      exchangeOf: (evidence) => ({ ...exchange(), evidence: evidence?.recorded ?? '' }),
    });
    const [shown, detail] = isLast ? ['r:17', undefined] : [`r:${me}`, 'ECONNREFUSED'];
    expect(made).toMatchObject([
      { isLast, verdict: { exchange: { recorded: shown }, detail }, exchange: { evidence: shown } },
    ]);
  });

// What two findings rest on, whether they fail, to how many of 103 requests it came, and how many they are.
// biome-ignore format: a row a line
const answers: readonly [undocumented: string | undefined, type: string, body: string, failing: boolean, failingRequests: number, findings: number][] = [
  ['501 text/plain', 'text/plain', '', false, 103, 1],
  ['dropped', '', '', false, 103, 1],
  ['404 text/html', 'text/html', '<p>', false, 103, 1],
  ['404 text/html', 'text/html', '<p>', true, 103, 1],
  [undefined, 'text/html', '<p>', true, 103, 2],
  ['501 text/plain', 'text/plain', '', true, 103, 2],
  ['201 application/xml', 'application/xml', '<a>', false, 1, 1],
  ['201 application/xml', 'application/xml', '<a>', false, 103, 2],
  ['201 text/html', 'text/html', '{}', false, 103, 2],
];
for (const [undocumented, type, body, failing, failingRequests, findings] of answers)
  test(`two findings on ${undocumented} ${body} to ${failingRequests} requests, ${failing ? '' : 'not '}failing, are ${findings}`, () => {
    const status = Number(undocumented?.slice(0, 3)) || 0;
    const wrong = warned('x', { failingRequests, failing, ...(undocumented && { undocumented }) });
    const came = exchange({ status, headers: [['Content-Type', type]], body: Buffer.from(body) });
    const judged = { exchangeOf: (evidence?: Evidence) => evidence && came };
    const overrides = { 'odata-version': wrong, 'content-length': wrong };
    expect(causesOf(writtenRun(runDate(1), overrides, { judged }))).toHaveLength(findings);
  });
