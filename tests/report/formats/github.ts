import { readdirSync, readFileSync } from 'node:fs';
import type { Compared } from '../headline.ts';
import { placeTitle, printable } from '../message.ts';

const folder = new URL('../../requirements/', import.meta.url);

/** GitHub's workflow commands for what is red or advice, each at the row of its requirement. */
export function annotations({ report, regression }: Compared): string[] {
  const rows = rowsOfRequirements();
  return report.verdicts
    .filter(({ red, outcome }) => red || outcome === 'deviates')
    .map(({ requirement, route, red, expected, received, reason, text }) => {
      const change = regression.changes.find(
        (each) => each.requirement === requirement && each.route === route,
      );
      const row = rows.get(requirement);
      const where = row ? `file=${row.file},line=${row.line},` : '';
      const message = `${text}: expected ${expected}, received ${received || reason} (${change?.kind ?? 'not judged'})`;
      return `::${red ? 'error' : 'notice'} ${where}title=${property(`${requirement} on ${placeTitle(route)}`)}::${data(message)}`;
    });
}

function rowsOfRequirements(): ReadonlyMap<string, { file: string; line: number }> {
  const rows = new Map<string, { file: string; line: number }>();
  for (const name of readdirSync(folder))
    for (const [i, text] of readFileSync(new URL(name, folder), 'utf8').split('\n').entries()) {
      const id = /^\s*id: '([a-z0-9-]+)'/.exec(text)?.[1];
      if (id !== undefined) rows.set(id, { file: `tests/requirements/${name}`, line: i + 1 });
    }
  return rows;
}

/** Nothing a target sent can end the command or begin another one. */
function data(text: string): string {
  return printable(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
