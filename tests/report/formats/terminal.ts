import { styleText } from 'node:util';
import { oneLine } from '../../judge/text.ts';
import type { Card, Report, TableRow } from '../model/model.ts';
import type { Line } from '../model/wording.ts';

export type TerminalOptions = Readonly<{
  folder: string;
  files: readonly string[];
  colour: boolean;
  table: boolean;
  /** Whether several targets are told, so that each is named. */
  isMany: boolean;
  /** Whether `npm run declare` reads this report. */
  isDeclared: boolean;
}>;

const styles = { PASSED: 'green', FAILED: 'red', INCONCLUSIVE: 'yellow' } as const;

type Paint = (style: Parameters<typeof styleText>[0], text: string) => string;

const shown = { finding: 5, warning: 12 };
/** Told when it happened, or counted in the line of what changed. */
const elsewhere = ['left', 'fixed', 'flaky'];

export function reportTerminal(report: Report, options: TerminalOptions) {
  const { folder, files, colour, isMany } = options;
  const { word, name, reason, file, findings, whole, declarable, verdicts, notes } = report;
  const paint: Paint = (style, text) =>
    colour ? styleText(style, text, { validateStream: false }) : text;
  const line = ([name, text]: Line) => oneLine(`${name.padEnd(8)} ${text}`);
  // One more takes no more room than saying so.
  const limited = (all: readonly Card[], what: keyof typeof shown, hint = '') => {
    const some = all.length <= shown[what] + 1 ? all : all.slice(0, shown[what]);
    const text = `and ${all.length - some.length} more, in ${folder}/${file}.md${hint}`;
    return { some, more: some.length < all.length ? [line([what, text])] : [] };
  };
  // Who asks for a requirement by its name wants to see all of it.
  const isCard = ({ kind }: Card) => kind === 'fails' || (kind === 'warning' && !whole);
  const cards = limited(findings.filter(isCard), 'finding');
  const warnings = limited(
    findings.filter((each) => each.kind === 'warning' && !isCard(each)),
    'warning',
    '; CONTRACT_STRICT=true shows each as a card',
  );
  return [
    '',
    ...(options.table ? [...table(verdicts, paint), ''] : []),
    paint(styles[word], word) +
      line([word, isMany ? `${name}: ${reason}` : reason]).slice(word.length),
    ...(word === 'PASSED' ? [] : [line(['counted', report.counts])]),
    line(['since', report.since]),
    ...cards.some.flatMap((each, i) => ['', ...card(each, i, paint)]),
    ...(cards.some.length > 0 ? [''] : []),
    ...cards.more,
    ...(options.isDeclared &&
    declarable.length > 0 &&
    !cards.some.some((each) => each.isMisconfigured)
      ? [line(['known?', 'npm run declare -- "why" declares what fails as known'])]
      : []),
    ...warnings.some.map((each) => line(['warning', each.line])),
    ...warnings.more,
    ...notes.filter(([name]) => !elsewhere.includes(name)).map(line),
    line(['report', `${folder}/${files.join(', ')}`]),
    '',
  ].join('\n');
}

function card({ sentence, lines, excerpt }: Card, index: number, paint: Paint) {
  const all = [...lines.slice(0, 1), ...excerpt, ...lines.slice(1)];
  return [
    paint('bold', oneLine(`${index + 1}. ${sentence}`)),
    ...all.map(([name, text]) => oneLine(`   ${name.padEnd(10)} ${text}`)),
  ];
}

function table(all: readonly TableRow[], paint: Paint) {
  const rows = all.filter(({ outcome }) => outcome !== 'untested');
  return rows.map(({ requirement, level, failing, title }) => {
    const outcome = failing ? paint('red', title) : title;
    return `${requirement.padEnd(24)}${level.padEnd(10)}${outcome}`;
  });
}
