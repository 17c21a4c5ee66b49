import { resolve } from 'node:path';
import { defineConfig } from '@playwright/test';
import { readConfiguration } from './fixtures/configuration/configuration.ts';

/** Playwright starts its workers without arguments; a variable could be set by anybody, and turn the checks off. */
const isWorker = process.argv.length <= 2;
// What is wrong with a variable, a file or an option ends the run here, with one sentence and exit status 2:
// before it starts a worker, which loads nothing of that.
const run = isWorker
  ? undefined
  : await (await import('./tests/setup/prepare-run.ts')).prepareRun(import.meta.dirname);
const { report } = run ?? readConfiguration(process.env);

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
  metadata: run?.context ?? {},
  // Each run has its own, and main process and workers agree on it.
  outputDir: resolve(report, 'playwright', String(isWorker ? process.ppid : process.pid)),
  // One worker: the requests are sent once and judged once.
  workers: 1,
  retries: 0,
  preserveOutput: 'failures-only',
  reporter: [
    ['./tests/report/reporter.ts', run?.reporterOptions],
    // A list is no report, and must not replace one.
    [run?.isList ? 'null' : 'html', { open: 'never', outputFolder: run?.html }],
  ],
  // A worker must find every project that the main process may send it.
  projects: projects.filter(({ name }) => run === undefined || name === run.project),
});
