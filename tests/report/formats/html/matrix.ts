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
import { type Markup, markup } from '../markup.ts';
import { sparkline } from './sparkline.ts';

/** What the table knows of a requirement beyond its runs. */
type Row = Pick<Verdict, 'requirement' | 'level' | 'text'>;

interface Column {
  readonly runs: readonly RunRecord[];
  readonly route: Route;
}

/** Requirement × target × route, each with its runs as a sparkline, and where targets differ. */
export function matrix(targets: readonly Regression[], verdicts: readonly Verdict[]): Markup {
  const different = differingRequirements(targets.flatMap(({ runs }) => runs.slice(-1)));
  const groups = targets.map(({ target, runs }) => {
    const asked = new Set(runs.flatMap(judgedIn).map(({ route }) => route));
    const shown = routes.filter((route) => asked.has(route));
    const columns = (shown.length > 0 ? shown : routes.slice(0, 1)).map((route) => ({
      runs,
      route,
    }));
    return { target, columns };
  });
  const rows = [
    ...new Map(
      verdicts
        .filter(({ outcome }) => outcome !== 'untested')
        .map((verdict): [string, Row] => [verdict.requirement, verdict]),
    ).values(),
  ];
  const places = groups.reduce((sum, { columns }) => sum + columns.length, 0);
  // Beside several targets there is no room for the sentence.
  const lead = places > 2 ? 1 : 2;
  return markup`<table class="${lead === 1 ? 'matrix many' : 'matrix'}">
<caption>One mark a run, the latest at the right: low where it conforms, tall where it deviates${spanOf(targets)}</caption>
<thead>${
    groups.length > 1 &&
    markup`<tr><td colspan="${lead}"></td>${groups.map(({ target, columns }) => markup`<th scope="colgroup" colspan="${columns.length}">${target}</th>`)}</tr>`
  }
<tr><th scope="col">requirement</th>${lead === 2 && markup`<th scope="col" class="text">what it says</th>`}${groups.map(({ columns }) => columns.map(({ route }) => markup`<th scope="col">/${route}</th>`))}</tr></thead>
${levels.map((level) => {
  const mine = rows.filter((row) => row.level === level);
  return (
    mine.length > 0 &&
    markup`<tbody><tr class="level"><th scope="rowgroup" colspan="${lead + places}">${level}</th></tr>
${mine.map((row) => requirementRow(row, groups, different, lead === 2))}</tbody>`
  );
})}</table>`;
}

function requirementRow(
  { requirement, text }: Row,
  groups: readonly { target: string; columns: readonly Column[] }[],
  different: ReadonlySet<string>,
  withText: boolean,
): Markup {
  return markup`<tr><th scope="row"><code>${requirement}</code>${
    different.has(requirement) && markup` <span class="tag">targets differ</span>`
  }</th>${withText && markup`<td class="text">${text}</td>`}${groups.map(({ columns }) => cells(requirement, columns))}</tr>
`;
}

function cells(requirement: string, columns: readonly Column[]): Markup[] {
  const [first] = columns;
  const both = { requirement, route: 'both' } as const;
  if (first?.runs.some((run) => stateAt(run, both)))
    return [cell(both, first.runs, columns.length)];
  return columns.map(({ runs, route }) => cell({ requirement, route }, runs, 1));
}

function cell(at: At, runs: readonly RunRecord[], span: number): Markup {
  const last = runs.at(-1);
  if (!runs.some((run) => stateAt(run, at))) return markup`<td></td>`;
  const word = last && wordOf(stateAt(last, at));
  return markup`<td${span > 1 && markup` colspan="${span}"`}>${sparkline(at, runs)}${word && markup` <span class="word">${word}</span>`}</td>`;
}

/** The outcome in words, where it is worth one. */
function wordOf(state: State | undefined): string | undefined {
  if (state === undefined || state.kind === 'conforms') return undefined;
  if (state.kind === 'silent') return 'no verdict';
  const { finding } = state;
  return finding.warning ? 'warning' : finding.outcome;
}

function spanOf(targets: readonly Regression[]): string {
  const dates = targets.flatMap(({ runs }) => runs.map(dateOf)).sort();
  const [first, last] = [dates[0], dates.at(-1)];
  return first === undefined || first === last ? '' : `; ${first} to ${last}`;
}
