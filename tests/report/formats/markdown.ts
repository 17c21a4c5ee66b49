import { oneLine, printable } from '../../judge/text.ts';
import { curlText, exchangeText } from '../model/exchange.ts';
import type { Card, Report } from '../model/model.ts';
import { textOf } from '../model/wording.ts';

export function reportMarkdown(report: Report) {
  const { findings, configuration } = report;
  const cards = (kind: Card['kind']) => findings.filter((each) => each.kind === kind).map(card);
  const lines = Object.entries(configuration).map((each) => each.join('='));
  return [
    ...summaryParts(report, Number.POSITIVE_INFINITY),
    ...section('Failing', cards('fails')),
    ...section('Warnings', cards('warning')),
    ...section('Known deviations', cards('known')),
    ...section('Configuration', [block(lines.join('\n'))]),
    '',
  ].join('\n\n');
}

export function summaryMarkdown(report: Report) {
  return [...summaryParts(report, 5), ''].join('\n\n');
}

function summaryParts(report: Report, limit: number) {
  const { word, reason, file, counts, since, name, baseUrl, startedAt, seed, suiteVersion, notes } =
    report;
  const all = report.findings.filter(({ kind }) => kind !== 'known');
  const lines = all
    .slice(0, limit)
    .map(
      ({ line, kind }, i) => `${i + 1}. ${kind === 'warning' ? 'warning: ' : ''}${escaped(line)}`,
    );
  const more = all.length > limit ? [`and ${all.length - limit} more, in ${file}.md`] : [];
  return [
    `# ${escaped(`${word} ${name}: ${reason}`)}`,
    escaped(counts),
    `Target ${escaped(name)} at ${escaped(baseUrl)}, ${startedAt}, seed ${seed}, suite ${suiteVersion}`,
    ...section('Fix first', all.length > 0 ? [[...lines, ...more].join('\n')] : []),
    `## ${escaped(since)}`,
    ...notes.map(([what, text]) => `**${what}** ${escaped(text)}`),
  ];
}

function section(title: string, parts: readonly string[]) {
  return parts.length === 0 ? [] : [`## ${title}`, ...parts];
}

function card({ sentence, lines, exchange }: Card) {
  const text = block(textOf(sentence, lines));
  if (exchange === undefined) return text;
  const shown = block(`${exchangeText(exchange)}\n\n${curlText(exchange)}`);
  return `${text}\n\n<details><summary>The exchange</summary>\n\n${shown}\n\n</details>`;
}

/** Nothing becomes markup, nor an address or a name that GitHub links: it looks for them where entities are read already. */
export function escaped(text: string) {
  return oneLine(text)
    .replaceAll(/[&\\`*_{}[\]<>|~]/g, (c) => `&#${c.charCodeAt(0)};`)
    .replaceAll(/@|:(?=\/\/)|\bwww(?=\.)/gi, '$&&#8203;');
}

/** A fence that nothing inside can close. */
function block(shown: string) {
  const text = printable(shown);
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${text}\n${fence}`;
}
