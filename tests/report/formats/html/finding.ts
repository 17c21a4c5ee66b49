import { type Change, isSameAt } from '../../../../schemas/files/history.ts';
import type { ShownExchange, Verdict } from '../../../../schemas/files/report.ts';
import { placeTitle } from '../../../judge/wording.ts';
import { sinceTitle } from '../../headline.ts';
import { verdictLines } from '../../message.ts';
import type { ComparedRun } from '../../runs.ts';
import { type Markup, markup } from '../markup.ts';
import type { Anchors } from './anchors.ts';
import { exchangeMarkup } from './exchange.ts';

/** The same finding in one place or in several. */
interface Finding {
  readonly verdict: Verdict;
  readonly change: Change | undefined;
  readonly routes: readonly string[];
}

/** What was found alike on both routes is one finding. */
export function findingsIn(run: ComparedRun, verdicts: readonly Verdict[]): Finding[] {
  const findings: (Finding & { routes: string[] })[] = [];
  for (const verdict of verdicts) {
    const change = run.regression.changes.find((each) => isSameAt(each, verdict));
    const known = findings.find((each) => isSame(each, verdict, change));
    const title = placeTitle(verdict.route);
    if (known === undefined) findings.push({ verdict, change, routes: [title] });
    else known.routes.push(title);
  }
  return findings;
}

function isSame(known: Finding, verdict: Verdict, change: Change | undefined): boolean {
  const alike = (['requirement', 'outcome', 'received', 'reason'] as const).every(
    (name) => known.verdict[name] === verdict[name],
  );
  return alike && known.change?.since === change?.since;
}

/** A finding to be read at once: its lines, since when, and the exchange. */
export function findingCard(
  run: ComparedRun,
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
export function findingLine(
  run: ComparedRun,
  finding: Finding,
  shown: Anchors,
  mark: string,
): Markup {
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
  run: ComparedRun,
  { verdict, change, routes }: Finding,
  shown: Anchors,
  open: boolean,
): Markup {
  const [place, outcome, ...rest] = verdictLines(verdict, routes);
  const lines = [
    place,
    outcome,
    ['since', change && sinceLine(change)] as const,
    ['flaky', flakyWhy(run, verdict)] as const,
    ...rest,
  ];
  const exchange = run.exchangeOf(verdict);
  return markup`<dl>${lines.map(
    (line) =>
      line?.[1] &&
      markup`<div><dt>${line[0]}</dt><dd class="${line[0]}"><bdi>${line[1]}</bdi></dd></div>`,
  )}</dl>
${exchange && exchangeDetails(exchange, verdict, shown.of(run.report.run, verdict.exchange?.recorded ?? verdict.requirement), open)}`;
}

function flakyWhy({ regression }: ComparedRun, verdict: Verdict): string | undefined {
  return regression.flaky.find((each) => isSameAt(each, verdict))?.why;
}

function exchangeDetails(
  exchange: ShownExchange,
  verdict: Verdict,
  { id, first }: { id: string; first: boolean },
  open: boolean,
): Markup {
  if (!first)
    return markup`<p class="quiet">The exchange is <a href="#${id}">the same as above</a>.</p>`;
  return markup`<details class="exchange" id="${id}"${open && markup` open`}><summary>The exchange, and how to repeat it</summary>
${exchangeMarkup(exchange, verdict)}</details>`;
}

function sinceLine(change: Change): string {
  const before = change.before === undefined ? '' : `; before it was: ${change.before}`;
  return `${sinceTitle(change)}${change.kind === 'broke' ? ', now for the first time' : ''}${before}`;
}
