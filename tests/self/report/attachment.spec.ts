import { expect, test } from '@playwright/test';
import { Collection } from '../../report/attachment.ts';
import { runDate, writtenRun } from '../support/written-runs.ts';

const { report } = writtenRun(runDate(1));
const run = (name: string, override = {}) => ({
  run: {
    run: name,
    startedAt: report.startedAt,
    suiteVersion: report.suiteVersion,
    target: report.target,
    baseUrl: report.baseUrl,
    routes: [],
    notApplicable: {},
    seed: 1,
    slowMs: 1,
    configuration: {},
  },
  latency: {},
  sending: { requests: 1, complete: true },
  verdicts: 3,
  judgeable: 47,
  ...override,
});
const [first, second, third] = report.verdicts;

test('verdicts come back with their run, in the order of the table, whatever order tests ended in', () => {
  if (!first || !second || !third) throw new Error('too few verdicts');
  const collection = new Collection();
  collection.addVerdict({ run: 'a', number: 2, verdict: third });
  collection.addRun(run('a'));
  collection.addVerdict({ run: 'b', number: 1, verdict: second });
  collection.addVerdict({ run: 'a', number: 0, verdict: first });
  collection.addRun(run('b'));
  collection.addRun(run('a'));
  collection.addVerdict({ run: 'a', number: 1, verdict: second });
  const runs = collection.runs();
  expect(runs.map((each) => [each.report.run, each.whole])).toEqual([
    ['a', true],
    ['b', false],
  ]);
  expect(runs[0]?.report.verdicts).toEqual([first, second, third]);
  expect(runs[0]?.report.requirements).toBe(47);
});

test('a run that was killed or narrowed is not whole, and a verdict that comes twice counts once', () => {
  if (!first) throw new Error('too few verdicts');
  const isWhole = (override: object) => {
    const collection = new Collection();
    collection.addRun(run('a', { verdicts: 1, ...override }));
    for (const verdict of [first, first]) collection.addVerdict({ run: 'a', number: 0, verdict });
    return collection.runs().map(({ whole }) => whole);
  };
  expect(isWhole({})).toEqual([true]);
  expect(isWhole({ sending: { requests: 1, complete: false, interrupted: true } })).toEqual([
    false,
  ]);
  expect(isWhole({ run: { ...run('a').run, narrowedTo: [first.requirement] } })).toEqual([false]);
});
