import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { raw } from 'hono/html';
import type { ComparedRun, ComparedRuns } from '../../../../schemas/files/history.ts';
import { isSameAt } from '../../../../schemas/files/history.ts';
import type { Report } from '../../../../schemas/files/report.ts';
import { routes } from '../../../../schemas/operation.ts';
import { headlineParts, previousRunTitle } from '../../headline.ts';
import { type Markup, markup } from '../markup.ts';
import { whatChanged } from './changes.ts';
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
<title>${runs.some(({ report }) => report.failing) ? 'Red' : 'Green'}: Create registeredDevices</title>
<style>${raw(style)}</style>
</head>
<body>
<a class="skip" href="#table">To the table of requirements</a>
<header><p class="quiet">Create registeredDevices · contract</p>
${runs.map(headline)}</header>
<main>
${unreadable.length > 0 && markup`<section><h2>History lines that cannot be read</h2><ul>${unreadable.map((line) => markup`<li><code>${line}</code></li>`)}</ul></section>`}
${runs.map((run) => [runs.length > 1 && markup`<p class="target quiet">${run.report.target}</p>`, whatChanged(run)])}
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
  const { report, regression } = run;
  const [news, ...rest] = headlineParts(run);
  const isWorse = regression.changes.some(
    ({ kind, warning }) => (kind === 'broke' || kind === 'changed') && !warning,
  );
  return markup`<h1><span class="${isWorse ? 'bad' : !report.failing && 'ok'}">${news}</span>${rest.map((part) => markup` <span class="part">· ${part}</span>`)}</h1>
<p class="quiet"><strong>${report.target}</strong> at <bdi>${report.baseUrl}</bdi> · ${report.startedAt.slice(0, 16).replace('T', ' ')} UTC · ${report.summary.conforms} of ${report.verdicts.length} verdicts conform · suite ${report.suiteVersion}${regression.suiteBefore !== undefined && markup` (${previousRunTitle(regression)}: ${regression.suiteBefore})`} · seed ${report.seed}</p>`;
}

function untested(runs: readonly ComparedRun[]): Markup {
  const all = runs.flatMap(({ report }) =>
    report.verdicts.filter(({ outcome }) => outcome === 'untested' || outcome === 'not applicable'),
  );
  const rows = all.filter((verdict, i) => all.findIndex((each) => isSameAt(each, verdict)) === i);
  return markup`<section><h2>Not tested, and why <span class="quiet">${rows.length}</span></h2>
<ul>${rows.map(({ requirement, text, reason, source }) => markup`<li><code>${requirement}</code> ${text} <span class="quiet">(${source}) ${reason}</span></li>`)}</ul></section>`;
}

function configuration({ target, configuration: named, seed }: Report): Markup {
  return markup`<section><h2>Configuration of ${target}</h2>
<p>To send the same requests again: <code>CONTRACT_SEED=${seed} npm run contract</code></p>
<pre tabindex="0">${Object.entries(named)
    .map(([name, value]) => `${name}=${value}`)
    .join('\n')}</pre></section>`;
}
