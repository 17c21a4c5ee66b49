import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { raw } from 'hono/html';
import type { ComparedRun, ComparedRuns } from '../../../../schemas/files/history.ts';
import { isSameAt } from '../../../../schemas/files/history.ts';
import type { Report } from '../../../../schemas/files/report.ts';
import { routes } from '../../../../schemas/operation.ts';
import { evidenceText } from '../../../judge/wording.ts';
import { exchangeText } from '../../exchange-view.ts';
import { fixesOf, fixSentence, fixTitle } from '../../fix-first.ts';
import { documentedPage } from '../../references.ts';
import { sinceLine } from '../../since.ts';
import { collapseText, countsLine, statusOf } from '../../status.ts';
import { type Markup, markup } from '../markup.ts';
import { whatChanged } from './changes.ts';
import { anchorOf, sourceMarkup } from './finding.ts';
import { latencyChart } from './latency-chart.ts';
import { matrix } from './matrix.ts';

const style = readFileSync(new URL('style.css', import.meta.url), 'utf8');
// Should a string ever slip through unescaped, the browser neither runs nor fetches anything in it.
const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'`;

/** contract-report/index.html: one file without script, which sends no request. */
export function reportPage({ runs, others, unreadable }: ComparedRuns): string {
  const targets = [...runs.map(({ regression }) => regression), ...others];
  const verdicts = runs.flatMap(({ report }) => report.verdicts);
  return String(markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${runs.some(({ fails }) => fails) ? 'FAILED' : 'PASSED'}: Create registeredDevices</title>
<style>${raw(style)}</style>
</head>
<body>
<a class="skip" href="#table">To the table of requirements</a>
<header><p class="quiet"><a href="${documentedPage}">Create registeredDevices</a> · contract</p>
${runs.map(headline)}
${runs.length === 1 && runs.map(({ report }) => linksOf(report))}</header>
<main>
${unreadable.length > 0 && markup`<section><h2>History lines that cannot be read</h2><ul>${unreadable.map((line) => markup`<li><code>${line}</code></li>`)}</ul></section>`}
${runs.map((run) => [runs.length > 1 && markup`<p class="target quiet">${run.report.target}</p>`, crash(run), fixFirst(run), whatChanged(run)])}
<section id="table"><h2>Every requirement</h2>
<div class="scroll" role="region" aria-label="Every requirement" tabindex="0">${matrix(targets, verdicts)}</div></section>
<section><h2>Latency of creates</h2><div class="charts">${targets.map((target) => routes.map((route) => latencyChart(target, route)))}</div></section>
${untested(runs)}
${runs.map(({ report }) => configuration(report))}
</main>
</body>
</html>
`);
}

function headline(run: ComparedRun): Markup {
  const { report } = run;
  const { word, reason } = statusOf(run);
  return markup`<h1><span class="${word === 'PASSED' ? 'ok' : 'bad'}">${word}</span> <span class="reason">${reason}</span></h1>
<p>${countsLine(report)}</p>
<p>${sinceLine(run)}</p>
<p class="quiet"><strong>${report.target}</strong> at <bdi>${report.baseUrl}</bdi> · ${report.startedAt.slice(0, 16).replace('T', ' ')} UTC · suite ${report.suiteVersion} · seed ${report.seed}</p>`;
}

/** What stands beside the page, where it holds one run. */
function linksOf({ run }: Report): Markup {
  return markup`<p class="quiet">Beside this page: <a href="report.md">report.md</a>, <a href="html/index.html">Playwright’s report</a>, <a href="exchanges/${run}.jsonl">every exchange</a></p>`;
}

/** The request over which the target stopped answering: what came after it is not judged. */
function crash({ report, collapsed }: ComparedRun): Markup | '' {
  const { collapse } = report.sending;
  if (collapse === undefined) return '';
  return markup`<section><h2>The target stopped answering</h2>
<article class="card bad"><p>${collapseText(collapse)}</p>
<p class="quiet">${evidenceText(collapse)}</p>
${collapsed && markup`<pre tabindex="0">${exchangeText(collapsed)}</pre>`}</article></section>`;
}

/** Fixes that are named before the cards: whoever has fixed these runs again. */
const shownFixes = 5;

/** What to fix first, as the terminal says it, each with a link to its card. */
function fixFirst({ report }: ComparedRun): Markup | '' {
  const fixes = fixesOf(report);
  if (fixes.length < 2) return '';
  const rows = fixes
    .slice(0, shownFixes)
    .map(
      (fix) =>
        markup`<li><a href="#${anchorOf(fix.verdict)}">${fixSentence(fix)}</a>${fix.warning && ' · warning'}</li>`,
    );
  return markup`<section><h2>${fixTitle(report)} <span class="quiet">${fixes.length}</span></h2>
<ol>${rows}</ol></section>`;
}

function untested(runs: readonly ComparedRun[]): Markup {
  const all = runs.flatMap(({ report }) =>
    report.verdicts.filter(({ outcome }) => outcome === 'untested' || outcome === 'not applicable'),
  );
  const rows = all.filter((verdict, i) => all.findIndex((each) => isSameAt(each, verdict)) === i);
  return markup`<section><h2>Not applicable or untested, and why <span class="quiet">${rows.length}</span></h2>
<ul>${rows.map(({ requirement, text, reason, source, outcome }) => markup`<li><code>${requirement}</code> ${text} <span class="quiet">(${sourceMarkup(source)}) ${outcome === 'not applicable' && 'not applicable: '}${reason}</span></li>`)}</ul></section>`;
}

function configuration({ target, configuration: named, seed }: Report): Markup {
  return markup`<section><h2>Configuration of ${target}</h2>
<p>To send the same requests again: <code>CONTRACT_SEED=${seed} npm run contract</code></p>
<pre tabindex="0">${Object.entries(named)
    .map(([name, value]) => `${name}=${value}`)
    .join('\n')}</pre></section>`;
}
