import type { Report } from '../schemas/files/report.ts';
import { fixesOf } from '../tests/report/fix-first.ts';
import type { Mock, Setup } from './catalogue.ts';

/** A mock with its reports; undefined: it could not be started here. */
export interface Row {
  readonly mock: Mock;
  readonly version: string;
  readonly reports: Readonly<Record<Setup, Report>> | undefined;
}

/** How many requirements conform and deviate, and the first finding. A requirement counts once, by the worse of its routes. */
export function outcome(report: Report): { counts: string; first: string } {
  const ids = (holds: (verdict: Report['verdicts'][number]) => boolean) =>
    new Set(report.verdicts.filter(holds).map(({ requirement }) => requirement));
  const failing = ids((each) => each.failing);
  const warnings = ids((each) => each.outcome === 'deviates' && !failing.has(each.requirement));
  const conforming = [...ids((each) => each.outcome === 'conforms')].filter(
    (id) => !failing.has(id) && !warnings.has(id),
  );
  const [fix] = fixesOf(report);
  return {
    counts: `${conforming.length} conform, ${failing.size} deviate, ${warnings.size} warnings`,
    first: fix === undefined ? 'nothing' : `${fix.verdict.requirement}: ${fix.verdict.received}`,
  };
}

/** The table of mocks, in Markdown. */
export function table(rows: readonly Row[]): string {
  return [
    '| mock | as its users start it | first finding | with the recipe | first finding |',
    '|---|---|---|---|---|',
    ...rows.map(({ mock, version, reports }) => {
      const cells = reports
        ? [reports.first, reports.recipe]
            .map(outcome)
            .flatMap(({ counts, first }) => [counts, first])
        : [`not run: ${mock.needs} is missing here`, '', '', ''];
      return `| ${[`${mock.name} ${version}`, ...cells].join(' | ')} |`;
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
