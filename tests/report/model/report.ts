import type { CleanUp } from '../../../schemas/files/clean-up.ts';
import type { Judged } from '../../../schemas/files/report.ts';
import { propertyNames } from '../../../schemas/operation.ts';
import { compare, newlyFailing } from '../../history/compare.ts';
import { type Comparison, type RunRecord, type State, statesOf } from '../../history/history.ts';
import { type Cause, causesOf, hintOf } from './causes.ts';
import { countsOf } from './counts.ts';
import { declarationsOf } from './declaration.ts';
import { excerptOf, shownExchange } from './exchange.ts';
import type { Finding, Report } from './model.ts';
import { listsOf, sinceLine } from './since.ts';
import { collapseText, inconclusiveBy, statusOf } from './status.ts';
import {
  evidenceText,
  type Line,
  linesOf,
  othersText,
  outcomeTitle,
  sentenceOf,
  verdictLines,
  whereText,
  wrongIn,
} from './wording.ts';

export interface ReportOptions {
  /** The earlier runs, of whatever target. */
  readonly earlier: readonly RunRecord[];
  /** Whether only what is new or changed since the last run of an earlier day fails the run. */
  readonly failOnNew: boolean;
  /** Whether every requirement of the run is judged, or only those that a selection left. */
  readonly whole: boolean;
  readonly judgeable: number;
  readonly cleanUp?: CleanUp | undefined;
}

/** The report of a run, and its line for the history. Pure. */
export function reportOf(
  judged: Judged,
  { earlier, failOnNew, whole, judgeable, cleanUp }: ReportOptions,
): { report: Report; record: RunRecord } {
  const { run, verdicts, sending } = judged;
  const { target, baseUrl, startedAt, suiteVersion, seed, configuration } = run;
  const { CONTRACT_TARGET_NAME: label = 'not set' } = configuration;
  const never = inconclusiveBy(judged);
  const all = causesOf(judged);
  // Where nothing counts, the one cause of it is shown.
  const causes = never === undefined ? all : all.filter(({ fails }) => fails).slice(0, 1);
  const counts = countsOf(verdicts, run, sending, judgeable);
  const mine = earlier.filter((each) => each.run !== run.run);
  const identity = { run: run.run, target, startedAt, suiteVersion, seed };
  const found: RunRecord = { ...identity, status: 'FAILED', states: statesOf(verdicts) };
  const failing = causes.filter(({ fails }) => fails).map((each) => each.verdict.requirement);
  const news = newlyFailing(
    failing,
    found,
    mine.filter((each) => each.target === target),
  );
  const status = statusOf({
    judged,
    causes,
    counts,
    never,
    changes: compare(mine, found).changes,
    isForgiven: failOnNew && news.length === 0,
    left: cleanUp?.fails,
  });
  // A run that judged nothing for sure is shown, and never compared with.
  const isOpen = status.word === 'INCONCLUSIVE';
  const record = { ...found, status: status.word, ...(isOpen && { states: {} }) };
  const comparison = compare(mine, record);
  const open = verdicts.flatMap(({ outcome, reason }) => (outcome === 'error' && reason) || []);
  const report: Report = {
    ...status,
    counts: counts.line,
    since: sinceLine(comparison),
    ...{ ...identity, name: label === 'not set' ? target : String(label), baseUrl, configuration },
    whole: whole && run.narrowedTo === undefined,
    summary: counts.summary,
    sending,
    ...(cleanUp && { cleanUp }),
    findings: causes.map((cause) => findingOf(cause, run.run, comparison)),
    lists: listsOf(comparison, open),
    notes: notesOf(judged, cleanUp),
    declarable: never ? [] : declarationsOf(causes, startedAt.slice(0, 10)),
    verdicts: verdicts.map((verdict) => ({
      ...verdict,
      title: outcomeTitle(verdict),
      marks: comparison.runs.map(({ states }) => markOf(states[verdict.requirement])).join(''),
    })),
    history: comparison.runs.map(({ run, startedAt, status }) => ({ run, startedAt, status })),
  };
  return { report, record };
}

function findingOf(cause: Cause, run: string, { changes, flaky }: Comparison): Finding {
  const { verdict, exchange, fails } = cause;
  const { requirement, text, outcome, received, part, header } = verdict;
  const shown = exchange && shownExchange(exchange);
  const change = changes.find((each) => each.requirement === requirement);
  const isNews = change?.kind === 'broke' || change?.kind === 'found';
  const property = propertyNames.find((name) => text.split(/[\s,]+/).includes(name));
  const others = cause.with.map((each) => each.requirement);
  return {
    id: `${run}-${requirement}`,
    requirement,
    kind: fails ? 'fails' : outcome === 'known deviation' ? 'known' : 'warning',
    where: whereText(verdict),
    wrong: wrongIn(verdict),
    sentence: sentenceOf(verdict),
    received,
    change: change?.kind,
    with: others,
    lines: linesOf([
      ...verdictLines(verdict),
      ['since', isNews ? undefined : change?.since],
      ['before', change?.before],
      ['flaky', flaky.get(requirement)],
      ['with it', othersText(others)],
      ['hint', hintOf(cause)],
    ]),
    excerpt: shown ? excerptOf(shown, verdict) : [],
    ...(part && { part }),
    ...(header && { header }),
    ...(part === 'body' && property && { property }),
    exchange: shown,
  };
}

/** What is no finding: a crash, which declarations were in use, what stays in the tenant, what is worth knowing. */
function notesOf({ verdicts, notes, sending }: Judged, cleanUp: CleanUp | undefined): Line[] {
  const { collapse } = sending;
  const files = verdicts.flatMap(({ routes }) => routes.map(({ declared }) => declared?.file));
  const left = cleanUp?.left.map(({ text, why }) => `${text} (${why})`);
  const named = (name: string, texts: readonly (string | undefined)[] = []) =>
    linesOf(texts.map((text) => [name, text]));
  return [
    ...named(
      'crash',
      collapse && [`${collapseText(collapse)}: ${evidenceText(collapse)}; start it again`],
    ),
    ...named(
      'declared',
      [...new Set(files)].map((file) => file && `deviations are known from ${file}`),
    ),
    ...named('left', left),
    ...named('to do', [cleanUp?.todo]),
    ...named(
      'note',
      notes.map(({ text, exchange }) =>
        [text, exchange && evidenceText(exchange)].filter(Boolean).join(': '),
      ),
    ),
  ];
}

function markOf(state: State | undefined): string {
  if (state === undefined || state === 'silent') return '-';
  if (state === 'conforms') return 'c';
  if (state.outcome === 'known deviation') return 'k';
  return state.warning ? 'w' : 'd';
}
