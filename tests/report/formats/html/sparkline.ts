import { type RunRecord, type State, statesOf } from '../../../../schemas/files/history.ts';
import { type Markup, markup } from '../markup.ts';

/** Width of a night, with the gap behind it; the gap itself is drawn by the style sheet. */
const night = 6;
const height = 14;

type Mark = 'ok' | 'bad' | 'known' | 'note' | 'none';

/** How each mark is called where the strip is read aloud. */
const title: Readonly<Record<Mark, string>> = {
  ok: 'conforms',
  bad: 'deviates',
  known: 'known deviation',
  note: 'advice',
  none: 'not judged',
};

/** A requirement's nights as a row of marks: tall where it deviates, so that colour is not needed. */
export function sparkline(key: string, nights: readonly RunRecord[]): Markup {
  const runs: { mark: Mark; from: number; to: number }[] = [];
  for (const [i, each] of nights.entries()) {
    const mark = markOf(statesOf(each).get(key));
    const last = runs.at(-1);
    if (last?.mark === mark) last.to = i + 1;
    else runs.push({ mark, from: i, to: i + 1 });
  }
  const width = nights.length * night;
  return markup`<svg class="strip" role="img" aria-label="${spoken(runs)}" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" preserveAspectRatio="none">${runs.map(
    ({ mark, from, to }) =>
      markup`<path class="${mark}" d="M${from * night} ${height / 2}H${to * night}"/>`,
  )}</svg>`;
}

export function markOf(state: State | undefined): Mark {
  if (state === undefined || state.kind === 'silent') return 'none';
  if (state.kind === 'conforms') return 'ok';
  if (state.finding.outcome === 'known deviation') return 'known';
  return state.finding.warning ? 'note' : 'bad';
}

function spoken(runs: readonly { mark: Mark; from: number; to: number }[]): string {
  return runs
    .map(
      ({ mark, from, to }) => `${title[mark]} ${to - from} ${to - from === 1 ? 'night' : 'nights'}`,
    )
    .join(', then ');
}
