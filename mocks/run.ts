import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { here, type Mock, mocks } from './catalogue.ts';
import { runAgainst } from './run-against.ts';
import { mocksPage, type Row, table } from './table.ts';

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
  writeFileSync(
    `${here}../docs/mocks.md`,
    mocksPage(rows, readFileSync(`${here}notes.md`, 'utf8')),
  );
  console.log('docs/mocks.md is written anew.');
} else console.log('docs/mocks.md is left as it is: it needs every mock.');

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
