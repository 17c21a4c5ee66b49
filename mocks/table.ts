import type { Report } from '../tests/report/model/model.ts';
import type { Mock, Setup } from './catalogue.ts';

/** A mock with its reports; undefined: it could not be started here. */
export interface Row {
  readonly mock: Mock;
  readonly version: string;
  readonly reports: Readonly<Record<Setup, Report>> | undefined;
}

/** How many requirements conform and deviate, and the first finding. */
export function outcome({ summary, findings }: Pick<Report, 'summary' | 'findings'>) {
  const { conforms, deviates, warning } = summary;
  const [first] = findings;
  return {
    counts: `${conforms} conform, ${deviates} deviate, ${warning} warnings`,
    first: first === undefined ? 'nothing' : `${first.requirement}: ${first.received}`,
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
