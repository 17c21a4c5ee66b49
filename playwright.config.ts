import { resolve } from 'node:path';
import { defineConfig } from '@playwright/test';
import { planSignIn } from './fixtures/auth/plan/plan.ts';
import { type Configuration, readConfiguration } from './fixtures/configuration/configuration.ts';
import { loadDotEnv } from './fixtures/configuration/dot-env.ts';
import { ConfigurationError } from './fixtures/configuration/errors.ts';
import { isRejudged, newRunContext } from './fixtures/configuration/run-context.ts';
import { isLive } from './fixtures/configuration/target.ts';
import { refuseUnwritable } from './fixtures/configuration/writable.ts';
import { recordingPath } from './fixtures/recording/reader.ts';
import { replayedRecording, replayFolder } from './fixtures/run/replay.ts';
import type { Judged } from './tests/judge/judge.ts';
import { readDeviations } from './tests/judge/known-deviations.ts';
import { refuseUnknownGrep, verdictsFile } from './tests/setup/grep.ts';

/** Everything that can be wrong before a request is sent is found here, and said in one sentence. */
function checkedConfiguration(): Configuration {
  try {
    loadDotEnv();
    const configuration = readConfiguration(process.env);
    planSignIn(process.env, configuration.target);
    readDeviations(configuration.deviations, configuration.target.name);
    // A worker has no arguments, and the main process has looked.
    if (process.env.TEST_WORKER_INDEX !== undefined) return configuration;
    refuseUnwritable(configuration);
    refuseUnknownGrep(process.argv.slice(2), configuration.levels);
    if (named('replay')) replayedRecording(configuration);
    if (isRejudged(process.argv)) recordingPath(configuration.report, configuration.recording);
    return configuration;
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    console.error(error.message);
    process.exit(2);
  }
}

const configuration = checkedConfiguration();
const { target, history, failOnNew } = configuration;
const report = named('replay') ? replayFolder(configuration) : configuration.report;
// Playwright's own debug log prints every request header, the token's among them.
delete process.env.DEBUG;

/** Whose folder the workers write to: each run has its own, and main process and workers agree on it. */
const mainProcess = process.env.TEST_WORKER_INDEX === undefined ? process.pid : process.ppid;

// Playwright ends a run in order on Ctrl-C alone; a job that is stopped, or a terminal that closes, means the same.
if (process.env.TEST_WORKER_INDEX === undefined)
  for (const signal of ['SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => {
      if (!process.emit('SIGINT')) process.exit(1);
    });

function named(project: string): boolean {
  return process.argv.includes(`--project=${project}`);
}

/** A worker has no arguments: it must find every project that the main process may send it. */
function asked(project: string): boolean {
  return process.env.TEST_WORKER_INDEX !== undefined || named(project);
}

/** What a run that is ended early leaves; a replay is compared, and not judged. */
async function judgeEarlyEnd(config: { readonly metadata: unknown }): Promise<Judged | undefined> {
  if (named('replay')) return undefined;
  return (await import('./tests/setup/early-end.ts')).judgeEarlyEnd(config);
}

export default defineConfig({
  testDir: 'tests',
  // The suite's own tests have a configuration of their own.
  testIgnore: '**/tests/self/**',
  // The workers are given what the main process decides here.
  metadata: newRunContext(configuration, process.argv),
  outputDir: resolve(configuration.report, 'playwright', String(mainProcess)),
  // One worker: the requests are sent once and judged once.
  workers: 1,
  retries: 0,
  preserveOutput: 'failures-only',
  reporter: [
    ['./tests/report/reporter.ts', { folder: report, history, failOnNew, judgeEarlyEnd }],
    ['html', { open: 'never', outputFolder: resolve(report, 'html') }],
  ],
  projects: [
    // Clean-up runs after the verdicts, whatever they are; without a tenant there is nothing to undo.
    { name: 'contract', testMatch: verdictsFile, ...(isLive(target) && { teardown: 'cleanup' }) },
    // What follows runs only when it is named: npm run sweep, npm run preflight, npm run replay.
    ...(isLive(target) || asked('cleanup')
      ? [{ name: 'cleanup', testMatch: 'cleanup.teardown.ts' }]
      : []),
    ...(asked('preflight') ? [{ name: 'preflight', testMatch: 'preflight.setup.ts' }] : []),
    ...(asked('replay') ? [{ name: 'replay', testMatch: 'replay.spec.ts' }] : []),
  ],
});
