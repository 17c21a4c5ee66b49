import type { Exchange } from '../../../schemas/files/recording.ts';
import type { Judged, RouteVerdict, Verdict } from '../../../schemas/files/report.ts';
import { type Route, routes } from '../../../schemas/operation.ts';
import type { RunRecord } from '../../history/history.ts';
import { verdictOf } from '../../judge/verdict.ts';
import type { Report } from '../../report/model/model.ts';
import { type ReportOptions, reportOf } from '../../report/model/report.ts';
import { requirements } from '../../requirements/index.ts';
import {
  isJudged,
  isUntested,
  placesOf,
  type Requirement,
} from '../../requirements/requirement.ts';
import { exchange, run as recordedRun } from './recorded.ts';

/** What a verdict is instead of conforming, on both routes or on one. */
export type Wrong = Partial<RouteVerdict> & { readonly only?: Route };
export type Overrides = Readonly<Record<string, Wrong>>;

/** What else differs from run to run. */
export interface Written {
  readonly target?: string;
  readonly seed?: number;
  readonly suiteVersion?: string;
  readonly at?: string;
  readonly exchange?: Exchange;
  readonly judged?: Partial<Judged>;
}

/** A run of every requirement on a date, all conforming but for the overrides. */
export function writtenRun(date: string, overrides: Overrides = {}, more: Written = {}): Judged {
  const { target = 'graph.example-v1.0', at = '02:00:00.000' } = more;
  return {
    run: {
      ...recordedRun,
      run: `${date}-${at}`,
      startedAt: `${date}T${at}Z`,
      suiteVersion: more.suiteVersion ?? '0.5.0',
      target,
      baseUrl: `https://${target}/v1.0`,
      routes,
      seed: more.seed ?? 7,
      configuration: { GRAPH_ACCESS_TOKEN: '[redacted]', CONTRACT_SEED: more.seed ?? 7 },
    },
    sending: { requests: 241, complete: true },
    verdicts: requirements.map((each) => writtenVerdict(each, overrides[each.id])),
    notes: [],
    exchangeOf: (evidence) => evidence && (more.exchange ?? exchange()),
    ...more.judged,
  };
}

function writtenVerdict(requirement: Requirement, wrong: Wrong = {}): Verdict {
  const { only, ...override } = wrong;
  const none = { failing: false, received: '', requests: 0, failingRequests: 0 };
  const results = placesOf(requirement, routes).map((route): RouteVerdict => {
    if (isUntested(requirement))
      return { ...none, route, outcome: 'untested', reason: requirement.untested };
    const received = requirement.expected;
    const conforming = { ...none, route, outcome: 'conforms', received, requests: 103 } as const;
    return only === undefined || only === route ? { ...conforming, ...override } : conforming;
  });
  const [first, ...others] = results;
  if (first === undefined) throw new Error('a requirement is judged somewhere');
  return verdictOf(requirement, [first, ...others]);
}

/** A failing deviation, as it differs from a conforming verdict. */
export function deviating(received: string, more: Wrong = {}): Wrong {
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

export const judgeable = requirements.filter(isJudged).length;

/** The report of a run after earlier ones. */
export function reportOn(judged: Judged, options: Partial<ReportOptions> = {}): Report {
  return reportOf(judged, { earlier: [], failOnNew: false, whole: true, judgeable, ...options })
    .report;
}

/** The line that a run adds to the history. */
export function writtenRecord(...written: Parameters<typeof writtenRun>): RunRecord {
  const options = { earlier: [], failOnNew: false, whole: true, judgeable };
  return reportOf(writtenRun(...written), options).record;
}

/** The date of the nth written run. */
export function runDate(n: number): string {
  return `2026-11-${String(15 + n).padStart(2, '0')}`;
}
