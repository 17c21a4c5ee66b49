import { join } from 'node:path';
import { type Ended, type Environment, type Started, start } from './process.ts';
import { emptyFolder, reportFolder, root } from './run.ts';

/** A whole run as a user sees it who sits at a terminal: by the system's `script`. */
export function contractAtTerminal(env: Environment, args: readonly string[]): Started<Ended> {
  const folder = emptyFolder();
  const cli = join(root, 'node_modules/@playwright/test/cli.js');
  const run = `exec '${process.execPath}' '${cli}' test --config '${root}' ${args.join(' ')}`;
  // The BSDs and macOS take the command as arguments, util-linux as an option.
  const isLinux = process.platform === 'linux';
  const options = isLinux ? ['-qec', run, '/dev/null'] : ['-q', '/dev/null', 'sh', '-c', run];
  return start('script', options, folder, { CONTRACT_REPORT: reportFolder(folder), ...env });
}
