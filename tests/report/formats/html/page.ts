import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { raw } from 'hono/html';
import type { Finding, List, Report } from '../../model/model.ts';
import { documentedPage, type Markup, markup } from '../markup.ts';
import { findingCard } from './finding.ts';
import { requirementTable } from './table.ts';

const style = readFileSync(new URL('style.css', import.meta.url), 'utf8');
// Should a string ever slip through unescaped, the browser neither runs nor fetches anything in it.
const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'`;

/** Cards whose exchange is open from the start: more would push everything else away. */
const openCards = 2;

const marks = { FAILED: 'bad', INCONCLUSIVE: 'known', PASSED: 'ok' } as const;
const words = ['FAILED', 'INCONCLUSIVE', 'PASSED'] as const;

/** contract-report/index.html: one file without script, which sends no request. `unreadable`: lines of the history. */
export function reportPage(reports: readonly Report[], unreadable: readonly string[] = []): string {
  const isMany = reports.length > 1;
  const worst = words.find((word) => reports.some((each) => each.word === word));
  return String(markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${worst}: Create registeredDevices</title>
<style>${raw(style)}</style>
</head>
<body>
<a class="skip" href="#table">To the table of requirements</a>
<header><p class="quiet"><a href="${documentedPage}">Create registeredDevices</a> · contract</p>
${reports.map((report) => headline(report, isMany))}</header>
<main>
${listMarkup({ title: 'History that cannot be read', mark: 'bad', rows: unreadable.map((text) => ({ name: '', text })) })}
${reports.map((report) => sections(report, isMany))}
<section id="table"><h2>Every requirement</h2>
<div class="scroll" role="region" aria-label="Every requirement" tabindex="0">${requirementTable(reports)}</div></section>
${reports.map(configuration)}
</main>
</body>
</html>
`);
}

function headline(report: Report, isNamed: boolean): Markup {
  const { word, reason, counts, since, name, baseUrl, startedAt, suiteVersion, seed } = report;
  const links = markup`<p class="quiet">Beside this page: <a href="report.md">report.md</a>, <a href="html/index.html">Playwright’s report</a>, <a href="exchanges/${report.run}.jsonl">every exchange</a></p>`;
  return markup`<h1><span class="${marks[word]}">${word}</span> <span class="reason">${isNamed && `${name}: `}${reason}</span></h1>
<p>${counts}</p>
<p>${since}</p>
<p class="quiet"><strong>${name}</strong> at <bdi>${baseUrl}</bdi> · ${timeOf(startedAt)} · suite ${suiteVersion} · seed ${seed}</p>
${!isNamed && links}`;
}

function timeOf(startedAt: string): string {
  return `${startedAt.slice(0, 16).replace('T', ' ')} UTC`;
}

/** What fails, what changed, and what can wait, in the order in which a reader needs it. */
function sections({ name, findings, lists }: Report, isNamed: boolean): Markup {
  const cards = (title: string, kind: Finding['kind']) => {
    const mine = findings.filter((each) => each.kind === kind);
    return section(
      title,
      mine.length,
      mine.map((each, i) => findingCard(each, i < openCards)),
    );
  };
  const some = isNamed && findings.length + lists.length > 0;
  return markup`${some && markup`<p class="target"><strong>${name}</strong></p>`}
${cards('Failing', 'fails')}
${lists.filter(({ mark }) => mark !== 'note').map(listMarkup)}
${cards('Warnings', 'warning')}
${cards('Known deviations', 'known')}
${lists.filter(({ mark }) => mark === 'note').map(listMarkup)}`;
}

function section(title: string, count: number, content: Markup | Markup[]): Markup | '' {
  if (count === 0) return '';
  return markup`<section><h2>${title} <span class="quiet">${count}</span></h2>\n${content}</section>`;
}

function listMarkup({ title, mark, rows }: List): Markup | '' {
  const items = rows.map(
    ({ name, text }) => markup`<li>${name && markup`<code>${name}</code> `}<bdi>${text}</bdi></li>`,
  );
  return section(title, rows.length, markup`<ul class="card ${mark}">${items}</ul>`);
}

function configuration({ target, configuration: named, seed, notes }: Report): Markup {
  const lines = [...notes, ...Object.entries(named)].map(([name, value]) => `${name}=${value}`);
  return markup`<section><h2>Notes and configuration of ${target}</h2>
<p>To send the same requests again: <code>CONTRACT_SEED=${seed} npm run contract</code></p>
<pre tabindex="0">${lines.join('\n')}</pre></section>`;
}
