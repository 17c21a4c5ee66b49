import { keyOf } from '../../../../schemas/files/history.ts';
import { placeTitle, sinceTitle } from '../../wording.ts';
import { type Markup, markup } from '../markup.ts';
import type { Anchors } from './anchors.ts';
import { findingCard, findingLine, findingsIn, type PageRun } from './finding.ts';
import { sections } from './sections.ts';

/** Cards whose exchange is open from the start: more would push everything else away. */
const openCards = 2;

/** What nothing is compared with did not break. */
const firstTitles: Readonly<Record<string, string>> = { Broke: 'Found' };

/** What a reader of the morning asks for, the most urgent first. */
export function whatChanged(run: PageRun, shown: Anchors): Markup {
  const { report, regression } = run;
  const changes = new Map(regression.changes.map((change) => [keyOf(change), change]));
  const firstNight = regression.runs.length === 1;
  const placed = new Map<string, string>();
  for (const verdict of report.verdicts) {
    const home = sections.find(({ holds }) => holds(verdict, changes.get(keyOf(verdict))));
    if (home) placed.set(keyOf(verdict), home.title);
  }
  const [urgent, calm] = [
    sections.filter(({ open }) => open),
    sections.filter(({ open }) => !open),
  ];
  const cards = (some: typeof sections) =>
    some.map(({ title, mark, open }) => {
      const mine = report.verdicts.filter((verdict) => placed.get(keyOf(verdict)) === title);
      if (mine.length === 0) return '';
      return markup`<section><h2>${firstNight ? (firstTitles[title] ?? title) : title} <span class="count">${mine.length}</span></h2>
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
function listsOf({ report, regression }: PageRun): [title: string, mark: string, rows: Rows][] {
  const { changes, flaky, slower, added, withdrawn } = regression;
  const found = new Set(changes.map(keyOf));
  const title = (each: Parameters<typeof keyOf>[0]) =>
    `${each.requirement} · ${placeTitle(each.route)}`;
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
        `median ${each.now} ms over the last three nights, ${each.before} ms before`,
      ]),
    ],
    [
      'Flaky, but it conforms tonight',
      'note',
      flaky.filter((each) => !found.has(keyOf(each))).map((each) => [title(each), each.why]),
    ],
    ['Not judged', 'bad', notJudged(report.verdicts)],
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
function notJudged(verdicts: PageRun['report']['verdicts']): [string, string][] {
  const mine = verdicts.filter(({ outcome }) => outcome === 'not judged');
  return [...new Set(mine.map(({ reason = '' }) => reason))].map((reason) => [
    `${mine.filter((each) => (each.reason ?? '') === reason).length} verdicts`,
    reason,
  ]);
}
