import type { Report } from '../schemas/files/report.ts';
import { fixesOf } from '../tests/report/fix-first.ts';
import type { Mock, Way } from './catalogue.ts';

/** A mock with what became of it; undefined: it could not be started here. */
export interface Row {
  readonly mock: Mock;
  readonly version: string;
  readonly reports: Readonly<Record<Way, Report>> | undefined;
}

/** How many requirements are kept and broken, and what is broken first. */
export function outcome(report: Report): { kept: string; first: string } {
  const ids = (holds: (verdict: Report['verdicts'][number]) => boolean) =>
    new Set(report.verdicts.filter(holds).map(({ requirement }) => requirement));
  const red = ids((each) => each.failing);
  const advice = ids(({ outcome, requirement }) => outcome === 'deviates' && !red.has(requirement));
  const kept = [...ids(({ outcome }) => outcome === 'conforms')].filter(
    (id) => !red.has(id) && !advice.has(id),
  );
  const [fix] = fixesOf(report);
  return {
    kept: `${kept.length} kept, ${red.size} broken, ${advice.size} advice`,
    first: fix === undefined ? 'nothing' : `${fix.requirement}: ${fix.received}`,
  };
}

/** Where the table stands in a page. */
export const tableIn = /^\| mock \| as its users.*(\n\|.*)*/m;

/** The table of mocks, in Markdown. */
export function table(rows: readonly Row[]): string {
  return [
    '| mock | as its users start it | first finding | with the recipe | first finding |',
    '|---|---|---|---|---|',
    ...rows.map(({ mock, version, reports }) => {
      const cells = reports && [outcome(reports.first), outcome(reports.recipe)];
      const told = cells?.flatMap(({ kept, first }) => [kept, first]) ?? [
        `not run: ${mock.needs} is missing here`,
        '',
        '',
        '',
      ];
      return `| ${[`${mock.name} ${version}`, ...told].join(' | ')} |`;
    }),
  ].join('\n');
}

/** docs/mocks.md: the table, each recipe, what no recipe reaches, and the notes behind them. */
export function mocksPage(rows: readonly Row[], notes: string): string {
  return [
    '# Mocks we did not write',
    'Written by `npm run mocks`, which starts each mock and runs the suite against it.',
    table(rows),
    [
      '| mock | recipe, in `mocks/` | what it cannot do |',
      '|---|---|---|',
      ...rows.map(({ mock }) => `| ${mock.name} | ${mock.recipe} | ${mock.cannot} |`),
    ].join('\n'),
    notes,
  ].join('\n\n');
}
