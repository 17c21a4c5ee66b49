import { styleText } from 'node:util';
import { printable } from '../../judge/text.ts';
import type { Finding, Report, Row } from '../model/model.ts';
import { type Line, othersText } from '../model/wording.ts';

type Style = Parameters<typeof styleText>[0];

export interface TerminalOptions {
  readonly folder: string;
  /** The files in it that were written. */
  readonly files: readonly string[];
  readonly colour: boolean;
  readonly table: boolean;
}

const styles = { PASSED: 'green', FAILED: 'red', INCONCLUSIVE: 'yellow' } as const;

/** Findings and warnings a terminal is given: whoever has fixed these runs again, and report.md has all. */
const shown = { cards: 5, lines: 12 };

/** What the terminal shows at the end: the status and why, what to fix first with its evidence, where to read on. */
export function reportTerminal(report: Report, options: TerminalOptions): string {
  const { folder, colour } = options;
  const paint = (style: Style, text: string) =>
    colour ? styleText(style, text, { validateStream: false }) : text;
  const line = ([name, text]: Line) => oneLine(`${name.padEnd(8)} ${text}`);
  const { word, findings } = report;
  const warnings = findings.filter(({ kind }) => kind === 'warning');
  // Who asks for a requirement by its name wants to see all of it.
  const isCard = ({ kind }: Finding) => kind === 'fails' || (kind === 'warning' && !report.whole);
  const [cards, moreCards] = limited(findings.filter(isCard), shown.cards);
  const [lines, moreLines] = limited(report.whole ? warnings : [], shown.lines);
  const more = (count: number, what: string, hint: string): string[] =>
    count > 0 ? [line([what, `and ${count} more, in ${folder}/report.md${hint}`])] : [];
  const isConfiguration = cards.some((each) => each.lines.some(([name]) => name === 'hint'));
  const status = line([word, report.reason]);
  return [
    '',
    ...(options.table ? [...table(report.verdicts, paint), ''] : []),
    paint(styles[word], status.slice(0, word.length)) + status.slice(word.length),
    ...(word === 'PASSED' ? [] : [line(['checked', report.counts])]),
    line(['since', report.since]),
    ...cards.flatMap((each, i) => ['', ...card(each, i, paint)]),
    ...(cards.length > 0 ? [''] : []),
    ...more(moreCards, 'finding', ''),
    // What looks like a wrong configuration is not to be declared.
    ...(report.declarable.length > 0 && !isConfiguration
      ? [line(['known?', 'npm run declare -- "why" declares what fails as known'])]
      : []),
    ...lines.map(({ sentence, with: others }) =>
      line(['warning', [sentence, othersText(others)].filter(Boolean).join('; with it ')]),
    ),
    ...more(moreLines, 'warning', '; CONTRACT_STRICT=true shows each as a card'),
    // What is left was named when it was left.
    ...report.notes.filter(([name]) => name !== 'left').map(line),
    line(['report', `${folder}/${options.files.join(', ')}`]),
    '',
  ].join('\n');
}

/** The first of them, and how many more there are: one more takes no more room than saying so. */
function limited(all: readonly Finding[], limit: number): [readonly Finding[], number] {
  return all.length <= limit + 1 ? [all, 0] : [all.slice(0, limit), all.length - limit];
}

/** A finding with what it rests on: the sentence, the offending part of the exchange, and where it is recorded. */
function card(
  { sentence, lines, excerpt }: Finding,
  index: number,
  paint: (style: Style, text: string) => string,
): string[] {
  const [rule, where, ...rest] = lines;
  const all = [rule, where, ...excerpt, ...rest].filter((each) => each !== undefined);
  return [
    paint('bold', oneLine(`${index + 1}. ${sentence}`)),
    ...all.map(([name, text]) => oneLine(`   ${name.padEnd(10)} ${text}`)),
  ];
}

/** What a target sent begins no line, and does nothing in a terminal. */
function oneLine(text: string): string {
  return printable(text).replaceAll('\n', ' ');
}

/** Every requirement that was judged, a line each. */
function table(all: readonly Row[], paint: (style: Style, text: string) => string): string[] {
  const rows = all.filter(({ outcome }) => outcome !== 'untested');
  const head = `${'requirement'.padEnd(24)}${'level'.padEnd(10)}outcome`;
  const text = ({ requirement, level, failing, title }: Row) =>
    `${requirement.padEnd(24)}${level.padEnd(10)}${failing ? paint('red', title) : title}`;
  return [paint('bold', head), ...rows.map(text)];
}
