import { resolve } from 'node:path';
import { defineConfig } from '@playwright/test';
import { prepareRun } from './tests/setup/prepare-run.ts';

// What is wrong with a variable, a file or an option ends the run here, with one sentence and exit status 2.
const run = await prepareRun(import.meta.dirname);

const projects = [
  { name: 'contract', testMatch: 'create-registereddevices.spec.ts' },
  // Runs only where it is named: npm run replay.
  { name: 'replay', testMatch: 'replay.spec.ts' },
];

export default defineConfig({
  testDir: 'tests',
  // The suite's own tests have a configuration of their own.
  testIgnore: '**/tests/self/**',
  // The workers are given what the main process decides here: the name of the run, its seed.
  metadata: run.context,
  outputDir: run.outputDir,
  // One worker: the requests are sent once and judged once.
  workers: 1,
  retries: 0,
  preserveOutput: 'failures-only',
  reporter: [
    ['./tests/report/reporter.ts', run.reporterOptions],
    // A list is no report, and must not replace one.
    [run.isList ? 'null' : 'html', { open: 'never', outputFolder: resolve(run.folder, 'html') }],
  ],
  projects: projects.filter(({ name }) => run.projects.some((each) => each === name)),
});
