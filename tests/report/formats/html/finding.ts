import type { ComparedRun } from '../../../../schemas/files/history.ts';
import { type Change, isSameAt } from '../../../../schemas/files/history.ts';
import type { ShownExchange, ShownSide, Verdict } from '../../../../schemas/files/report.ts';
import { placeTitle, sinceTitle, verdictLines, wrongIn } from '../../../judge/wording.ts';
import { sourceParts } from '../../references.ts';
import { type Markup, markup } from '../markup.ts';

/** A finding with all that the page shows of it. */
interface PageFinding {
  readonly verdict: Verdict;
  /** Where it was made: what was found alike on both routes is one finding. */
  readonly routes: string[];
  readonly change: Change | undefined;
  /** What shows that it is flaky. */
  readonly flaky: string | undefined;
  readonly exchange: LinkedExchange | undefined;
}

/** An exchange with its id on the page; only the first finding that rests on it shows it. */
type LinkedExchange = ShownExchange & { readonly id: string; readonly isFirst: boolean };

/**
 * The findings behind some of a run's verdicts, in their order. `ids`: the exchanges of the run that
 * the page shows already, by their place in the recording; those of these findings are added.
 */
export function findingsIn(
  run: ComparedRun,
  verdicts: readonly Verdict[],
  ids: Map<string, string>,
): PageFinding[] {
  const findings: PageFinding[] = [];
  const { changes, flaky } = run.regression;
  for (const verdict of verdicts) {
    const change = changes.find((each) => isSameAt(each, verdict));
    const known = findings.find((each) => isSame(each, verdict, change));
    const route = placeTitle(verdict.route);
    if (known !== undefined) known.routes.push(route);
    else
      findings.push({
        verdict,
        routes: [route],
        change,
        flaky: flaky.find((each) => isSameAt(each, verdict))?.why,
        exchange: linkedExchange(run, verdict, ids),
      });
  }
  return findings;
}

function isSame(known: PageFinding, verdict: Verdict, change: Change | undefined): boolean {
  const alike = (['requirement', 'outcome', 'received', 'reason'] as const).every(
    (name) => known.verdict[name] === verdict[name],
  );
  return alike && known.change?.since === change?.since;
}

function linkedExchange(
  run: ComparedRun,
  verdict: Verdict,
  ids: Map<string, string>,
): LinkedExchange | undefined {
  const exchange = run.exchangeOf(verdict);
  if (exchange === undefined) return undefined;
  const place = verdict.exchange?.recorded ?? verdict.requirement;
  const known = ids.get(place);
  const id = known ?? `exchange-${run.report.run}-${ids.size + 1}`;
  ids.set(place, id);
  return { ...exchange, id, isFirst: known === undefined };
}

/** A finding to be read at once. `mark`: the class of its colour; `open`: whether its exchange is open. */
export function findingCard(finding: PageFinding, mark: string, open: boolean): Markup {
  const { requirement, level, text } = finding.verdict;
  return markup`<article class="card ${mark}" id="${anchorOf(finding.verdict)}">
<h3><code>${requirement}</code> <span class="quiet">${level} · ${text}</span></h3>
${linesMarkup(finding)}${exchangeDetails(finding, open)}
</article>
`;
}

/** A finding that can wait: one line, and the rest on demand. */
export function findingLine(finding: PageFinding, mark: string): Markup {
  const { verdict, routes, change, flaky } = finding;
  const since = flaky ?? (change && isOlder(change) ? `since ${sinceTitle(change)}` : '');
  return markup`<details class="card ${mark}" id="${anchorOf(verdict)}"><summary><code>${verdict.requirement}</code> <bdi class="received">${wrongIn(verdict)}</bdi> <span class="quiet">${[routes.join(' and '), since].filter(Boolean).join(' · ')}</span></summary>
<p class="quiet">${verdict.level} · ${verdict.text}</p>
${linesMarkup(finding)}${exchangeDetails(finding, false)}
</details>
`;
}

/** The anchor of a verdict on the page: the first card of a requirement, for links from elsewhere. */
export function anchorOf({ requirement, route }: Pick<Verdict, 'requirement' | 'route'>): string {
  return `${requirement}-on-${route}`;
}

function linesMarkup({ verdict, routes, change, flaky }: PageFinding): Markup {
  const [place, outcome, ...rest] = verdictLines(verdict, routes);
  const since = ['since', change && sinceLine(change)] as const;
  const lines = [place, outcome, since, ['flaky', flaky] as const, ...rest];
  return markup`<dl>${lines.map(
    (line) =>
      line?.[1] &&
      markup`<div><dt>${line[0]}</dt><dd class="${line[0]}"><bdi>${
        line[0] === 'documented' ? sourceMarkup(line[1]) : line[1]
      }</bdi></dd></div>`,
  )}</dl>
`;
}

/** A source with links to what it refers to. */
export function sourceMarkup(source: string): Markup[] {
  return sourceParts(source).map(({ text, url }) =>
    url === undefined ? markup`${text}` : markup`<a href="${url}">${text}</a>`,
  );
}

/** Whether an earlier run had it already: of what is new there is no "since". */
function isOlder({ kind, orEarlier }: Change): boolean {
  return orEarlier || (kind !== 'broke' && kind !== 'fixed');
}

function sinceLine(change: Change): string | undefined {
  const before = change.before === undefined ? undefined : `before it was: ${change.before}`;
  const since = isOlder(change) ? sinceTitle(change) : undefined;
  return [since, before].filter(Boolean).join('; ') || undefined;
}

/** Request and response side by side, with the part marked in which the finding lies. */
function exchangeDetails({ exchange, verdict }: PageFinding, open: boolean): Markup | '' {
  if (exchange === undefined) return '';
  const { id, title, why, ms, request, response, failure, curl } = exchange;
  if (!exchange.isFirst)
    return markup`<p class="quiet">The exchange is <a href="#${id}">the same as above</a>.</p>`;
  return markup`<details class="exchange" id="${id}"${open && markup` open`}><summary class="quiet">The exchange, and how to repeat it</summary>
<p class="quiet">${title}: ${why}</p>
<div class="sides">
<figure><figcaption>Request</figcaption>${sideMarkup(request, {})}</figure>
<figure><figcaption>Response after ${marked(`${ms} ms`, verdict.part === 'time')}</figcaption>${
    response && sideMarkup(response, verdict)
  }${failure && markup`<p><mark>no whole response: ${failure}</mark></p>`}</figure>
</div>
<p class="quiet">To send the same request again, with your token in <code>GRAPH_ACCESS_TOKEN</code>:</p>
<pre tabindex="0" class="curl">${curl}</pre></details>`;
}

function sideMarkup(
  { line, headers, body }: ShownSide,
  { part, header }: Pick<Verdict, 'part' | 'header'>,
): Markup {
  const sought = header?.toLowerCase();
  const isSought = ([name]: readonly [string, string]) => name.toLowerCase() === sought;
  return markup`<pre tabindex="0">${marked(line, part === 'status')}
${headers.map((each) => [marked(each.join(': '), isSought(each)), '\n'])}${
  sought !== undefined && !headers.some(isSought) && markup`<mark>(no ${sought})</mark>\n`
}
${marked(part === 'body' && body === '' ? '(no body)' : body, part === 'body')}</pre>`;
}

function marked(text: string, isMarked: boolean): Markup | string {
  return isMarked ? markup`<mark>${text}</mark>` : text;
}
