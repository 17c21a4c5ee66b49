import type { CleanUp } from '../../../schemas/files/clean-up.ts';
import type { Exchange, Run } from '../../../schemas/files/recording.ts';
import type { Judged, Verdict } from '../../../schemas/files/report.ts';
import { propertyNames } from '../../../schemas/operation.ts';
import { compare, newlyFailing } from '../../history/compare.ts';
import type { Comparison, RunRecord, State } from '../../history/history.ts';
import { statesOf } from '../../history/record.ts';
import { counted } from '../../judge/text.ts';
import { type Cause, causesOf, hintOf } from './causes.ts';
import { countsOf } from './counts.ts';
import { declarationsOf } from './declaration.ts';
import { excerptOf, shownExchange } from './exchange.ts';
import { inconclusiveBy } from './inconclusive.ts';
import type { Finding, List, Report, Row } from './model.ts';
import { changeLists, sinceLine } from './since.ts';
import { collapseText, statusOf } from './status.ts';
import {
  evidenceText,
  type Line,
  linesOf,
  outcomeTitle,
  sinceTitle,
  verdictLines,
  whereText,
  wrongIn,
} from './wording.ts';

/** What a report needs beside what was judged. */
export interface ReportOptions {
  /** The earlier runs, of whatever target. */
  readonly earlier: readonly RunRecord[];
  /** Whether only what is new or changed since the last run of an earlier day fails the run. */
  readonly failOnNew: boolean;
  /** Whether every requirement of the run is judged, or only those that a selection left. */
  readonly whole: boolean;
  /** How many requirements the suite can judge. */
  readonly judgeable: number;
  /** What the run undid in a tenant, and what it left there. */
  readonly cleanUp?: CleanUp | undefined;
}

/** The report of a run, and its line for the history. Pure. */
export function reportOf(
  judged: Judged,
  { earlier, failOnNew, whole: isAll, judgeable, cleanUp }: ReportOptions,
): { report: Report; record: RunRecord } {
  const { run, verdicts, sending, latency } = judged;
  const { target, baseUrl, startedAt, suiteVersion, seed, configuration } = run;
  const never = inconclusiveBy(judged);
  const all = causesOf(judged);
  // Where nothing counts, the one cause of it is shown.
  const causes = never === undefined ? all : all.filter(({ fails }) => fails).slice(0, 1);
  const counts = countsOf(verdicts, run, sending, judgeable);
  const mine = earlier.filter((each) => each.target === target && each.run !== run.run);
  const identity = { run: run.run, target, startedAt, suiteVersion, seed, latency };
  const found: RunRecord = { ...identity, status: 'FAILED', states: statesOf(verdicts) };
  const failing = causes.filter(({ fails }) => fails).map((each) => each.verdict.requirement);
  const { status, word, reason } = statusOf({
    judged,
    causes,
    counts,
    changes: compare(mine, found).changes,
    never,
    isForgiven: failOnNew && newlyFailing(failing, found, mine).length === 0,
    left: cleanUp?.fails,
  });
  // A run that judged nothing for sure is shown, and never compared with.
  const record = { ...found, status: word, ...(word === 'INCONCLUSIVE' && { states: {} }) };
  const comparison = compare(mine, record);
  const whole = isAll && run.narrowedTo === undefined;
  const today = startedAt.slice(0, 10);
  const report: Report = {
    ...{ status, word, reason, counts: counts.line, since: sinceLine(comparison) },
    ...{
      run: run.run,
      target,
      name: nameOf(run),
      baseUrl,
      startedAt,
      suiteVersion,
      seed,
      configuration,
      whole,
    },
    ...{ summary: counts.summary, sending, latency },
    ...(cleanUp && { cleanUp }),
    findings: causes.map((cause) => findingOf(cause, judged, comparison)),
    ...crashOf(causes, judged),
    lists: [...errorList(verdicts), ...changeLists(comparison, whole)],
    notes: notesOf(judged, cleanUp),
    declarable: never ? [] : declarationsOf(causes, 'why the target does so', today),
    verdicts: verdicts.map((verdict) => rowOf(verdict, comparison.runs)),
    history: comparison.runs.map((each) => ({
      run: each.run,
      startedAt: each.startedAt,
      status: each.status,
      latency: each.latency,
    })),
  };
  return { report, record };
}

