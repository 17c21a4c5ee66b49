import { type At, type RunRecord, type State, stateAt } from '../../../../schemas/files/history.ts';
import { counted } from '../../../judge/wording.ts';
import { type Markup, markup } from '../markup.ts';

/** Width of a run, with the gap behind it; the gap itself is drawn by the style sheet. */
const step = 6;
const height = 14;

type Mark = 'ok' | 'bad' | 'known' | 'note' | 'none';

/** Runs in a row with the same mark. */
interface Row {
  readonly mark: Mark;
  readonly from: number;
  to: number;
}

/** How each mark is called where the row is read aloud. */
const title: Readonly<Record<Mark, string>> = {
  ok: 'conforms',
  bad: 'deviates',
  known: 'known deviation',
  note: 'warning',
  none: 'no verdict',
};

/** A requirement's runs as a row of marks: tall where it deviates, so that colour is not needed. */
export function sparkline(at: At, runs: readonly RunRecord[]): Markup {
  const rows: Row[] = [];
  for (const [i, run] of runs.entries()) {
    const mark = markOf(stateAt(run, at));
    const last = rows.at(-1);
    if (last?.mark === mark) last.to = i + 1;
    else rows.push({ mark, from: i, to: i + 1 });
  }
  const width = runs.length * step;
  return markup`<svg class="strip" role="img" aria-label="${spoken(rows)}" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" preserveAspectRatio="none">${rows.map(
    ({ mark, from, to }) =>
      markup`<path class="${mark}" d="M${from * step} ${height / 2}H${to * step}"/>`,
  )}</svg>`;
}

function markOf(state: State | undefined): Mark {
  if (state === undefined || state.kind === 'silent') return 'none';
  if (state.kind === 'conforms') return 'ok';
  if (state.finding.outcome === 'known deviation') return 'known';
  return state.finding.warning ? 'note' : 'bad';
}

function spoken(rows: readonly Row[]): string {
  return rows
    .map(({ mark, from, to }) => `${title[mark]} in ${counted(to - from, 'run')}`)
    .join(', then ');
}
