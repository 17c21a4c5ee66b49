import { existsSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';

/**
 * Imported before anything of Playwright's: one that is not installed beside this suite finds no tests
 * in it, and says so with a trace. What else loads the configuration (an editor) is let through.
 */
const require = createRequire(import.meta.url);
const [, argument = ''] = process.argv;
const started = existsSync(argument) ? realpathSync(argument) : '';
const ours = ['playwright', '@playwright/test'].map((name) =>
  realpathSync(dirname(require.resolve(`${name}/package.json`))),
);
const isPlaywright = /[\\/](playwright|test)[\\/]cli\.js$/.test(started);
if (isPlaywright && !ours.some((folder) => started.startsWith(folder))) {
  console.error(
    `${started} is another Playwright than this suite's: expected "npm run contract" in the folder of the suite, after "npm ci".`,
  );
  process.exit(2);
}
