import type { CollectedRun, RunRecord } from '../../../schemas/files/history.ts';
import type { ShownExchange, Verdict } from '../../../schemas/files/report.ts';
import { type Route, routes } from '../../../schemas/operation.ts';
import { recordOf } from '../../history/record.ts';
import { placesOf } from '../../judge/judge.ts';
import { reportOf } from '../../report/document.ts';
import { requirements } from '../../requirements/index.ts';
import { isJudged, isUntested } from '../../requirements/requirement.ts';
import { run as recordedRun } from './recorded.ts';

/** What a verdict is instead of conforming, in a written run, by requirement. */
export type Overrides = Readonly<
  Record<string, Partial<Verdict> & { readonly only?: Verdict['route'] }>
>;

interface Written {
  readonly target?: string;
  readonly seed?: number;
  readonly suiteVersion?: string;
  readonly at?: string;
  readonly p50?: number;
  readonly without?: readonly string[];
  readonly exchange?: ShownExchange;
}

/** A run of every requirement on a date, all conforming but for the overrides. */
export function writtenRun(
  date: string,
  overrides: Overrides = {},
  more: Written = {},
): CollectedRun {
  const {
    target = 'graph.example-v1.0',
    seed = 7,
    suiteVersion = '0.1.0',
    at = '02:00:00.000',
    p50 = 20,
  } = more;
  const sending = { requests: 241, complete: true };
  const latency = Object.fromEntries(
    routes.map((route: Route) => [route, { requests: 103, p50, p95: p50 * 2 }]),
  );
  const verdicts = requirements
    .filter(({ id }) => !more.without?.includes(id))
    .flatMap((requirement) =>
      placesOf(requirement, routes).map((route): Verdict => {
        const { id, level, source, text } = requirement;
        const row = {
          requirement: id,
          level,
          source,
          text,
          route,
          failing: false,
          received: '',
          requests: 103,
          failingRequests: 0,
        };
        if (isUntested(requirement))
          return {
            ...row,
            expected: '',
            outcome: 'untested',
            reason: requirement.untested,
            requests: 0,
          };
        const { only, ...override } = overrides[id] ?? {};
        const { expected } = requirement;
        const conforming: Verdict = { ...row, expected, received: expected, outcome: 'conforms' };
        return only === undefined || only === route ? { ...conforming, ...override } : conforming;
      }),
    );
  const run = {
    ...recordedRun,
    run: `${date}-${at}`,
    startedAt: `${date}T${at}Z`,
    suiteVersion,
    target,
    baseUrl: `https://${target}/v1.0`,
    routes,
    seed,
    configuration: { GRAPH_ACCESS_TOKEN: '[redacted]', CONTRACT_SEED: seed },
  };
  return {
    report: reportOf(
      { run, latency, sending, requirements: requirements.filter(isJudged).length },
      verdicts,
    ),
    whole: true,
    exchangeOf: ({ exchange }) => (exchange ? more.exchange : undefined),
  };
}

export function writtenRecord(...written: Parameters<typeof writtenRun>): RunRecord {
  return recordOf(writtenRun(...written).report);
}

/** A failing deviation, as it differs from a conforming verdict. */
export function deviating(received: string, more: Partial<Verdict> = {}): Partial<Verdict> {
  return {
    outcome: 'deviates',
    failing: true,
    received,
    failingRequests: 103,
    part: 'status',
    exchange: {
      request: 'pair-01 on /me',
      at: '2026-11-23T02:00:01.000Z',
      requestId: '084ea284-4338-4742-b5a6-d9d722b3369d',
      recorded: 'contract-report/exchanges/run.jsonl:3',
    },
    ...more,
  };
}

/** The date of the nth written run. */
export function runDate(n: number): string {
  return `2026-11-${String(15 + n).padStart(2, '0')}`;
}
