import { styleText } from 'node:util';
import type { Compared } from '../../../schemas/files/history.ts';
import type { Report, Verdict } from '../../../schemas/files/report.ts';
import { counted, printable } from '../../judge/text.ts';
import { outcomeTitle, verdictMessage } from '../../judge/wording.ts';
import { sentenceOf } from '../document.ts';
import { fixLines, fixTitle } from '../fix-first.ts';
import { headline } from '../headline.ts';

type Style = Parameters<typeof styleText>[0];

/** Full messages a terminal is given; the report has all. */
const shownMessages = 10;
/** Things to fix that a terminal names: whoever has fixed these runs again. */
const shownFixes = 5;

/** What the terminal shows at the end: the table, the failing verdicts in full, the sentence, what to read and to fix first. */
export function reportTerminal(compared: Compared, folder: string, colour: boolean): string {
  const { report } = compared;
  const paint = (style: Style, text: string) =>
    colour ? styleText(style, printable(text), { validateStream: false }) : printable(text);
  const failing = report.verdicts.filter(
    (verdict) => verdict.failing && verdict.outcome !== 'error',
  );
  const judged = report.verdicts.filter(({ outcome }) => outcome !== 'untested');
  const fixes = fixLines(report, shownFixes);
  const more =
    failing.length > shownMessages
      ? [`… and ${failing.length - shownMessages} more failing verdicts in ${folder}/report.md`, '']
      : [];
  return [
    '',
    ...table(judged, paint),
    '',
    ...failing
      .slice(0, shownMessages)
      .flatMap((verdict) => [paint('red', verdictMessage(verdict)), '']),
    ...more,
    ...errorLines(report).map((line) => paint('red', line)),
    `verdict  ${paint(report.failing ? 'red' : 'green', sentenceOf(report))}`,
    `since    ${printable(headline(compared))}`,
    `report   ${folder}/index.html, report.md, report.json, html/index.html`,
    ...(fixes.length === 0 ? [] : [`${fixTitle(report).toLowerCase()}, in this order`]),
    ...fixes.map((line) => `  ${printable(line)}`),
    '',
  ].join('\n');
}

/** One cause stands behind many errors: a line for each cause. */
function errorLines({ verdicts }: Report): string[] {
  const errors = verdicts.filter(({ outcome }) => outcome === 'error');
  const causes = new Map(errors.map(({ reason = '', failureCode = '' }) => [reason, failureCode]));
  return [...causes].map(([reason, code]) => {
    const count = errors.filter((each) => (each.reason ?? '') === reason).length;
    const hint = hints[code];
    return `error: ${counted(count, 'verdict')}, because ${reason}${hint === undefined ? '' : `; ${hint}`}\n`;
  });
}

/** Where to look first, by what kept the target from being reached. */
const hints: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'is it started? CONTRACT_WAIT_MS waits for one that is starting',
  ENOTFOUND: 'is the name right, or does it need a proxy? HTTPS_PROXY names one',
  EPROTO: 'does it speak https?',
  SELF_SIGNED: 'NODE_EXTRA_CA_CERTS names a file of certificates to trust',
  UNTRUSTED: 'NODE_EXTRA_CA_CERTS names a file of certificates to trust',
};

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
