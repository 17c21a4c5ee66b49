import { levels } from '../../../../schemas/operation.ts';
import { counted } from '../../../judge/text.ts';
import type { Report, TableRow } from '../../model/model.ts';
import { markup, sourceMarkup, timeText } from '../markup.ts';
import marks from './marks.json' with { type: 'json' };

const kinds = new Map(Object.entries(marks));

type Column = Pick<Report, 'history'> & { readonly rows: ReadonlyMap<string, TableRow> };

export function requirementTable(reports: readonly Report[]) {
  const columns = reports.map(({ verdicts, history }): Column => {
    const rows = new Map(verdicts.map((row) => [row.requirement, row]));
    return { history, rows };
  });
  const rows = [...new Map(columns.flatMap((each) => [...each.rows])).values()];
  const isMany = reports.length > 1;
  const statuses = columns.map(({ history }) => {
    const letters = history.map(({ status }) => status[0]).join('');
    return markup`<td>${sparkline(letters, history)}</td>`;
  });
  return markup`<table class="matrix${isMany && ' many'}">
<caption>One mark for each run, the latest on the right, its time on hover: ${legend('cdwk-')}</caption>
<thead><tr><th scope="col">requirement</th><th scope="col" class="text">what it says</th>${reports.map(
    ({ target }) => markup`<th scope="col">${isMany ? target : 'runs'}</th>`,
  )}</tr></thead>
<tbody><tr><th scope="row"><strong>the whole run</strong></th><td class="text quiet">${legend('PFI')}</td>${statuses}</tr></tbody>
${levels.map((level) => {
  const mine = rows.filter((row) => row.level === level).map((row) => rowMarkup(row, columns));
  return (
    mine.length > 0 &&
    markup`<tbody><tr class="level"><th scope="rowgroup" colspan="${reports.length + 2}">${level}</th></tr>\n${mine}</tbody>`
  );
})}</table>`;
}

function rowMarkup({ requirement, text, source }: TableRow, columns: readonly Column[]) {
  const mine = columns.map(({ rows }) => rows.get(requirement));
  const said = mine.flatMap((row) =>
    row && row.requests > 0 ? row.outcome !== 'conforms' && row.received : [],
  );
  const differs = new Set(said).size > 1 && markup` <span class="tag">targets differ</span>`;
  const conforms = mine.every((row) => row?.outcome === 'conforms');
  return markup`<tr id="${requirement}" class="${conforms && 'conforms'}"><th scope="row"><code>${requirement}</code>${differs}</th><td class="text quiet">${text} <span class="source">(${sourceMarkup(source)})</span></td>${mine.map(
    (row, i) => markup`<td>${row && cell(row, columns[i]?.history)}</td>`,
  )}</tr>\n`;
}

function cell({ marks, title, outcome, reason }: TableRow, history?: Report['history']) {
  const isOpen = ['untested', 'not applicable', 'error'].includes(outcome);
  const word = outcome !== 'conforms' && markup` <span class="quiet">${title}</span>`;
  const why = isOpen && markup`<details class="quiet"><summary>why</summary>${reason}</details>`;
  return markup`${outcome !== 'untested' && sparkline(marks, history)}${word}${why}`;
}

function legend(letters: string) {
  return [...letters].map(
    (each, i) => markup`${i > 0 && ', '}${sparkline(each)}&nbsp;${kinds.get(each)?.[1]}`,
  );
}

/** Width of a run, with the gap behind it, which the style sheet draws. */
const step = 6;

/** Tall where something deviates; runs in a row that are alike are one path. */
function sparkline(letters: string, runs: Report['history'] = []) {
  const streaks = [...letters.matchAll(/(.)\1*/g)].map(({ 0: { length }, 1: letter, index }) => {
    const [mark, name] = kinds.get(letter ?? '') ?? [];
    const times = [runs[index], runs[index + length - 1]].slice(0, length).map(timeText);
    const title = runs.length > 0 && markup`<title>${name}: ${times.join(' to ')}</title>`;
    return {
      label: `${name} in ${counted(length, 'run')}`,
      path: markup`<path class="${mark}" d="M${index * step} 7h${length * step}">${title}</path>`,
    };
  });
  const width = letters.length * step;
  const label = streaks.map((each) => each.label).join(', then ');
  return markup`<svg class="sparkline" role="img" aria-label="${label}" width="${width}" height="14" viewBox="0 0 ${width} 14" preserveAspectRatio="none">${streaks.map(({ path }) => path)}</svg>`;
}
