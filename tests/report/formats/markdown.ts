import type { Change, CollectedRun, ComparedRun } from '../../../schemas/files/history.ts';
import type { Report, Verdict } from '../../../schemas/files/report.ts';
import { printable } from '../../judge/text.ts';
import {
  evidenceText,
  outcomeTitle,
  placeTitle,
  sinceTitle,
  verdictMessage,
} from '../../judge/wording.ts';
import { declarationsOf } from '../declaration.ts';
import { warningsIn } from '../document.ts';
import { exchangeText } from '../exchange-view.ts';
import { fixLines, fixTitle } from '../fix-first.ts';
import { sinceLine } from '../since.ts';
import { collapseText, countsLine, statusLine } from '../status.ts';

/** contract-report/report.md: the status and why, what fails with its evidence, warnings, and the whole table. */
export function reportMarkdown(run: ComparedRun, comparison: string): string {
  const { report, exchangeOf } = run;
  const failing = report.verdicts.filter(({ failing, outcome }) => failing && outcome !== 'error');
  const known = report.verdicts.filter(({ outcome }) => outcome === 'known deviation');
  return [
    statusMarkdown(run),
    `Target ${code(report.target)} at ${code(report.baseUrl)}, ${report.startedAt}, seed ${report.seed}, suite ${report.suiteVersion}`,
    comparison.trim(),
    ...fixesMarkdown(report, Number.POSITIVE_INFINITY),
    ...crashMarkdown(run),
    ...section('Failing', failing, exchangeOf),
    ...declarationMarkdown(report),
    ...section('Warnings', warningsIn(report), exchangeOf),
    ...section('Known deviations', known, exchangeOf),
    '## Every verdict',
    table(report.verdicts),
    '## Configuration',
    block(
      Object.entries(report.configuration)
        .map(([name, value]) => `${name}=${value}`)
        .join('\n'),
    ),
    '',
  ].join('\n\n');
}

/** What became of the contract since the previous run, for the report and a job's summary. */
export function comparisonMarkdown(compared: ComparedRun): string {
  const { target, startedAt } = compared.report;
  const { changes, flaky, slower, added, withdrawn, runs } = compared.regression;
  // What nothing is compared with did not break.
  const kindOf = ({ kind }: Change) => (runs.length === 1 && kind === 'broke' ? 'found' : kind);
  const rows = [
    ...changes.map((each) => [
      each.warning ? `${kindOf(each)} · warning` : kindOf(each),
      each.requirement,
      placeTitle(each.route),
      sinceTitle(each),
      each.before === undefined ? each.received : `${each.received} (before: ${each.before})`,
    ]),
    ...flaky.map((each) => ['flaky', each.requirement, placeTitle(each.route), '', each.why]),
    ...slower.map((each) => [
      'slower',
      '',
      placeTitle(each.route),
      '',
      `${each.now} ms (before: ${each.before} ms)`,
    ]),
    ...added.map((id) => ['judged for the first time', id, '', '', '']),
    ...withdrawn.map((id) => ['no longer judged', id, '', '', '']),
  ];
  return [
    `## ${cell(sinceLine(compared))}`,
    `${code(target)}, ${startedAt}`,
    ...(rows.length === 0
      ? []
      : [
          [
            '| what | requirement | route | since | received |',
            '|---|---|---|---|---|',
            ...rows.map((row) => `| ${row.map(cell).join(' | ')} |`),
          ].join('\n'),
        ]),
    '',
  ].join('\n\n');
}

/** The status with its reason as a heading, and the counts. */
export function statusMarkdown(run: ComparedRun): string {
  return `# ${cell(statusLine(run))}\n\n${cell(countsLine(run.report))}`;
}

/** The request over which the target stopped answering: what came after it is not judged. */
function crashMarkdown({ report, collapsed }: ComparedRun): string[] {
  const { collapse } = report.sending;
  if (collapse === undefined) return [];
  const lines = [collapseText(collapse), evidenceText(collapse)];
  if (collapsed) lines.push('', exchangeText(collapsed));
  return ['## The target stopped answering', block(lines.join('\n'))];
}

/** What fails as entries of a deviations file, ready to paste. */
function declarationMarkdown(report: Report): string[] {
  const entries = declarationsOf(report, 'why the target does so', report.startedAt.slice(0, 10));
  if (entries.length === 0) return [];
  return [
    '## To declare it as known',
    'With `npm run declare -- "why the target does so"`, or by hand in a deviations file:',
    block(JSON.stringify(entries, null, 2), 'json'),
  ];
}

/** What to fix first, as a section. */
export function fixesMarkdown(report: Report, limit: number): string[] {
  const lines = fixLines(report, limit).map(cell);
  return lines.length === 0 ? [] : [`## ${fixTitle(report)}`, lines.join('\n')];
}

function section(
  title: string,
  verdicts: readonly Verdict[],
  exchangeOf: CollectedRun['exchangeOf'],
): string[] {
  if (verdicts.length === 0) return [];
  const entries = verdicts.flatMap((verdict) => {
    const exchange = exchangeOf(verdict);
    return [
      block(verdictMessage(verdict)),
      ...(exchange === undefined
        ? []
        : [
            `<details><summary>The exchange</summary>\n\n${block(exchangeText(exchange))}\n\n</details>`,
          ]),
    ];
  });
  return [`## ${title}`, ...entries];
}

function table(verdicts: readonly Verdict[]): string {
  const rows = verdicts.map(
    (verdict) =>
      `| ${[verdict.requirement, verdict.level, placeTitle(verdict.route), outcomeTitle(verdict), verdict.reason ?? verdict.received].map(cell).join(' | ')} |`,
  );
  return [
    '| requirement | level | route | outcome | received or reason |',
    '|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}

/** Text from a target must not become markup. */
function cell(text: string): string {
  return printable(text)
    .replaceAll('\n', ' ')
    .replaceAll(/[\\`*_{}[\]<>|]/g, (c) => `&#${c.charCodeAt(0)};`);
}

function code(text: string): string {
  return `<code>${cell(text)}</code>`;
}

/** A fence longer than any run of backticks inside, so that nothing inside can close it. */
function block(shown: string, language = 'text'): string {
  const text = printable(shown);
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}
