import {
  dateOf,
  type Regression,
  type RunRecord,
  type State,
  statesOf,
} from '../../../../schemas/files/history.ts';
import type { Verdict } from '../../../../schemas/files/report.ts';
import { differencesBetween } from '../../../history/across-targets.ts';
import { type Markup, markup } from '../markup.ts';
import { sparkline } from './sparkline.ts';

/** What the table knows of a requirement beyond its runs. */
type Row = Pick<Verdict, 'requirement' | 'level' | 'text'>;

interface Column {
  readonly runs: readonly RunRecord[];
  readonly route: 'me' | 'users';
}

/** Requirement × target × route, each with a strip of runs, and where targets differ. */
export function matrix(targets: readonly Regression[], verdicts: readonly Verdict[]): Markup {
  const lastNights = targets.flatMap(({ runs }) => runs.slice(-1));
  const different = differencesBetween(lastNights);
  const groups = targets.map(({ target, runs }) => {
    const routes = (['me', 'users'] as const).filter((route) =>
      runs.some((night) => [...statesOf(night).keys()].some((key) => key.endsWith(` ${route}`))),
    );
    const columns = (routes.length > 0 ? routes : (['me'] as const)).map(
      (route): Column => ({ runs, route }),
    );
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
<caption>One mark a night, tonight at the right: low where it conforms, tall where it deviates${spanOf(targets)}</caption>
<thead>${
    groups.length > 1 &&
    markup`<tr><td colspan="${lead}"></td>${groups.map(({ target, columns }) => markup`<th scope="colgroup" colspan="${columns.length}">${target}</th>`)}</tr>`
  }
<tr><th scope="col">requirement</th>${lead === 2 && markup`<th scope="col" class="text">what it says</th>`}${groups.map(({ columns }) => columns.map(({ route }) => markup`<th scope="col">/${route}</th>`))}</tr></thead>
${(['stated', 'shown', 'platform'] as const).map((level) => {
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
  const differs = ['me', 'users', 'both'].some((place) => different.has(`${requirement} ${place}`));
  return markup`<tr><th scope="row"><code>${requirement}</code>${
    differs && markup` <span class="tag">targets differ</span>`
  }</th>${withText && markup`<td class="text">${text}</td>`}${groups.map(({ columns }) => cells(requirement, columns))}</tr>
`;
}

function cells(requirement: string, columns: readonly Column[]): Markup[] {
  const [first] = columns;
  const both = `${requirement} both`;
  if (first?.runs.some((night) => statesOf(night).has(both)))
    return [cell(both, first.runs, columns.length)];
  return columns.map(({ runs, route }) => cell(`${requirement} ${route}`, runs, 1));
}

function cell(key: string, runs: readonly RunRecord[], span: number): Markup {
  const tonight = runs.at(-1);
  if (!runs.some((each) => statesOf(each).has(key))) return markup`<td></td>`;
  const word = tonight && wordOf(statesOf(tonight).get(key));
  return markup`<td${span > 1 && markup` colspan="${span}"`}>${sparkline(key, runs)}${word && markup` <span class="word">${word}</span>`}</td>`;
}

/** The outcome in words, where it is worth one. */
function wordOf(state: State | undefined): string | undefined {
  if (state === undefined || state.kind === 'conforms') return undefined;
  if (state.kind === 'silent') return 'not judged';
  const { finding } = state;
  return finding.warning ? 'advice' : finding.outcome;
}

function spanOf(targets: readonly Regression[]): string {
  const dates = targets.flatMap(({ runs }) => runs.map(dateOf)).sort();
  const [first, last] = [dates[0], dates.at(-1)];
  return first === undefined || first === last ? '' : `; ${first} to ${last}`;
}
