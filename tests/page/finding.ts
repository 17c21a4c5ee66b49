import { outcomeTitle, placeTitle } from '../message.ts';
import { type Compared, sinceTitle } from '../night-sentence.ts';
import type { Change } from '../regression.ts';
import type { ShownExchange } from '../shown-exchange.ts';
import type { Verdict } from '../verdict.ts';
import { exchangeMarkup } from './exchange.ts';
import { type Markup, markup } from './markup.ts';

/** A run on the page: the verdicts, the nights before, and the exchange behind a verdict. */
export interface PageRun extends Compared {
  readonly exchangeOf: (verdict: Verdict) => ShownExchange | undefined;
}

/** Shows each exchange once, and refers to it from every further verdict that rests on it. */
export class ShownOnce {
  readonly #ids = new Map<string, string>();

  /** The id to show it under, or the id under which it was shown. */
  of(run: string, evidence: string): { id: string; first: boolean } {
    const key = `${run} ${evidence}`;
    const known = this.#ids.get(key);
    const id = known ?? `exchange-${this.#ids.size + 1}`;
    this.#ids.set(key, id);
    return { id, first: known === undefined };
  }
}

/** One verdict as a card: its lines, since when, and the exchange. `open`: to be read at once. */
export function findingCard(
  { report, regression, exchangeOf }: PageRun,
  verdict: Verdict,
  shown: ShownOnce,
  look: { mark: string; open: boolean },
): Markup {
  const { requirement, level, text, route, source, expected, received, detail, reason } = verdict;
  const change = regression.changes.find(
    (each) => each.requirement === requirement && each.route === route,
  );
  const lines: [string, string | undefined][] = [
    ['route', placeTitle(route)],
    [
      'outcome',
      `${outcomeTitle(verdict)}${level === 'shown' ? ' · only the example shows it' : ''}`,
    ],
    ['since', change && change.kind !== 'fixed' ? sinceLine(change) : undefined],
    ['documented', source],
    ['expected', expected],
    ['received', detail ? `${received} (${detail})` : received],
    ['because', reason],
    ['exchange', evidenceLine(verdict)],
  ];
  const exchange = exchangeOf(verdict);
  return markup`<article class="card ${look.mark}">
<h3><code>${requirement}</code> <span class="quiet">${level} · ${text}</span></h3>
<dl>${lines.map(
    ([name, value]) =>
      value && markup`<div><dt>${name}</dt><dd class="${name}"><bdi>${value}</bdi></dd></div>`,
  )}</dl>
${exchange && exchangeDetails(exchange, verdict, shown.of(report.run, verdict.exchange?.recorded ?? requirement), look.open)}
</article>
`;
}

function exchangeDetails(
  exchange: ShownExchange,
  { part }: Verdict,
  { id, first }: { id: string; first: boolean },
  open: boolean,
): Markup {
  if (!first) return markup`<p class="quiet">The exchange is <a href="#${id}">shown above</a>.</p>`;
  return markup`<details id="${id}"${open && markup` open`}><summary>The exchange, and how to repeat it</summary>
${exchangeMarkup(exchange, part)}</details>`;
}

function sinceLine(change: Change): string {
  const before = change.before === undefined ? '' : `; the night before: ${change.before}`;
  return `${sinceTitle(change)}${change.kind === 'broke' ? ', tonight for the first time' : ''}${before}`;
}

function evidenceLine({ exchange }: Verdict): string | undefined {
  if (exchange === undefined) return undefined;
  const { call, requestId, at, recorded } = exchange;
  return [call, requestId && `request-id ${requestId}`, at, recorded].filter(Boolean).join(', ');
}
