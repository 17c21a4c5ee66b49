import {
  type At,
  dateOf,
  judgedIn,
  type Regression,
  type RunRecord,
  type State,
  stateAt,
} from '../../../../schemas/files/history.ts';
import type { Verdict } from '../../../../schemas/files/report.ts';
import { levels, type Route, routes } from '../../../../schemas/operation.ts';
import { differingRequirements } from '../../../history/across-targets.ts';
import { counted } from '../../../judge/text.ts';
import { type Markup, markup } from '../markup.ts';
import { sourceMarkup } from './finding.ts';

/** The columns of one target: its runs, on each route that they judged. */
interface TargetColumns {
  readonly target: string;
  readonly runs: readonly RunRecord[];
  readonly routes: readonly Route[];
}

/** Requirement × target × route, each with its runs as a sparkline, and where targets differ. */
export function matrix(targets: readonly Regression[], verdicts: readonly Verdict[]): Markup {
  const columns = targets.map(columnsOf);
  const places = columns.reduce((sum, each) => sum + each.routes.length, 0);
  // Beside several targets there is no room for the sentence.
  const withText = places <= 2;
  const differing = differingRequirements(targets.flatMap(({ runs }) => runs.slice(-1)));
  const judged = verdicts.filter(({ outcome }) => outcome !== 'untested');
  const rows = [...new Map(judged.map((verdict) => [verdict.requirement, verdict])).values()];
  return markup`<table class="matrix${!withText && ' many'}">
<caption>One mark for each run, the latest on the right: low if the target conforms, tall if it deviates${spanOf(targets)}</caption>
${headMarkup(columns, withText)}
${levels.map((level) => {
  const mine = rows.filter((row) => row.level === level);
  return (
    mine.length > 0 &&
    markup`<tbody><tr class="level"><th scope="rowgroup" colspan="${(withText ? 2 : 1) + places}">${level}</th></tr>
${mine.map(
  ({
    requirement,
    text,
    source,
  }) => markup`<tr id="${requirement}"><th scope="row"><code>${requirement}</code>${
    differing.has(requirement) && markup` <span class="tag">targets differ</span>`
  }</th>${withText && markup`<td class="text quiet">${text} <span class="source">(${sourceMarkup(source)})</span></td>`}${columns.map((each) => cells(requirement, each))}</tr>
`,
)}</tbody>`
  );
})}</table>`;
}

function headMarkup(columns: readonly TargetColumns[], withText: boolean): Markup {
  const targets = columns.map(
    (each) => markup`<th scope="colgroup" colspan="${each.routes.length}">${each.target}</th>`,
  );
  const places = columns.flatMap((each) =>
    each.routes.map((route) => markup`<th scope="col">/${route}</th>`),
  );
  return markup`<thead>${columns.length > 1 && markup`<tr><td colspan="${withText ? 2 : 1}"></td>${targets}</tr>`}
<tr><th scope="col">requirement</th>${withText && markup`<th scope="col" class="text">what it says</th>`}${places}</tr></thead>`;
}

function columnsOf({ target, runs }: Regression): TargetColumns {
  const judged = new Set(runs.flatMap(judgedIn).map(({ route }) => route));
  const shown = routes.filter((route) => judged.has(route));
  return { target, runs, routes: shown.length > 0 ? shown : routes.slice(0, 1) };
}

function spanOf(targets: readonly Regression[]): string {
  const dates = targets.flatMap(({ runs }) => runs.map(dateOf)).sort();
  const [first, last] = [dates[0], dates.at(-1)];
  return first === undefined || first === last ? '' : `; ${first} to ${last}`;
}

/** What is judged over both routes stands under each of them. */
function cells(requirement: string, { runs, routes: shown }: TargetColumns): Markup[] {
  const both = { requirement, route: 'both' } as const;
  const isOverBoth = runs.some((run) => stateAt(run, both));
  return shown.map((route) => cell(isOverBoth ? both : { requirement, route }, runs));
}

function cell(at: At, runs: readonly RunRecord[]): Markup {
  const states = runs.map((run) => stateAt(run, at));
  if (states.every((state) => state === undefined)) return markup`<td></td>`;
  const word = wordOf(states.at(-1));
  return markup`<td>${sparkline(states)}${word && markup` <span class="quiet">${word}</span>`}</td>`;
}

/** The last run's outcome in words, where it is worth one. */
function wordOf(state: State | undefined): string | undefined {
  if (state === undefined || state.kind === 'conforms') return undefined;
  if (state.kind === 'silent') return 'no verdict';
  return state.finding.warning ? 'warning' : state.finding.outcome;
}

/** The marks of a run, which are classes of the style sheet, and what each is called when read aloud. */
const titles = {
  ok: 'conforms',
  bad: 'deviates',
  known: 'known deviation',
  note: 'warning',
  none: 'no verdict',
} as const;

/** Runs in a row with the same mark. */
interface Streak {
  readonly mark: keyof typeof titles;
  readonly from: number;
  to: number;
}

/** Width of a run, with the gap behind it; the gap itself is drawn by the style sheet. */
const step = 6;
const height = 14;

/** A requirement's runs as a row of marks: tall where it deviates, so that colour is not needed. */
function sparkline(states: readonly (State | undefined)[]): Markup {
  const streaks: Streak[] = [];
  for (const [i, state] of states.entries()) {
    const mark = markOf(state);
    const last = streaks.at(-1);
    if (last?.mark === mark) last.to = i + 1;
    else streaks.push({ mark, from: i, to: i + 1 });
  }
  const width = states.length * step;
  const label = streaks
    .map(({ mark, from, to }) => `${titles[mark]} in ${counted(to - from, 'run')}`)
    .join(', then ');
  return markup`<svg class="sparkline" role="img" aria-label="${label}" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" preserveAspectRatio="none">${streaks.map(
    ({ mark, from, to }) =>
      markup`<path class="${mark}" d="M${from * step} ${height / 2}H${to * step}"/>`,
  )}</svg>`;
}

function markOf(state: State | undefined): Streak['mark'] {
  if (state === undefined || state.kind === 'silent') return 'none';
  if (state.kind === 'conforms') return 'ok';
  if (state.finding.outcome === 'known deviation') return 'known';
  return state.finding.warning ? 'note' : 'bad';
}
