import { join } from 'node:path';
import { type Ended, type Environment, type Started, start } from './process.ts';
import { emptyFolder, reportFolder, root } from './run.ts';

/** A whole run as a user sees it who sits at a terminal of so many columns: by the system's `script`. */
export function contractAtTerminal(
  columns: number,
  env: Environment,
  options: readonly string[] = [],
): Started<Ended> {
  const folder = emptyFolder();
  const cli = join(root, 'node_modules/@playwright/test/cli.js');
  const run = `stty cols ${columns}; exec '${process.execPath}' '${cli}' test --config '${root}' ${options.join(' ')}`;
  // The BSDs and macOS take the command as arguments, util-linux as an option.
  const args =
    process.platform === 'linux'
      ? ['-qec', run, '/dev/null']
      : ['-q', '/dev/null', 'sh', '-c', run];
  return start('script', args, folder, { CONTRACT_REPORT: reportFolder(folder), ...env });
}
