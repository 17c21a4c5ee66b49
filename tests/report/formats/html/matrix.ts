import { differencesBetween } from '../../../history/across-targets.ts';
import { dateOf, type Regression } from '../../../history/compare.ts';
import { type Night, type State, statesOf } from '../../../history/record.ts';
import type { Verdict } from '../../../judge/judge.ts';
import { type Markup, markup } from '../markup.ts';
import { strip } from './sparkline.ts';

/** What the table knows of a requirement beyond its nights. */
type Row = Pick<Verdict, 'requirement' | 'level' | 'text'>;

interface Column {
  readonly nights: readonly Night[];
  readonly route: 'me' | 'users';
}

/** Requirement × target × route, each with a strip of nights, and where targets differ. */
export function matrix(targets: readonly Regression[], verdicts: readonly Verdict[]): Markup {
  const lastNights = targets.flatMap(({ nights }) => nights.slice(-1));
  const different = differencesBetween(lastNights);
  const groups = targets.map(({ target, nights }) => {
    const routes = (['me', 'users'] as const).filter((route) =>
      nights.some((night) => [...statesOf(night).keys()].some((key) => key.endsWith(` ${route}`))),
    );
    const columns = (routes.length > 0 ? routes : (['me'] as const)).map(
      (route): Column => ({ nights, route }),
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
  if (first?.nights.some((night) => statesOf(night).has(both)))
    return [cell(both, first.nights, columns.length)];
  return columns.map(({ nights, route }) => cell(`${requirement} ${route}`, nights, 1));
}

function cell(key: string, nights: readonly Night[], span: number): Markup {
  const tonight = nights.at(-1);
  if (!nights.some((each) => statesOf(each).has(key))) return markup`<td></td>`;
  const word = tonight && wordOf(statesOf(tonight).get(key));
  return markup`<td${span > 1 && markup` colspan="${span}"`}>${strip(key, nights)}${word && markup` <span class="word">${word}</span>`}</td>`;
}

/** The outcome in words, where it is worth one. */
function wordOf(state: State | undefined): string | undefined {
  if (state === undefined || state.kind === 'conforms') return undefined;
  if (state.kind === 'silent') return 'not judged';
  const { finding } = state;
  return finding.advice ? 'advice' : finding.outcome;
}

function spanOf(targets: readonly Regression[]): string {
  const dates = targets.flatMap(({ nights }) => nights.map(dateOf)).sort();
  const [first, last] = [dates[0], dates.at(-1)];
  return first === undefined || first === last ? '' : `; ${first} to ${last}`;
}
