import type { Exchange, Header } from '../../../schemas/files/recording.ts';
import type { JudgedRun, RouteVerdict, Verdict } from '../../../schemas/files/report.ts';
import { type Route, routes } from '../../../schemas/operation.ts';
import type { RunRecord } from '../../history/history.ts';
import { verdictOf } from '../../judge/verdict.ts';
import type { Report } from '../../report/model/model.ts';
import { type ReportOptions, reportOf } from '../../report/model/report.ts';
import { requirements } from '../../requirements/index.ts';
import { isJudged, judgedRoutes, type Requirement } from '../../requirements/requirement.ts';
import { exchange, run as recordedRun } from './recorded.ts';

/** What a verdict is instead of conforming, on both routes or on one. */
export type Wrong = Partial<RouteVerdict> & { readonly only?: Route };
export type Overrides = Readonly<Record<string, Wrong>>;

export interface Written {
  readonly target?: string;
  readonly seed?: number;
  readonly suiteVersion?: string;
  readonly at?: string;
  readonly exchange?: Exchange;
  readonly judged?: Partial<JudgedRun>;
}

/** A run of every requirement on a date, all conforming but for the overrides. */
export function writtenRun(date: string, overrides: Overrides = {}, more: Written = {}): JudgedRun {
  const { target = 'graph.example-v1.0', at = '02:00:00.000', seed = 7 } = more;
  return {
    path: 'contract-report/exchanges/run.jsonl',
    run: {
      ...recordedRun,
      run: `${date}-${at}`,
      startedAt: `${date}T${at}Z`,
      suiteVersion: more.suiteVersion ?? '0.7.0',
      ...{ target, baseUrl: `https://${target}/v1.0`, routes, seed },
      configuration: {
        'signed in by': 'token',
        GRAPH_ACCESS_TOKEN: '[redacted]',
        CONTRACT_SEED: seed,
      },
    },
    sending: { requests: 241, complete: true },
    verdicts: requirements.map((each) => writtenVerdict(each, overrides[each.id])),
    notes: [],
    exchangeOf: (evidence) => evidence && (more.exchange ?? exchange()),
    ...more.judged,
  };
}

function writtenVerdict(requirement: Requirement, { only, ...wrong }: Wrong = {}): Verdict {
  const none = { failing: false, received: '', requests: 0, failingRequests: 0 };
  const results = judgedRoutes(requirement, routes).map((route): RouteVerdict => {
    if (!isJudged(requirement))
      return { ...none, route, outcome: 'untested', reason: requirement.untested };
    const received = requirement.expected;
    const conforming = { ...none, route, outcome: 'conforms', received, requests: 103 } as const;
    return only === undefined || only === route ? { ...conforming, ...wrong } : conforming;
  });
  return verdictOf(requirement, results as [RouteVerdict, ...RouteVerdict[]]);
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
      name: 'pair-01',
      at: '2026-11-23T02:00:01.000Z',
      requestId: '084ea284-4338-4742-b5a6-d9d722b3369d',
      recorded: 'contract-report/exchanges/run.jsonl:3',
    },
    ...more,
  };
}

export const judgeable = requirements.filter(isJudged).length;
const files = { file: 'report', recording: 'exchanges/run.jsonl' };
const options = { earlier: [], failOnNew: false, whole: true, judgeable, ...files };

export function reportOn(judged: JudgedRun, more: Partial<ReportOptions> = {}): Report {
  return reportOf(judged, { ...options, ...more }).report;
}

export function writtenRecord(...written: Parameters<typeof writtenRun>): RunRecord {
  return reportOf(writtenRun(...written), options).record;
}

export function runDate(n: number): string {
  return `2026-11-${String(15 + n).padStart(2, '0')}`;
}

const sent = '2017-01-01T00:00:34.0507931+03:00';
const came = '2017-01-01T00:00:34.0507931Z';

export function writtenExchange(body?: string, more: readonly Header[] = []): Exchange {
  const object = { '@odata.type': '#microsoft.graph.directoryObject', deletedDateTime: sent };
  const whole = exchange({
    status: 200,
    reason: 'OK',
    headers: [['Content-Type', 'application/json'], ...more],
    body: Buffer.from(body ?? JSON.stringify({ ...object, deletedDateTime: came, id: '98b7' })),
  });
  const headers: Header[] = [['Authorization', 'Bearer [redacted]']];
  return {
    ...whole,
    request: { ...whole.request, headers, body: Buffer.from(JSON.stringify(object)) },
  };
}

/** What does not conform in each of eight runs: one thing breaks and is fixed, one is flaky, one is new in the last. */
function overridesOn(n: number): Overrides {
  const header = { failing: false, part: 'header', header: 'odata-version' } as const;
  const known = { outcome: 'known deviation', failing: false, reason: 'declared' } as const;
  const dropped = { part: 'connection', failingRequests: 2, only: 'users' } as const;
  const instant = {
    part: 'body',
    property: 'deletedDateTime',
    failingRequests: 61,
    only: 'me',
    detail: `${sent}, ${came}`,
  } as const;
  return {
    'odata-type': deviating('no @odata.type', known),
    'odata-version': deviating('no OData-Version', header),
    ...((n === 4 || n === 5) && { 'create-status': deviating('200') }),
    ...(n % 2 === 0 && { 'create-answered': deviating('no whole response: dropped', dropped) }),
    ...(n === 8 && { 'date-instant': deviating('another instant', instant) }),
  };
}

export function reportOfRun(n: number, more: Overrides = {}, shown = writtenExchange()): Report {
  const written = (k: number) => [runDate(k), overridesOn(k), { exchange: shown }] as const;
  const earlier = Array.from({ length: n - 1 }, (_, i) => writtenRecord(...written(i + 1)));
  return reportOn(writtenRun(runDate(n), { ...overridesOn(n), ...more }, { exchange: shown }), {
    earlier,
  });
}
