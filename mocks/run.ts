import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { here, type Mock, mocks } from './catalogue.ts';
import { mocksPage, type Row, table } from './table.ts';
import { tried } from './tried.ts';

/** `npm run mocks`: installs what mocks/package.json pins, tries every mock, and writes docs/mocks.md. */
execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: here, stdio: 'inherit' });
const { dependencies } = JSON.parse(readFileSync(`${here}package.json`, 'utf8'));

const rows: Row[] = [];
for (const mock of mocks) {
  const row = { mock, version: dependencies[mock.package] };
  rows.push({ ...row, reports: isMissing(mock) ? undefined : await triedBoth(mock) });
  console.log(table(rows.slice(-1)).split('\n').at(-1));
}
if (rows.every(({ reports }) => reports !== undefined)) {
  const page = new URL('../docs/mocks.md', import.meta.url);
  const notes = readFileSync(`${here}notes.md`, 'utf8');
  writeFileSync(page, mocksPage(rows, notes));
  console.log('docs/mocks.md is written anew.');
} else console.log('docs/mocks.md is left as it is: it needs every mock.');

async function triedBoth(mock: Mock): Promise<NonNullable<Row['reports']>> {
  const [first, recipe] = [await tried(mock, 'first'), await tried(mock, 'recipe')];
  return { first, recipe };
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
