import { printable } from '../../judge/text.ts';
import { exchangeText } from '../model/exchange.ts';
import type { Finding, Report, Row } from '../model/model.ts';
import { othersText, textOf } from '../model/wording.ts';

/** contract-report/report.md: the status and why, what fails with its evidence, warnings, and the whole table. */
export function reportMarkdown(report: Report): string {
  const { findings, notes, declarable, verdicts, configuration } = report;
  const cards = (kind: Finding['kind']) => findings.filter((each) => each.kind === kind).map(card);
  const declared = [
    'With `npm run declare -- "why the target does so"`, or by hand in a deviations file:',
    block(JSON.stringify(declarable, null, 2), 'json'),
  ];
  return [
    ...summaryParts(report, Number.POSITIVE_INFINITY),
    ...section('Failing', cards('fails')),
    ...section('To declare it as known', declarable.length > 0 ? declared : []),
    ...section('Warnings', cards('warning')),
    ...section('Known deviations', cards('known')),
    ...section('Every verdict', [table(verdicts)]),
    ...section('Notes and configuration', [
      block([...notes, ...Object.entries(configuration)].map((each) => each.join('=')).join('\n')),
    ]),
    '',
  ].join('\n\n');
}

/** What to fix first and what changed: for the summary of a job. */
export function summaryMarkdown(report: Report): string {
  return [...summaryParts(report, 5), ''].join('\n\n');
}

function summaryParts(report: Report, limit: number): string[] {
  const { status, counts, since, name, baseUrl, startedAt, seed, suiteVersion } = report;
  const all = report.findings.filter(({ kind }) => kind !== 'known');
  const lines = all.slice(0, limit).map((each, i) => `${i + 1}. ${cell(listed(each))}`);
  const more = all.length > limit ? [`and ${all.length - limit} more, in report.md`] : [];
  const title = all.some(({ kind }) => kind === 'fails') ? 'Fix first' : 'Worth fixing';
  const changed = report.lists.flatMap(({ title, rows }) =>
    rows.map(({ name, text }) => `| ${[title, name, text].map(cell).join(' | ')} |`),
  );
  return [
    `# ${cell(status)}`,
    cell(counts),
    `Target ${code(name)} at ${code(baseUrl)}, ${startedAt}, seed ${seed}, suite ${suiteVersion}`,
    ...section(title, all.length > 0 ? [[...lines, ...more].join('\n')] : []),
    `## ${cell(since)}`,
    ...(changed.length > 0 ? [['| what | of | |', '|---|---|---|', ...changed].join('\n')] : []),
  ];
}

function listed({ sentence, with: others, lines, kind, change }: Finding): string {
  const hint = lines.find(([name]) => name === 'hint')?.[1];
  const beside = [sentence, others.length > 0 && `with it ${othersText(others)}`, hint];
  const marks = [kind === 'warning' && ' · warning', change && ` (${change})`];
  return `${beside.filter(Boolean).join('; ')}${marks.filter(Boolean).join('')}`;
}

function section(title: string, parts: readonly string[]): string[] {
  return parts.length === 0 ? [] : [`## ${title}`, ...parts];
}

function card({ sentence, lines, exchange }: Finding): string {
  const shown = exchange && block(`${exchangeText(exchange)}\n\n${exchange.curl}`);
  const details = `\n\n<details><summary>The exchange</summary>\n\n${shown}\n\n</details>`;
  return `${block(textOf(sentence, lines))}${shown ? details : ''}`;
}

function table(rows: readonly Row[]): string {
  const lines = rows.map(
    ({ requirement, level, title, reason, received }) =>
      `| ${[requirement, level, title, reason ?? received].map(cell).join(' | ')} |`,
  );
  const head = ['| requirement | level | outcome | received or reason |', '|---|---|---|---|'];
  return [...head, ...lines].join('\n');
}

/** Text from a target must not become markup, nor an address or a name that GitHub links. */
function cell(text: string): string {
  return printable(text)
    .replaceAll('\n', ' ')
    .replaceAll(/[\\`*_{}[\]<>|@]|(?<=\w):(?=\/\/)/g, (c) => `&#${c.charCodeAt(0)};`)
    .replaceAll(/\bwww\./gi, (www) => `${www.slice(0, -1)}&#46;`);
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
