import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readConfiguration } from '../../fixtures/configuration/configuration.ts';
import { refused } from '../../fixtures/configuration/errors.ts';
import { readText, replaceFile } from '../../fixtures/configuration/files.ts';
import { endRefused, loadDotEnv } from '../../fixtures/configuration/process.ts';
import { deviationsPath, readDeviations } from '../judge/known-deviations.ts';
import { counted, printable } from '../judge/text.ts';
import { withDeclared } from '../report/model/causes.ts';
import type { Report } from '../report/model/model.ts';

const schema = fileURLToPath(new URL('../../schemas/files/deviations.json', import.meta.url));

function declare(reason: string) {
  const { report: folder, deviations: named } = readConfiguration(process.env);
  const report = readReport(join(folder, 'report.json'));
  console.log(`of run ${report.run} at ${report.target}: ${printable(report.status)}`);
  const path = deviationsPath(named, report.target);
  const before = existsSync(path) ? readDeviations(path, report.target) : [];
  const entries = before.map(({ file: _file, entry: _entry, isOver: _over, ...each }) => each);
  const deviations = withDeclared(entries, report, reason);
  if (JSON.stringify(deviations) === JSON.stringify(entries)) {
    console.log('declared nothing: nothing in the last run fails that could be declared.');
    return;
  }
  const gone = entries.filter((each) => !deviations.includes(each)).length;
  if (deviations.length > entries.length - gone && reason === '') throw refused('no reason');
  const document = { $schema: relative(dirname(path), schema), deviations };
  const fault = replaceFile(path, `${JSON.stringify(document, null, 2)}\n`);
  if (fault !== undefined) throw refused('nothing declared', { fault });
  const removed = gone === 0 ? '' : `, ${counted(gone, 'entry', 'entries')} removed or replaced`;
  const all = counted(deviations.length, 'deviation');
  console.log(`declared ${all} in ${relative(process.cwd(), path)}${removed}`);
}

function readReport(path: string): Report {
  const text = readText(path, 'the report of a whole run, so run "npm run contract" first');
  try {
    const report: Report = JSON.parse(text);
    if (report.declarable.every(({ received }) => received)) return report;
  } catch {}
  throw refused('another report', { path });
}

try {
  loadDotEnv();
  declare(process.argv.slice(2).join(' ').trim());
} catch (error) {
  endRefused(error);
}
