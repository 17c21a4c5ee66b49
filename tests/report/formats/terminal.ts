import { styleText } from 'node:util';
import type { Compared } from '../../../schemas/files/history.ts';
import type { Report, Verdict } from '../../../schemas/files/report.ts';
import { sentenceOf } from '../document.ts';
import { fixLines, fixTitle } from '../fix-first.ts';
import { headline } from '../headline.ts';
import { verdictMessage } from '../message.ts';
import { outcomeTitle, printable } from '../wording.ts';

type Style = Parameters<typeof styleText>[0];

/** Full messages a terminal is given; the report has all. */
const shownMessages = 10;
/** Things to mend that a terminal names: whoever has mended these runs again. */
const shownFixes = 5;

/** What the terminal shows at the end: the table, the red verdicts in full, the sentence, what to read and to fix first. */
export function reportTerminal(compared: Compared, folder: string, colour: boolean): string {
  const { report } = compared;
  const paint = (style: Style, text: string) =>
    colour ? styleText(style, text, { validateStream: false }) : text;
  const red = report.verdicts.filter(
    (verdict) => verdict.failing && verdict.outcome !== 'not judged',
  );
  const judged = report.verdicts.filter(({ outcome }) => outcome !== 'untested');
  const fixes = fixLines(report, shownFixes);
  const more =
    red.length > shownMessages
      ? [`… and ${red.length - shownMessages} more red verdicts in ${folder}/report.md`, '']
      : [];
  return [
    '',
    ...table(judged, paint),
    '',
    ...red
      .slice(0, shownMessages)
      .flatMap((verdict) => [paint('red', verdictMessage(verdict)), '']),
    ...more,
    ...notJudged(report).map((line) => paint('red', line)),
    `verdict  ${paint(report.failing ? 'red' : 'green', sentenceOf(report))}`,
    `night    ${headline(compared)}`,
    `report   ${folder}/index.html, report.md, report.json, html/index.html`,
    ...(fixes.length === 0 ? [] : [`${fixTitle(report).toLowerCase()}, in this order`]),
    ...fixes.map((line) => `  ${printable(line)}`),
    '',
  ].join('\n');
}

/** What was not judged has one cause for many verdicts: a line for each cause. */
function notJudged({ verdicts }: Report): string[] {
  const reasons = verdicts.flatMap(({ outcome, reason = '' }) =>
    outcome === 'not judged' ? [reason] : [],
  );
  return [...new Set(reasons)].map((reason) => {
    const count = reasons.filter((each) => each === reason).length;
    const verdicts = count === 1 ? 'verdict' : 'verdicts';
    return `not judged: ${count} ${verdicts}, because ${reason}${hintAt(reason)}\n`;
  });
}

/** Where to look first, by what kept the target from being reached. */
const hints: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'is it started? CONTRACT_WAIT_MS waits for one that is starting',
  EPROTO: 'does it speak https?',
  'not trusted': 'NODE_EXTRA_CA_CERTS names a file of certificates to trust',
};

function hintAt(reason: string): string {
  const sign = Object.keys(hints).find((each) => reason.includes(each));
  return sign === undefined ? '' : `; ${hints[sign]}`;
}

/** One line a requirement, one column a route. */
function table(
  verdicts: readonly Verdict[],
  paint: (style: Style, text: string) => string,
): string[] {
  const ids = [...new Set(verdicts.map(({ requirement }) => requirement))];
  const columns = [...new Set(verdicts.flatMap(({ route }) => (route === 'both' ? [] : [route])))];
  const width = Math.max(0, ...verdicts.map((verdict) => outcomeTitle(verdict).length));
  const head = `${'requirement'.padEnd(24)}${'level'.padEnd(10)}${columns.map((route) => `/${route}`.padEnd(width + 2)).join('')}`;
  const rows = ids.map((id) => {
    const mine = verdicts.filter(({ requirement }) => requirement === id);
    const cells = columns.map((route) => {
      const verdict = mine.find((each) => each.route === route || each.route === 'both');
      const title = verdict === undefined ? '' : outcomeTitle(verdict);
      return paint(verdict === undefined ? 'dim' : styleOf(verdict), title.padEnd(width + 2));
    });
    return `${id.padEnd(24)}${(mine[0]?.level ?? '').padEnd(10)}${cells.join('')}`.trimEnd();
  });
  return [paint('bold', head.trimEnd()), ...rows];
}

function styleOf({ failing, outcome }: Verdict): Style {
  if (failing) return 'red';
  if (outcome === 'conforms') return 'green';
  return outcome === 'not applicable' ? 'dim' : 'yellow';
}
