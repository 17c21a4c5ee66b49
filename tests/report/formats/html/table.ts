import { levels } from '../../../../schemas/operation.ts';
import { counted } from '../../../judge/text.ts';
import type { Report, Row } from '../../model/model.ts';
import { type Markup, markup, sourceMarkup } from '../markup.ts';

/** Requirement × target, each with its runs as a row of marks, and where targets differ. */
export function requirementTable(reports: readonly Report[]): Markup {
  const all = reports.flatMap(({ verdicts }) => verdicts);
  const rows = [...new Map(all.map((row) => [row.requirement, row])).values()];
  const byId = reports.map(
    ({ verdicts }) => new Map(verdicts.map((row) => [row.requirement, row])),
  );
  const isMany = reports.length > 1;
  return markup`<table class="matrix${isMany && ' many'}">
<caption>One mark for each run, the latest on the right: ${legend()}</caption>
<thead><tr><th scope="col">requirement</th><th scope="col" class="text">what it says</th>${reports.map(
    ({ target }) => markup`<th scope="col">${isMany ? target : 'runs'}</th>`,
  )}</tr></thead>
${levels.map((level) => {
  const mine = rows.filter((row) => row.level === level);
  return (
    mine.length > 0 &&
    markup`<tbody><tr class="level"><th scope="rowgroup" colspan="${reports.length + 2}">${level}</th></tr>
${mine.map((row) =>
  requirementRow(
    row,
    byId.map((each) => each.get(row.requirement)),
  ),
)}</tbody>`
  );
})}</table>`;
}

/** `mine`: the requirement at each target. */
function requirementRow(
  { requirement, text, source }: Row,
  mine: readonly (Row | undefined)[],
): Markup {
  const said = mine.flatMap((row) => (row && row.requests > 0 ? saidBy(row) : []));
  const differs = new Set(said).size > 1;
  return markup`<tr id="${requirement}"><th scope="row"><code>${requirement}</code>${
    differs && markup` <span class="tag">targets differ</span>`
  }</th><td class="text quiet">${text} <span class="source">(${sourceMarkup(source)})</span></td>${mine.map(
    (row) => markup`<td>${row && cell(row)}</td>`,
  )}</tr>
`;
}

function saidBy({ outcome, received }: Row): string {
  return outcome === 'conforms' ? '' : received;
}

/** The runs; where nothing was judged also why. */
function cell({ marks, title, outcome, reason }: Row): Markup {
  const isOpen = ['untested', 'not applicable', 'error'].includes(outcome);
  const word = outcome !== 'conforms' && markup` <span class="quiet">${title}</span>`;
  const why =
    isOpen && reason && markup`<details class="quiet"><summary>why</summary>${reason}</details>`;
  return markup`${outcome !== 'untested' && sparkline(marks)}${word}${why}`;
}

/** The marks of a run: the letter, its class in the style sheet, and what it is called. */
const kinds: Readonly<Record<string, readonly [mark: string, title: string]>> = {
  c: ['ok', 'conforms'],
  d: ['bad', 'deviates'],
  w: ['note', 'warning'],
  k: ['known', 'known deviation'],
  '-': ['none', 'no verdict'],
};

function legend(): Markup[] {
  return Object.entries(kinds).map(
    ([letter, [, title]], i) => markup`${i > 0 && ', '}${sparkline(letter)} ${title}`,
  );
}

/** Width of a run, with the gap behind it; the gap itself is drawn by the style sheet. */
const step = 6;
const height = 14;

/** A requirement's runs as a row of marks: tall where it deviates, so that colour is not needed. */
function sparkline(marks: string): Markup {
  const streaks = [...marks.matchAll(/(.)\1*/g)].map((match) => {
    const [mark, title] = kinds[match[1] ?? '-'] ?? ['none', 'no verdict'];
    return { mark, title, from: match.index, length: match[0].length };
  });
  const label = streaks.map(({ title, length }) => `${title} in ${counted(length, 'run')}`);
  const width = marks.length * step;
  return markup`<svg class="sparkline" role="img" aria-label="${label.join(', then ')}" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" preserveAspectRatio="none">${streaks.map(
    ({ mark, from, length }) =>
      markup`<path class="${mark}" d="M${from * step} ${height / 2}H${(from + length) * step}"/>`,
  )}</svg>`;
}