/** Requirements that a sentence names before it only counts them. */
const namedOthers = 4;

function findingOf(cause: Cause, judged: Judged, { changes, flaky }: Comparison): Finding {
  const { verdict, exchange } = cause;
  const { requirement, level, text, source, outcome, received, part, header } = verdict;
  const shown = exchange && shownExchange(exchange);
  const change = changes.find((each) => each.requirement === requirement);
  const property = propertyNames.find((name) => text.split(/[\s,]+/).includes(name));
  const others = cause.with.map((each) => each.requirement);
  return {
    id: `${judged.run.run}-${requirement}`,
    requirement,
    level,
    text,
    source,
    kind: cause.fails ? 'fails' : outcome === 'known deviation' ? 'known' : 'warning',
    where: whereText(verdict),
    wrong: wrongIn(verdict),
    received,
    change: change?.kind,
    with: others,
    lines: linesOf([
      ...verdictLines(verdict),
      [
        'since',
        change && change.kind !== 'broke' && change.kind !== 'found'
          ? sinceTitle(change)
          : undefined,
      ],
      ['before', change?.before],
      ['flaky', flaky.find((each) => each.requirement === requirement)?.why],
      [
        'with it',
        others.length > namedOthers ? `${others.length} more requirements` : others.join(', '),
      ],
      ['hint', hintOf(cause)],
    ]),
    excerpt: shown ? excerptOf(shown, verdict) : [],
    ...(part && { part }),
    ...(header && { header }),
    ...(part === 'body' && property && { property }),
    exchange: shown,
  };
}

function nameOf({
  target,
  configuration: { CONTRACT_TARGET_NAME: name = 'not set' },
}: Run): string {
  return name === 'not set' ? target : String(name);
}

/** The request over which the target stopped answering, where no finding shows it. */
function crashOf(causes: readonly Cause[], judged: Judged): Pick<Report, 'crash'> {
  const { collapse } = judged.sending;
  if (collapse === undefined || causes.some(({ isLast }) => isLast)) return {};
  const exchange: Exchange | undefined = judged.exchangeOf(collapse);
  const shown = exchange && shownExchange(exchange);
  const lines: Line[] = [
    ['crash', `${collapseText(collapse)}; start it again`],
    ...(shown ? excerptOf(shown, { part: 'connection' }) : []),
    ['evidence', evidenceText(collapse)],
  ];
  return { crash: { lines, ...(shown && { exchange: shown }) } };
}

/** One cause stands behind many errors: a row for each cause. */
function errorList(verdicts: readonly Verdict[]): List[] {
  const counts = new Map<string, number>();
  for (const { outcome, reason = '' } of verdicts)
    if (outcome === 'error') counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const rows = [...counts].map(([text, count]) => ({ name: counted(count, 'requirement'), text }));
  return rows.length === 0 ? [] : [{ title: 'Not checked', mark: 'bad', rows }];
}

/** What is no finding: which declarations were in use, what stays in the tenant, what is worth knowing. */
function notesOf({ verdicts, notes }: Judged, cleanUp: CleanUp | undefined): Line[] {
  const files = new Set(
    verdicts.flatMap(({ routes }) => routes.flatMap(({ declared }) => declared?.file ?? [])),
  );
  const left = cleanUp?.left ?? [];
  return linesOf([
    ...[...files].map((file) => ['declared', `deviations are known from ${file}`] as const),
    ...left.map(
      ({ request, path, at, clientRequestId, why }) =>
        [
          'left',
          `${request} at ${path}, ${at}, client-request-id ${clientRequestId}: ${why}`,
        ] as const,
    ),
    ['to do', cleanUp?.todo],
    ...notes.map(
      ({ text, exchange }) =>
        ['note', exchange ? `${text}: ${evidenceText(exchange)}` : text] as const,
    ),
  ]);
}

function rowOf(verdict: Verdict, runs: readonly RunRecord[]): Row {
  const marks = runs.map(({ states }) => markOf(states[verdict.requirement])).join('');
  return { ...verdict, title: outcomeTitle(verdict), marks };
}

function markOf(state: State | undefined): string {
  if (state === undefined || state === 'silent') return '-';
  if (state === 'conforms') return 'c';
  if (state.outcome === 'known deviation') return 'k';
  return state.warning ? 'w' : 'd';
}
