import { styleText } from 'node:util';
import type { ComparedRun } from '../../../schemas/files/history.ts';
import type { Report } from '../../../schemas/files/report.ts';
import { counted, printable } from '../../judge/text.ts';
import { entryText, evidenceText } from '../../judge/wording.ts';
import { isNothingAnswered } from '../counts.ts';
import { type Fix, fixesOf, fixPlace, fixSentence, hintOf, othersOf } from '../fix-first.ts';
import { sinceLine } from '../since.ts';
import { collapseText, countsLine, statusOf } from '../status.ts';
import { excerptOf } from './excerpt.ts';
import { verdictTable } from './terminal-table.ts';
import { wrapped } from './wrap.ts';

type Style = Parameters<typeof styleText>[0];

/** How a terminal shows a run. */
export interface TerminalOptions {
  readonly folder: string;
  readonly colour: boolean;
  /** The width to keep to; undefined: a log, which may have lines of any length. */
  readonly columns: number | undefined;
  /** Whether every requirement is listed. */
  readonly table: boolean;
}

/** Findings and warnings a terminal is given: whoever has fixed these runs again, and report.md has all. */
const shownFindings = 5;
const shownWarnings = 12;
/** Where the text of a line begins, behind its name. */
const indent = 9;

/** What the terminal shows at the end: the status and why, what to fix first with its evidence, where to read on. */
export function reportTerminal(run: ComparedRun, options: TerminalOptions): string {
  const { report } = run;
  const { folder, colour, columns } = options;
  const paint = (style: Style, text: string) =>
    colour ? styleText(style, text, { validateStream: false }) : text;
  const line = (name: string, text: string) =>
    wrapped(`${name.padEnd(indent)}${printable(text).replaceAll('\n', ' ')}`, columns, indent);
  const { word, reason } = statusOf(run);
  const [head = '', ...rest] = line(word, reason).split('\n');
  const style = word === 'PASSED' ? 'green' : 'red';
  const status = [paint(style, head.slice(0, word.length)) + head.slice(word.length), ...rest];
  if (isNothingAnswered(report))
    return ['', ...status, ...keptLines(report, line), line('report', filesIn(folder)), ''].join(
      '\n',
    );
  const fixes = fixesOf(report);
  const isCrashShown = fixes.some(({ last }) => last);
  const failing = fixes.filter(({ warning }) => !warning);
  const warnings = fixes.filter(({ warning }) => warning);
  return [
    '',
    ...(options.table ? [...verdictTable(report.verdicts, paint), ''] : []),
    ...status,
    ...(word === 'FAILED' ? [line('checked', countsLine(report))] : []),
    line('since', sinceLine(run)),
    ...(isCrashShown ? [] : crashLines(run, line)),
    ...limited(failing, shownFindings, 'finding', folder).flatMap((fix, i) =>
      typeof fix === 'string' ? ['', fix] : ['', ...block(fix, i + 1, run, columns, paint)],
    ),
    ...(failing.length > 0 ? [''] : []),
    ...declarationLines(report, line),
    ...limited(warnings, shownWarnings, 'warning', folder).map((fix) =>
      line('warning', typeof fix === 'string' ? fix : warningText(fix)),
    ),
    ...keptLines(report, line),
    line('report', filesIn(folder)),
    '',
  ].join('\n');
}

/** The request over which the target stopped answering, where no finding shows it. */
function crashLines(
  { report, collapsed }: ComparedRun,
  line: (name: string, text: string) => string,
): string[] {
  const { collapse } = report.sending;
  if (collapse === undefined) return [];
  const shown = collapsed ? excerptOf(collapsed, { part: 'connection' }) : [];
  return [
    '',
    line('crash', `${collapseText(collapse)}; start it again`),
    ...shown.map(([name, text]) => line('', `${name}: ${text}`)),
    line('', evidenceText(collapse)),
  ];
}

/** What a run that was ended early leaves, and where. */
function keptLines(
  { sending, run, configuration }: Report,
  line: (name: string, text: string) => string,
): string[] {
  if (!sending.interrupted) return [];
  const requests = counted(sending.requests, 'exchange');
  return [line('kept', `${requests} in ${configuration.CONTRACT_REPORT}/exchanges/${run}.jsonl`)];
}

function filesIn(folder: string): string {
  return `${folder}/index.html, report.md, report.json, html/index.html`;
}

function limited(
  fixes: readonly Fix[],
  limit: number,
  what: string,
  folder: string,
): (Fix | string)[] {
  const more = fixes.length - limit;
  return more > 0
    ? [...fixes.slice(0, limit), `and ${counted(more, `more ${what}`)}, in ${folder}/report.md`]
    : [...fixes];
}

/** A finding with what it rests on: the sentence, the offending part of the exchange, and where it is recorded. */
function block(
  fix: Fix,
  number: number,
  { exchangeOf }: ComparedRun,
  columns: number | undefined,
  paint: (style: Style, text: string) => string,
): string[] {
  const { verdict, routes } = fix;
  const exchange = exchangeOf(verdict);
  const share = `${verdict.failingRequests} of ${counted(verdict.requests, 'request')}`;
  const lines: (readonly [string, string | undefined])[] = [
    ['rule', `${verdict.text} (${verdict.level}: ${verdict.source})`],
    ['where', `${fixPlace({ routes })}, ${share}`],
    ...(exchange ? excerptOf(exchange, verdict) : []),
    ['detail', verdict.detail],
    ['because', verdict.declared && `${verdict.reason} (${entryText(verdict.declared)})`],
    ['evidence', verdict.exchange && evidenceText(verdict.exchange)],
    ['with it', othersOf(fix)],
    ['hint', hintOf(fix)],
  ];
  const title = wrapped(`${number}. ${printable(fixSentence(fix))}`, columns, 3);
  return [
    paint('bold', title),
    ...lines.flatMap(([name, text]) =>
      text
        ? [wrapped(`   ${name.padEnd(11)}${printable(text).replaceAll('\n', ' ')}`, columns, 14)]
        : [],
    ),
  ];
}

/** Which declarations were in use, and how to declare what fails. */
function declarationLines(
  { verdicts }: Report,
  line: (name: string, text: string) => string,
): string[] {
  const files = new Set(verdicts.flatMap(({ declared }) => declared?.file ?? []));
  const used = [...files].map((file) => line('declared', `deviations are known from ${file}`));
  const failing = verdicts.some(
    ({ failing, outcome }) => failing && !['error', 'stale deviation'].includes(outcome),
  );
  // What looks like a wrong configuration is not to be declared.
  return failing && !fixesOf({ verdicts }).some((fix) => hintOf(fix) !== undefined)
    ? [...used, line('known?', 'npm run declare -- "why" declares what fails as known')]
    : used;
}

/** What was sent and what came of it. */
function warningText(fix: Fix): string {
  const others = othersOf(fix);
  return `${fixSentence(fix)}${others === undefined ? '' : `; with it ${others}`}`;
}
