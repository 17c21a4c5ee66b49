import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { curlText, messageLines } from '../../model/exchange.ts';
import type { Card, Report } from '../../model/model.ts';
import { type Markup, markup, sourceMarkup, timeText } from '../markup.ts';
import { requirementTable } from './table.ts';

const [frame, style] = ['page.html', 'style.css'].map((name) =>
  readFileSync(new URL(name, import.meta.url), 'utf8'),
) as [string, string];
// Should a string slip through unescaped, the browser neither runs nor fetches it.
const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'`;

const shownTargets = 50;

const marks = { FAILED: 'bad', INCONCLUSIVE: 'known', PASSED: 'ok' } as const;
const words = Object.keys(marks);

/** One file without script or request; the worst target comes first. */
export function reportPage(all: readonly Report[], others: readonly string[] = []) {
  const sorted = all.toSorted((a, b) => words.indexOf(a.word) - words.indexOf(b.word));
  const reports = sorted.slice(0, shownTargets);
  const isMany = all.length > 1;
  const more =
    all.length > shownTargets &&
    markup`<p>${shownTargets} of ${all.length} targets are shown, those that failed first; every one has a report of its own beside this page.</p>`;
  const parts: Readonly<Record<string, unknown>> = {
    policy,
    style: `<style>${style}</style>`,
    word: sorted[0]?.word,
    headlines: markup`${more}${reports.map((each) => headline(each, isMany, others))}`,
    sections: markup`${reports.map((each) => sections(each, isMany))}`,
    table: markup`<div class="scroll" role="region" aria-label="Every requirement" tabindex="0">${requirementTable(reports)}</div>`,
  };
  return frame.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => String(parts[name]));
}

function headline(report: Report, isMany: boolean, others: readonly string[]) {
  const { word, reason, counts, since, name, baseUrl, suiteVersion, seed } = report;
  const files = [`${report.file}.md`, `${report.file}.json`, ...others, report.recording];
  const links = files.map(
    (path, i) => markup`${i > 0 && ', '}<a href="${addressOf(path)}">${path}</a>`,
  );
  return markup`<h1><span class="${marks[word]}">${word}</span> <span class="reason">${isMany && `${name}: `}${reason}</span></h1>
<p>${counts}</p>
<p>${since}</p>
<p class="quiet"><strong>${name}</strong> at <bdi>${baseUrl}</bdi> · ${timeText(report)} · suite ${suiteVersion} · seed ${seed}</p>
<p class="quiet">Beside this page: ${links}</p>`;
}

function addressOf(path: string) {
  return path.split(/[\\/]/).map(encodeURIComponent).join('/');
}

function sections({ name, findings, notes }: Report, isMany: boolean) {
  const section = (title: string, content: readonly Markup[]) =>
    content.length > 0 &&
    markup`<section><h2>${title} <span class="quiet">${content.length}</span></h2>\n${content}</section>\n`;
  const cards = (title: string, kind: Card['kind']) => {
    const mine = findings.filter((each) => each.kind === kind);
    return section(title, mine.map(findingCard));
  };
  const noted = (isFlaky: boolean) =>
    notes
      .filter(([what]) => (what === 'flaky') === isFlaky)
      .map(
        ([what, text]) =>
          markup`<p class="card ${what === 'fixed' ? 'ok' : 'info'}"><strong>${what}</strong> <bdi>${text}</bdi></p>\n`,
      );
  const flaky = noted(true);
  const isNamed = isMany && findings.length + notes.length > 0;
  return markup`${isNamed && markup`<p class="target"><strong>${name}</strong></p>`}
${cards('Failing', 'fails')}${section('Worth knowing', noted(false))}${cards('Warnings', 'warning')}${cards('Known deviations', 'known')}${flaky.length > 0 && markup`<details class="card note"><summary>${flaky.length} flaky, and conform now</summary>${flaky}</details>\n`}`;
}

function findingCard(finding: Card) {
  const { id, kind, requirement, where, wrong, source, lines } = finding;
  const title = markup`<code>${requirement}</code> <span class="quiet">on ${where}:</span> <bdi class="received">${wrong}</bdi>`;
  const inside = markup`<dl>${lines.map(([name, text]) => {
    const linked =
      name === 'rule' ? [text.slice(0, -source.length - 1), sourceMarkup(source), ')'] : text;
    return markup`<div><dt>${name}</dt><dd class="${name.replace(' ', '-')}"><bdi>${linked}</bdi></dd></div>`;
  })}</dl>\n${exchangeMarkup(finding)}`;
  return kind === 'fails'
    ? markup`<article class="card bad" id="${id}"><h3>${title}</h3>\n${inside}</article>\n`
    : markup`<details class="card ${kind === 'known' ? 'known' : 'note'}" id="${id}"><summary>${title}</summary>\n${inside}</details>\n`;
}

function exchangeMarkup({ exchange }: Card) {
  if (exchange === undefined) return '';
  const { title, why, ms, request, response, failure } = exchange;
  const lines =
    response &&
    messageLines(response).map((line) => [
      response.marked.includes(line) ? markup`<mark>${line}</mark>` : line,
      '\n',
    ]);
  return markup`<p class="quiet">${title}: ${why}</p>
<div class="sides">
<figure><figcaption>Request</figcaption><pre tabindex="0">${messageLines(request).join('\n')}</pre></figure>
<figure><figcaption>Response after ${ms} ms</figcaption>${lines && markup`<pre tabindex="0">${lines}</pre>`}${
    failure && markup`<p><mark>no whole response: ${failure}</mark></p>`
  }</figure>
</div>
<p class="quiet">To send the same request again, with your token in <code>GRAPH_ACCESS_TOKEN</code>:</p>
<pre tabindex="0" class="curl">${curlText(exchange)}</pre>`;
}
