import { type At, isSameAt } from '../../../../schemas/files/history.ts';
import type { Verdict } from '../../../../schemas/files/report.ts';
import { placeTitle } from '../../../judge/wording.ts';
import { sinceTitle } from '../../headline.ts';
import type { ComparedRun } from '../../runs.ts';
import { type Markup, markup } from '../markup.ts';
import type { Anchors } from './anchors.ts';
import { findingCard, findingLine, findingsIn } from './finding.ts';
import { type Section, sections } from './sections.ts';

/** Cards whose exchange is open from the start: more would push everything else away. */
const openCards = 2;

/** What nothing is compared with did not break. */
const firstTitles: Readonly<Record<string, string>> = { Broke: 'Found' };

/** What a reader asks for first, the most urgent first. */
export function whatChanged(run: ComparedRun, shown: Anchors): Markup {
  const { report, regression } = run;
  const firstRun = regression.runs.length === 1;
  const placed = new Map<Verdict, Section>();
  for (const verdict of report.verdicts) {
    const change = regression.changes.find((each) => isSameAt(each, verdict));
    const home = sections.find(({ holds }) => holds(verdict, change));
    if (home) placed.set(verdict, home);
  }
  const [urgent, calm] = [
    sections.filter(({ open }) => open),
    sections.filter(({ open }) => !open),
  ];
  const cards = (some: typeof sections) =>
    some.map((section) => {
      const { title, mark, open } = section;
      const mine = report.verdicts.filter((verdict) => placed.get(verdict) === section);
      if (mine.length === 0) return '';
      return markup`<section><h2>${firstRun ? (firstTitles[title] ?? title) : title} <span class="count">${mine.length}</span></h2>
${findingsIn(run, mine).map((finding, i) =>
  open
    ? findingCard(run, finding, shown, { mark, open: i < openCards })
    : findingLine(run, finding, shown, mark),
)}</section>`;
    });
  return markup`${cards(urgent)}
${listsOf(run).map(([title, mark, rows]) => list(title, mark, rows))}
${cards(calm)}`;
}

type Rows = readonly (readonly [name: string, text: string])[];

/** What has no exchange to show. */
function listsOf({ report, regression }: ComparedRun): [title: string, mark: string, rows: Rows][] {
  const { changes, flaky, slower, added, withdrawn } = regression;
  const isFound = (each: At) => changes.some((change) => isSameAt(change, each));
  const title = (each: At) => `${each.requirement} · ${placeTitle(each.route)}`;
  const fixed = changes.filter(({ kind }) => kind === 'fixed');
  return [
    [
      'Fixed',
      'ok',
      fixed.map((each) => [title(each), `was “${each.received}” since ${sinceTitle(each)}`]),
    ],
    [
      'Slower',
      'note',
      slower.map((each) => [
        `/${each.route}`,
        `median ${each.now} ms over the last three runs, ${each.before} ms before`,
      ]),
    ],
    [
      'Flaky, but it conforms now',
      'note',
      flaky.filter((each) => !isFound(each)).map((each) => [title(each), each.why]),
    ],
    ['Errors', 'bad', errors(report.verdicts)],
    ['Judged for the first time', 'info', added.map((id) => [id, ''])],
    ['No longer judged', 'info', withdrawn.map((id) => [id, ''])],
  ];
}

function list(title: string, mark: string, rows: Rows): Markup | '' {
  if (rows.length === 0) return '';
  return markup`<section><h2>${title} <span class="count">${rows.length}</span></h2>
<ul class="card ${mark}">${rows.map(([name, text]) => markup`<li><code>${name}</code> ${text && markup`<bdi>${text}</bdi>`}</li>`)}</ul></section>`;
}

/** One cause stands behind many verdicts: a line for each. */
function errors(verdicts: readonly Verdict[]): [string, string][] {
  const mine = verdicts.filter(({ outcome }) => outcome === 'error');
  return [...new Set(mine.map(({ reason = '' }) => reason))].map((reason) => [
    `${mine.filter((each) => (each.reason ?? '') === reason).length} verdicts`,
    reason,
  ]);
}
