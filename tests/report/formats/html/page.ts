import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { raw } from 'hono/html';
import { routes } from '../../../../schemas/operation.ts';
import { counted } from '../../../judge/text.ts';
import type { Finding, List, Report } from '../../model/model.ts';
import { sentenceOf } from '../../model/wording.ts';
import { documentedPage } from '../../references.ts';
import { type Markup, markup, sourceMarkup } from '../markup.ts';
import { exchangeMarkup, findingCard, linesMarkup } from './finding.ts';
import { latencyChart } from './latency-chart.ts';
import { requirementTable } from './table.ts';

const style = readFileSync(new URL('style.css', import.meta.url), 'utf8');
// Should a string ever slip through unescaped, the browser neither runs nor fetches anything in it.
const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'`;

/** Targets that a page shows; each has its own report.json beside it. */
const shownTargets = 50;

/** contract-report/index.html: one file without script, which sends no request. `unreadable`: lines of the history. */
export function reportPage(all: readonly Report[], unreadable: readonly string[] = []): string {
  const reports = all.slice(0, shownTargets);
  const worst = (['FAILED', 'INCONCLUSIVE', 'PASSED'] as const).find((word) =>
    all.some((each) => each.word === word),
  );
  const isMany = all.length > 1;
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
${reports.map((report) => headline(report, isMany))}
${all.length > reports.length && markup`<p>and ${all.length - reports.length} more targets, each in its report-….md beside this page</p>`}
${!isMany && reports.map(linksOf)}</header>
<main>
${listMarkup({ title: 'History lines that cannot be read', mark: 'bad', rows: unreadable.map((text) => ({ name: '', text })) })}
${reports.map((report) => [isMany && report.findings.length + report.lists.length > 0 && markup`<p class="target"><strong>${report.name}</strong></p>`, sections(report)])}
<section id="table"><h2>Every requirement</h2>
${reports.map(runStrip)}
<div class="scroll" role="region" aria-label="Every requirement" tabindex="0">${requirementTable(reports)}</div></section>
<section><h2>Latency of creates</h2><div class="charts">${reports.map((report) => routes.map((route) => latencyChart(report, route)))}</div></section>
${unjudged(reports)}
${reports.map(configuration)}
</main>
</body>
</html>
`);
}

const marks = { PASSED: 'ok', FAILED: 'bad', INCONCLUSIVE: 'known' } as const;

function headline(report: Report, isNamed: boolean): Markup {
  const { word, reason, counts, since, name, baseUrl, startedAt, suiteVersion, seed } = report;
  return markup`<h1><span class="${marks[word]}">${word}</span> <span class="reason">${isNamed && `${name}: `}${reason}</span></h1>
<p>${counts}</p>
<p>${since}</p>
<p class="quiet"><strong>${name}</strong> at <bdi>${baseUrl}</bdi> · ${startedAt.slice(0, 16).replace('T', ' ')} UTC · suite ${suiteVersion} · seed ${seed}</p>`;
}

/** The runs of the history in a row, this one last: what each came to, and when. */
function runStrip({ target, history }: Report): Markup {
  const runs = history.map(({ startedAt, status }) => {
    const title = `${startedAt.slice(0, 16).replace('T', ' ')} UTC: ${status}`;
    return markup`<li class="${marks[status]}" title="${title}">${status[0]}</li>`;
  });
  const [first = '', last = ''] = [history[0], history.at(-1)].map((run) =>
    run?.startedAt.slice(0, 10),
  );
  return markup`<div class="strip"><span class="quiet">${target}, ${first === last ? first : `${first} to ${last}`}, P passed, F failed, I inconclusive:</span><ol>${runs}</ol></div>`;
}

/** What stands beside the page, where it holds one run. */
function linksOf({ run }: Report): Markup {
  return markup`<p class="quiet">Beside this page: <a href="report.md">report.md</a>, <a href="html/index.html">Playwright’s report</a>, <a href="exchanges/${run}.jsonl">every exchange</a></p>`;
}

/** Cards whose exchange is open from the start: more would push everything else away. */
const openCards = 2;

/** What fails, what changed, and what can wait, in the order in which a reader needs it. */
function sections({ findings, crash, lists }: Report): Markup {
  const of = (kind: Finding['kind']) => findings.filter((each) => each.kind === kind);
  const cards = (title: string, all: readonly Finding[]) =>
    section(
      title,
      all.length,
      all.map((each, i) => findingCard(each, i < openCards)),
    );
  const crashed = crash && [
    linesMarkup(crash.lines),
    crash.exchange && exchangeMarkup(crash.exchange, { part: 'connection' }, false),
  ];
  return markup`${fixFirst(findings.filter(({ kind }) => kind !== 'known'))}
${crash && markup`<section><h2>The target stopped answering</h2><article class="card bad">${crashed}</article></section>`}
${cards('Failing', of('fails'))}
${lists.filter(({ canWait }) => !canWait).map(listMarkup)}
${cards('Warnings', of('warning'))}
${cards('Known deviations', of('known'))}
${lists.filter(({ canWait }) => canWait).map(listMarkup)}`;
}

/** Findings that are named before the cards: whoever has fixed these runs again. */
const namedFindings = 5;

/** What to fix first, as the terminal says it, each with a link to its card. */
function fixFirst(findings: readonly Finding[]): Markup | '' {
  if (findings.length < 2) return '';
  const title = findings.some(({ kind }) => kind === 'fails') ? 'Fix first' : 'Worth fixing';
  const rows = findings
    .slice(0, namedFindings)
    .map(
      (each) =>
        markup`<li><a href="#${each.id}">${sentenceOf(each)}</a>${each.kind === 'warning' && ' · warning'}</li>`,
    );
  return section(title, findings.length, markup`<ol>${rows}</ol>`);
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

/** What nobody could judge, and why; what several targets say alike stands once. */
function unjudged(reports: readonly Report[]): Markup {
  const rows = new Map(
    reports.flatMap(({ verdicts }) =>
      verdicts
        .filter(({ outcome }) => outcome === 'untested' || outcome === 'not applicable')
        .map((row) => [`${row.requirement} ${row.reason}`, row] as const),
    ),
  );
  const items = [...rows.values()].map(
    ({ requirement, text, reason, source, outcome }) =>
      markup`<li><code>${requirement}</code> ${text} <span class="quiet">(${sourceMarkup(source)}) ${outcome === 'not applicable' && 'not applicable: '}${reason}</span></li>`,
  );
  return markup`<section><h2>Not applicable or untested, and why <span class="quiet">${items.length}</span></h2>
<ul>${items}</ul></section>`;
}

function configuration({ target, configuration: named, seed, history }: Report): Markup {
  return markup`<section><h2>Configuration of ${target}</h2>
<p>To send the same requests again: <code>CONTRACT_SEED=${seed} npm run contract</code> (${counted(history.length, 'run')} of this target shown)</p>
<pre tabindex="0">${Object.entries(named)
    .map(([name, value]) => `${name}=${value}`)
    .join('\n')}</pre></section>`;
}
