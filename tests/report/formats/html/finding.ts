import { type Change, type Compared, keyOf } from '../../../../schemas/files/history.ts';
import type { Verdict } from '../../../../schemas/files/report.ts';
import type { ShownExchange } from '../../exchange-view.ts';
import { outcomeTitle, placeTitle, sinceTitle } from '../../wording.ts';
import { type Markup, markup } from '../markup.ts';
import type { Anchors } from './anchors.ts';
import { exchangeMarkup } from './exchange.ts';

/** A run on the page: the verdicts, the nights before, and the exchange behind a verdict. */
export interface PageRun extends Compared {
  readonly exchangeOf: (verdict: Verdict) => ShownExchange | undefined;
}

/** The same finding in one place or in several. */
interface Finding {
  readonly verdict: Verdict;
  readonly change: Change | undefined;
  readonly routes: readonly string[];
}

/** What was found alike on both routes is one finding. */
export function findingsIn(run: PageRun, verdicts: readonly Verdict[]): Finding[] {
  const findings = new Map<string, Finding>();
  for (const verdict of verdicts) {
    const change = run.regression.changes.find((each) => keyOf(each) === keyOf(verdict));
    const { requirement, outcome, received, reason = '' } = verdict;
    const key = JSON.stringify([requirement, outcome, received, reason, change?.since]);
    const known = findings.get(key);
    const routes = [...(known?.routes ?? []), placeTitle(verdict.route)];
    findings.set(key, { verdict: known?.verdict ?? verdict, change, routes });
  }
  return [...findings.values()];
}

/** A finding to be read at once: its lines, since when, and the exchange. */
export function findingCard(
  run: PageRun,
  finding: Finding,
  shown: Anchors,
  look: { mark: string; open: boolean },
): Markup {
  const { requirement, level, text } = finding.verdict;
  return markup`<article class="card ${look.mark}">
<h3><code>${requirement}</code> <span class="quiet">${level} · ${text}</span></h3>
${inside(run, finding, shown, look.open)}
</article>
`;
}

/** A finding that can wait: one line, and the rest on demand. */
export function findingLine(run: PageRun, finding: Finding, shown: Anchors, mark: string): Markup {
  const { verdict, change } = finding;
  return markup`<details class="card ${mark}"><summary><code>${verdict.requirement}</code> <bdi class="received">${verdict.received}</bdi>${
    change &&
    markup` <span class="quiet">${flakyWhy(run, verdict) ?? `since ${sinceTitle(change)}`}</span>`
  }</summary>
<p class="quiet">${verdict.level} · ${verdict.text}</p>
${inside(run, finding, shown, false)}
</details>
`;
}

function inside(
  run: PageRun,
  { verdict, change, routes }: Finding,
  shown: Anchors,
  open: boolean,
): Markup {
  const { level, source, expected, received, detail, reason, requirement } = verdict;
  const lines: [string, string | undefined][] = [
    [routes.length > 1 ? 'routes' : 'route', routes.join('\n')],
    [
      'outcome',
      `${outcomeTitle(verdict)}${level === 'shown' ? ' · only the example shows it' : ''}`,
    ],
    ['since', change && sinceLine(change)],
    ['flaky', flakyWhy(run, verdict)],
    ['documented', source],
    ['expected', expected],
    ['received', received],
    ['detail', detail],
    ['because', reason],
    ['exchange', evidenceLine(verdict)],
  ];
  const exchange = run.exchangeOf(verdict);
  return markup`<dl>${lines.map(
    ([name, value]) =>
      value && markup`<div><dt>${name}</dt><dd class="${name}"><bdi>${value}</bdi></dd></div>`,
  )}</dl>
${exchange && exchangeDetails(exchange, verdict, shown.of(run.report.run, verdict.exchange?.recorded ?? requirement), open)}`;
}

function flakyWhy({ regression }: PageRun, verdict: Verdict): string | undefined {
  return regression.flaky.find((each) => keyOf(each) === keyOf(verdict))?.why;
}

function exchangeDetails(
  exchange: ShownExchange,
  { part }: Verdict,
  { id, first }: { id: string; first: boolean },
  open: boolean,
): Markup {
  if (!first)
    return markup`<p class="quiet">The exchange is <a href="#${id}">the same as above</a>.</p>`;
  return markup`<details class="exchange" id="${id}"${open && markup` open`}><summary>The exchange, and how to repeat it</summary>
${exchangeMarkup(exchange, part)}</details>`;
}

function sinceLine(change: Change): string {
  const before = change.before === undefined ? '' : `; before it was: ${change.before}`;
  return `${sinceTitle(change)}${change.kind === 'broke' ? ', tonight for the first time' : ''}${before}`;
}

function evidenceLine({ exchange }: Verdict): string | undefined {
  if (exchange === undefined) return undefined;
  const { request, requestId, at, recorded } = exchange;
  return [request, requestId && `request-id ${requestId}`, at, recorded].filter(Boolean).join(', ');
}
