import { expect, test } from '@playwright/test';
import type { Verdict } from '../../../schemas/files/report.ts';
import { causesOf } from '../../report/model/causes.ts';
import { onRefusal } from '../mutants/defects/on.ts';
import { onRequests } from '../mutants/one-request.ts';
import { judgedInMemory } from '../support/in-memory.ts';
import { judged } from '../support/judged.ts';
import type { Defect } from '../support/mock.ts';

function acceptingOnly(...names: string[]): Defect {
  return onRequests(names, (_, request) => request.accept());
}

function verdictOn(id: string, verdicts: readonly Verdict[]): Verdict | undefined {
  return verdicts.find(({ requirement }) => requirement === id);
}

const few = { samples: 1 };

test('a finding names the requests that were answered otherwise, and the clause of the first', async () => {
  const verdicts = await judgedInMemory(acceptingOnly('json-trailing-comma', 'json-comment'));
  expect(verdictOn('json-one-text', verdicts)).toMatchObject({
    outcome: 'deviates',
    failing: false,
    received: '201 to a comment; 201 to a trailing comma',
    detail: 'RFC 8259 §4: commas stand between properties',
    failingRequests: 4,
  });
});

test('a server that refuses nothing is told the first of each kind, and the others with it', async () => {
  const nothing = onRefusal('all', (_, request) => request.accept());
  const verdicts = await judged(nothing, few);
  const rest = { sending: { requests: 1, complete: true }, exchangeOf: () => undefined };
  const fixes = causesOf({ verdicts, ...rest }).map((each) =>
    [each.verdict, ...each.with].map(({ requirement }) => requirement),
  );
  const together = fixes.filter(([, ...others]) => others.length > 0);
  expect(together).toEqual([
    ['token-needed', 'token-known', 'token-verified', 'token-scheme', 'token-forms'],
    ['media-type-wrong', 'media-types'],
    ['json-malformed', 'json-one-text', 'json-object-only'],
    ['date-number', 'property-types'],
    ['date-text', 'dates-malformed'],
    ['type-wrong', 'type-forms'],
    ['method-put', 'methods-undocumented'],
    ['path-unknown', 'path-forms'],
  ]);
  expect(fixes.length).toBeLessThan(20);
});

test('a server that drops one kind of body has not fallen silent', async () => {
  const dropping = onRefusal(['malformed', 'encoding', 'empty', 'byte-order-mark'], (response) => ({
    ...response,
    wire: 'drop',
  }));
  const verdicts = await judged(dropping, { ...few, concurrency: 4 });
  expect(verdicts.filter(({ outcome }) => outcome === 'error')).toEqual([]);
  expect(verdictOn('json-one-text', verdicts)?.received).toContain(
    'no whole response: dropped (JSON cut off in a name)',
  );
});
