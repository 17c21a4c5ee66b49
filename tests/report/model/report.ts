import type { CleanUp } from '../../../schemas/files/clean-up.ts';
import type { JudgedRun } from '../../../schemas/files/report.ts';
import { type Comparison, compare, newsOf } from '../../history/compare.ts';
import { type RunRecord, type State, statesOf } from '../../history/history.ts';
import { type Cause, causesOf, declarationsOf, hintOf, lacksPermission } from './causes.ts';
import { countsOf, sinceLine } from './counts.ts';
import { excerptOf, shownExchange } from './exchange.ts';
import type { Card, Report } from './model.ts';
import { counting, statusOf } from './status.ts';
import * as wording from './wording.ts';

export type ReportOptions = Readonly<{
  earlier: readonly RunRecord[];
  /** Whether only what the last run of an earlier day had not fails the run. */
  failOnNew: boolean;
  /** Whether no selection left a requirement out. */
  whole: boolean;
  judgeable: number;
  file: string;
  recording: string;
  cleanUp?: CleanUp | undefined;
  unreadable?: string | undefined;
}>;

export function reportOf(recorded: JudgedRun, options: ReportOptions) {
  const { earlier, failOnNew, cleanUp, file, recording } = options;
  const judged = counting(recorded);
  const { verdicts, sending } = judged;
  const { run, target, baseUrl, startedAt, suiteVersion, seed, configuration } = judged.run;
  const { CONTRACT_TARGET_NAME: label = 'not set' } = configuration;
  const { summary, ...counts } = countsOf(judged, options.judgeable);
  const part = sending.complete ? {} : { incomplete: true as const };
  const identity = { run, target, startedAt, suiteVersion, seed, ...part };
  const found: RunRecord = { ...identity, status: 'FAILED', states: statesOf(verdicts) };
  const news = newsOf(earlier, found);
  const causes = causesOf(judged, news);
  const hints = causes.map(hintOf);
  const status = statusOf(judged, causes, { ...counts, news, failOnNew, left: cleanUp?.fails });
  // A run that judged nothing for sure is shown, and never compared with.
  const isOpen = status.word === 'INCONCLUSIVE';
  const left = cleanUp?.fails && { left: cleanUp.left.length };
  const record = { ...found, status: status.word, ...left, ...(isOpen && { states: {} }) };
  const comparison = compare(earlier, record);
  const report: Report = {
    ...status,
    ...{ file, recording },
    counts: counts.line,
    since: sinceLine(comparison),
    ...{ ...identity, name: label === 'not set' ? target : String(label), baseUrl, configuration },
    whole: options.whole && judged.run.narrowedTo === undefined,
    summary,
    sending,
    cleanUp,
    findings: causes.map((cause, i) =>
      findingOf(cause, run, comparison, hints.indexOf(hints[i]) < i),
    ),
    notes: notesOf(judged, options, comparison),
    declarable: declarationsOf(causes, startedAt.slice(0, 10)),
    verdicts: verdicts.map((verdict) => ({
      ...verdict,
      title: wording.outcomeTitle(verdict),
      marks: comparison.runs.map(({ states }) => markOf(states[verdict.requirement])).join(''),
    })),
    history: comparison.runs.map(({ run, startedAt, status }) => ({ run, startedAt, status })),
  };
  return { report, record };
}

/** `isHinted`: whether an earlier finding says the same hint. */
function findingOf(
  cause: Cause,
  run: string,
  { changes, previous }: Comparison,
  isHinted: boolean,
): Card {
  const { verdict, fails } = cause;
  const { requirement, outcome, received, source, part } = verdict;
  const found = changes.find((each) => each.requirement === requirement);
  const { kind, turns, since, before } = found ?? {};
  // In a first run all is checked for the first time.
  const change = previous && (turns && kind !== 'declared' ? 'flaky' : kind);
  const exchange = cause.exchange && shownExchange(cause.exchange, verdict);
  const others = cause.with.map((each) => each.requirement);
  const withIt = others.length > 4 ? `${others.length} more requirements` : others.join(', ');
  const [sentence, hint] = [wording.sentenceOf(verdict), hintOf(cause)];
  const said = [sentence, withIt && `with it ${withIt}`, !isHinted && hint];
  const line = said.filter(Boolean).join('; ');
  return {
    id: `${run}-${requirement}`,
    requirement,
    kind: fails ? 'fails' : outcome === 'known deviation' ? 'known' : 'warning',
    where: wording.whereText(verdict),
    wrong: wording.wrongIn(verdict),
    sentence,
    line: line + wording.changeText(change),
    received,
    source,
    isMisconfigured: hint !== undefined && !lacksPermission(cause),
    change,
    with: others,
    lines: wording.linesOf([
      ...wording.verdictLines(verdict),
      ['since', since],
      ['before', before],
      ['flaky', turns],
      ['with it', withIt],
      ['hint', hint],
    ]),
    excerpt: exchange ? wording.linesOf(excerptOf(exchange, part)) : [],
    exchange,
  };
}

function notesOf(
  { verdicts, notes }: JudgedRun,
  { cleanUp, unreadable }: ReportOptions,
  { runs, changes }: Comparison,
) {
  const at = wording.evidenceText;
  const named = <T>(name: string, all: readonly T[], text: (each: T) => string) =>
    all.map((each) => [name, text(each)] as const);
  const declared = verdicts.flatMap(({ routes }) => routes.flatMap((each) => each.declared ?? []));
  const files = [...new Set(declared.map(({ file }) => file))];
  const conforms = (id: string) => runs.at(-1)?.states[id] === 'conforms';
  const fixed = changes.filter(({ kind, turns }) => kind === 'fixed' && !turns);
  const flaky = changes.filter(({ requirement, turns }) => turns && conforms(requirement));
  return wording.linesOf([
    ...named('left', cleanUp?.left ?? [], ({ text, why }) => `${text} (${why})`),
    ['to do', cleanUp?.todo],
    ...named(
      'fixed',
      fixed,
      (each) => `${each.requirement} conforms now; received since ${each.since}: ${each.received}`,
    ),
    ...named('declared', files, (file) => `deviations are known from ${file}`),
    ['history', unreadable && `not readable, and left as it is: ${unreadable}`],
    ...named('note', notes, ({ text, exchange }) => (exchange ? `${text}: ${at(exchange)}` : text)),
    ...named(
      'flaky',
      flaky,
      ({ requirement, turns }) => `${requirement} conforms now, but ${turns}`,
    ),
  ]);
}

function markOf(state: State | undefined) {
  if (state === undefined || state === 'silent') return '-';
  if (state === 'conforms') return 'c';
  return state.outcome === 'known deviation' ? 'k' : state.warning ? 'w' : 'd';
}
