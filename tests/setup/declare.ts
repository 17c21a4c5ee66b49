import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readConfiguration } from '../../fixtures/configuration/configuration.ts';
import { ConfigurationError } from '../../fixtures/configuration/errors.ts';
import { readText, replaceFile } from '../../fixtures/configuration/files.ts';
import { endRefused, loadDotEnv } from '../../fixtures/configuration/process.ts';
import { deviationsPath, readDeviations } from '../judge/known-deviations.ts';
import { counted, printable } from '../judge/text.ts';
import { withDeclared } from '../report/model/declaration.ts';
import type { Report } from '../report/model/model.ts';

const usage = 'npm run declare -- "why the target does so"';

/** Declares what failed the last run as known, and drops what conforms now. */
function declare(reason: string): void {
  const { report: folder, deviations: named } = readConfiguration(process.env);
  const report = readReport(join(folder, 'report.json'));
  console.log(`of run ${report.run} at ${report.target}: ${printable(report.status)}`);
  const path = deviationsPath(named, report.target);
  const before = existsSync(path) ? readDeviations(path, report.target) : [];
  const entries = before.map(({ file: _file, entry: _entry, isOver: _over, ...each }) => each);
  const after = withDeclared(entries, report.declarable, report.verdicts, reason);
  if (JSON.stringify(after) === JSON.stringify(entries)) {
    console.log('declared nothing: nothing in the last run fails that could be declared.');
    return;
  }
  if (after.some((entry) => !entries.includes(entry)) && reason === '')
    throw new ConfigurationError(`A reason is missing: expected ${usage}.`);
  const document = { $schema: schemaFrom(path), deviations: after };
  const fault = replaceFile(path, `${JSON.stringify(document, null, 2)}\n`);
  if (fault !== undefined) throw new ConfigurationError(`${fault}: nothing was declared.`);
  const gone = entries.filter((entry) => !after.includes(entry)).length;
  const removed = gone === 0 ? '' : `, ${counted(gone, 'entry', 'entries')} removed or replaced`;
  console.log(
    `declared ${counted(after.length, 'deviation')} in ${relative(process.cwd(), path)}${removed}`,
  );
  for (const { requirement, route = 'every route', received } of after)
    console.log(`         ${requirement} on ${route}: ${printable(received)}`);
}

function schemaFrom(path: string): string {
  const schema = fileURLToPath(new URL('../../schemas/files/deviations.json', import.meta.url));
  return relative(join(path, '..'), schema);
}

function readReport(path: string): Report {
  const text = readText(path, 'the report of a whole run, so run "npm run contract" first');
  try {
    const report: Report = JSON.parse(text);
    if (report.declarable.every(({ received }) => received)) return report;
  } catch {
    // Half a report is none.
  }
  throw new ConfigurationError(
    `${path} is not a report of this version of the suite: run "npm run contract" again.`,
  );
}

try {
  loadDotEnv();
  declare(process.argv.slice(2).join(' ').trim());
} catch (error) {
  endRefused(error);
}
