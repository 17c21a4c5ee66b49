import type { ComparedRun } from '../../../../schemas/files/history.ts';
import { type At, type Change, isSameAt } from '../../../../schemas/files/history.ts';
import type { Outcome, Verdict } from '../../../../schemas/files/report.ts';
import { counted } from '../../../judge/text.ts';
import { isWarning, placeTitle, sinceTitle } from '../../../judge/wording.ts';
import { type Markup, markup } from '../markup.ts';
import { findingCard, findingLine, findingsIn } from './finding.ts';

/** A heading of the page with the verdicts below it; `open`: they are to be read at once. */
interface Section {
  readonly title: string;
  /** The class of its colour. */
  readonly mark: string;
  readonly open: boolean;
  readonly holds: (verdict: Verdict, change: Change | undefined) => boolean;
}

/** In the order in which a reader needs them; each verdict stands under the first that holds it. */
const sections: readonly Section[] = [
  { title: 'New', mark: 'bad', open: true, holds: failureThat('broke') },
  { title: 'Changed', mark: 'bad', open: true, holds: failureThat('changed') },
  { title: 'Still failing', mark: 'bad', open: false, holds: failureThat('still') },
  { title: 'Flaky', mark: 'note', open: false, holds: failureThat('flaky') },
  {
    title: 'Stale: declared, but it conforms now',
    mark: 'info',
    open: false,
    holds: outcomeIs('stale deviation'),
  },
  { title: 'Known deviations', mark: 'known', open: false, holds: outcomeIs('known deviation') },
  { title: 'Warnings', mark: 'note', open: false, holds: isWarning },
];

function failureThat(kind: Change['kind']): Section['holds'] {
  return (verdict, change) => change?.kind === kind && !isWarning(verdict);
}

function outcomeIs(outcome: Outcome): Section['holds'] {
  return (verdict) => verdict.outcome === outcome;
}

/** Cards whose exchange is open from the start: more would push everything else away. */
const openCards = 2;

/** What became of the contract since the previous run: what a reader asks for first, the most urgent first. */
export function whatChanged(run: ComparedRun): Markup {
  const placed = placedIn(run);
  const exchangeIds = new Map<string, string>();
  const show = (section: Section): Markup | '' => {
    const { mark, open } = section;
    const verdicts = run.report.verdicts.filter((verdict) => placed.get(verdict) === section);
    const rows = findingsIn(run, verdicts, exchangeIds).map((finding, i) =>
      open ? findingCard(finding, mark, i < openCards) : findingLine(finding, mark),
    );
    return sectionMarkup(titleOf(section, run), rows.length, rows);
  };
  // The order counts: the first finding that rests on an exchange shows it.
  return markup`${sections.filter(({ open }) => open).map(show)}
${listsOf(run).map(listMarkup)}
${sections.filter(({ open }) => !open).map(show)}`;
}

function placedIn({ report, regression }: ComparedRun): Map<Verdict, Section> {
  const placed = new Map<Verdict, Section>();
  for (const verdict of report.verdicts) {
    const change = regression.changes.find((each) => isSameAt(each, verdict));
    const section = sections.find(({ holds }) => holds(verdict, change));
    if (section) placed.set(verdict, section);
  }
  return placed;
}

/** What nothing is compared with did not break. */
function titleOf({ title }: Section, { regression }: ComparedRun): string {
  return title === 'New' && regression.runs.length === 1 ? 'Found' : title;
}

function sectionMarkup(title: string, count: number, content: Markup | Markup[]): Markup | '' {
  if (count === 0) return '';
  return markup`<section><h2>${title} <span class="quiet">${count}</span></h2>
${content}</section>`;
}

interface Row {
  readonly name: string;
  readonly text?: string;
}

interface List {
  readonly title: string;
  readonly mark: string;
  readonly rows: readonly Row[];
}

function listMarkup({ title, mark, rows }: List): Markup | '' {
  const items = rows.map(
    ({ name, text }) => markup`<li><code>${name}</code> ${text && markup`<bdi>${text}</bdi>`}</li>`,
  );
  return sectionMarkup(title, rows.length, markup`<ul class="card ${mark}">${items}</ul>`);
}

/** What has no exchange to show. */
function listsOf({ report, regression }: ComparedRun): List[] {
  const { changes, flaky, slower, added, withdrawn } = regression;
  const name = (each: At) => `${each.requirement} · ${placeTitle(each.route)}`;
  const fixed = changes
    .filter(({ kind }) => kind === 'fixed')
    .map((each) => ({
      name: name(each),
      text: `was “${each.received}” since ${sinceTitle(each)}`,
    }));
  const slow = slower.map(({ route, now, before }) => ({
    name: `/${route}`,
    text: `median ${now} ms over the last three runs, ${before} ms before`,
  }));
  const conformingNow = flaky
    .filter((each) => !changes.some((change) => isSameAt(change, each)))
    .map((each) => ({ name: name(each), text: each.why }));
  return [
    { title: 'Fixed', mark: 'ok', rows: fixed },
    { title: 'Slower', mark: 'note', rows: slow },
    { title: 'Flaky, but it conforms now', mark: 'note', rows: conformingNow },
    { title: 'Errors', mark: 'bad', rows: errorsIn(report.verdicts) },
    { title: 'Judged for the first time', mark: 'info', rows: added.map((id) => ({ name: id })) },
    { title: 'No longer judged', mark: 'info', rows: withdrawn.map((id) => ({ name: id })) },
  ];
}

/** One cause stands behind many errors: a row for each cause. */
function errorsIn(verdicts: readonly Verdict[]): Row[] {
  const counts = new Map<string, number>();
  for (const { outcome, reason = '' } of verdicts)
    if (outcome === 'error') counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts].map(([text, count]) => ({ name: counted(count, 'verdict'), text }));
}
