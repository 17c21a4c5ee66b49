import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { here, type Mock, mocks } from './catalogue.ts';
import { runAgainst } from './run-against.ts';
import { mocksPage, type Row, table, tableIn } from './table.ts';

/** `npm run mocks`: installs what mocks/package.json pins, runs the suite against each mock, and writes the table. */
execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: here, stdio: 'inherit' });
const { dependencies } = JSON.parse(readFileSync(`${here}package.json`, 'utf8'));

const rows: Row[] = [];
for (const mock of mocks) {
  const row = { mock, version: dependencies[mock.package] };
  rows.push({ ...row, reports: isMissing(mock) ? undefined : await reportsOf(mock) });
  console.log(table(rows.slice(-1)).split('\n').at(-1));
}
if (rows.every(({ reports }) => reports !== undefined)) {
  const [page, readme] = [`${here}../docs/mocks.md`, `${here}../README.md`];
  writeFileSync(page, mocksPage(rows, readFileSync(`${here}notes.md`, 'utf8')));
  writeFileSync(
    readme,
    readFileSync(readme, 'utf8').replace(tableIn, () => table(rows)),
  );
  console.log('docs/mocks.md and the table in README.md are written anew.');
} else console.log('docs/mocks.md and README.md are left as they are: they need every mock.');

async function reportsOf(mock: Mock): Promise<NonNullable<Row['reports']>> {
  const first = await runAgainst(mock, 'first');
  return { first, recipe: await runAgainst(mock, 'recipe') };
}

function isMissing({ needs }: Mock): boolean {
  if (needs === undefined) return false;
  try {
    execFileSync(needs, ['-version'], { stdio: 'ignore' });
    return false;
  } catch {
    return true;
  }
}
