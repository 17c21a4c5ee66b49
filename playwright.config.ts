import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';
import { planSignIn, signInLacks } from './fixtures/auth/plan/plan.ts';
import { type Configuration, readConfiguration } from './fixtures/configuration/configuration.ts';
import { ConfigurationError } from './fixtures/configuration/errors.ts';
import { loadDotEnv } from './fixtures/configuration/files/dot-env.ts';
import { refuseUnwritable } from './fixtures/configuration/files/writable.ts';
import { isRejudged, newRunContext } from './fixtures/configuration/run-context.ts';
import { readLongHeads } from './fixtures/configuration/target/head-limit.ts';
import { isLive } from './fixtures/configuration/target/target.ts';
import { printable } from './fixtures/configuration/variables/printable.ts';
import { recordingPath, runIn } from './fixtures/recording/reader.ts';
import { replayedRecording } from './fixtures/run/replay.ts';
import { readCleanUp } from './schemas/files/clean-up.ts';
import type { EarlyEnd } from './tests/judge/judge.ts';
import { readDeviations } from './tests/judge/known-deviations.ts';
import { type CommandLine, type Project, readCommandLine } from './tests/setup/command-line.ts';
import { refuseUnknownGrep, verdictsFile } from './tests/setup/grep.ts';
import { type Places, placesOf, scopeIn } from './tests/setup/places.ts';

// As npm does: .env and every relative path are taken from the suite's folder, wherever it is started.
process.chdir(fileURLToPath(new URL('.', import.meta.url)));

const [, , command, ...args] = process.argv;
/** Playwright starts its workers without arguments; a variable could be set by anybody, and turn the checks off. */
const isWorker = process.argv.length <= 2;

interface Checked {
  readonly configuration: Configuration;
  readonly commandLine: CommandLine;
  readonly places: Places;
}

/** Everything that can be wrong before a request is sent is found here, and said in one sentence. */
async function checked(): Promise<Checked> {
  try {
    loadDotEnv();
    const configuration = readConfiguration(process.env, (its) => signInLacks(process.env, its));
    const { target, levels, report, recording } = configuration;
    planSignIn(process.env, target);
    readDeviations(configuration.deviations, target.name);
    const commandLine = readCommandLine(command === 'test' ? args : []);
    const { project } = commandLine;
    refuseUnknownGrep(commandLine, levels);
    if (project === 'replay') replayedRecording(configuration);
    if (project === 'cleanup' && !isLive(target))
      throw new ConfigurationError(
        'GRAPH_LIVE_TENANT is missing: a clean-up undoes what runs created in the tenant that it names.',
      );
    const scope = { levels, routes: target.routes, isNarrowed: commandLine.isNarrowed };
    const recorded = isRejudged(args) ? runIn(recordingPath(report, recording)) : undefined;
    const places = placesOf(configuration, project, recorded ? scopeIn(recorded, scope) : scope);
    // The main process has looked before it starts a worker.
    if (!isWorker && !commandLine.isList)
      refuseUnwritable(configuration, { folder: places.folder, sends: command === 'test' });
    return { configuration, commandLine, places };
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    console.error(printable(error.message));
    process.exit(2);
  }
}

const { configuration, commandLine, places } = await checked();
const { failOnNew, table } = configuration;
// The debug logs of Playwright and of Node print every request header, the token's among them: no worker inherits them.
delete process.env.DEBUG;
delete process.env.NODE_DEBUG;
readLongHeads();

/** Whose folder the workers write to: each run has its own, and main process and workers agree on it. */
const mainProcess = isWorker ? process.ppid : process.pid;

// Playwright ends a run in order on Ctrl-C alone; a job that is stopped, or a terminal that closes, means the same.
if (!isWorker)
  for (const signal of ['SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => {
      if (!process.emit('SIGINT')) process.exit(1);
    });

/** A worker must find every project that the main process may send it. */
function asked(project: Project): boolean {
  return isWorker || commandLine.project === project;
}

const requirementList = commandLine.isList
  ? (await import('./tests/setup/list.ts')).requirementList
  : undefined;

/** What a run that is ended early leaves; a replay is compared, and not judged. */
async function judgeEarlyEnd(config: {
  readonly metadata: unknown;
}): Promise<EarlyEnd | undefined> {
  if (commandLine.project === 'replay') return undefined;
  const earlyEnd = await import('./tests/setup/early-end.ts');
  return earlyEnd.judgeEarlyEnd(config, (run) =>
    readDeviations(configuration.deviations, run.target),
  );
}

const context = newRunContext(configuration, args);

export default defineConfig({
  testDir: 'tests',
  // The suite's own tests have a configuration of their own.
  testIgnore: '**/tests/self/**',
  // The workers are given what the main process decides here.
  metadata: context,
  outputDir: resolve(configuration.report, 'playwright', String(mainProcess)),
  // One worker: the requests are sent once and judged once.
  workers: 1,
  retries: 0,
  preserveOutput: 'failures-only',
  reporter: [
    [
      './tests/report/reporter.ts',
      {
        ...places,
        failOnNew,
        table,
        judgeEarlyEnd,
        cleanUp: () => readCleanUp(configuration.report, context.run),
        ...(requirementList && { list: requirementList }),
      },
    ],
    // A list is no report, and must not replace one.
    [
      commandLine.isList ? 'null' : 'html',
      { open: 'never', outputFolder: resolve(places.folder, 'html') },
    ],
  ],
  projects: [
    { name: 'contract', testMatch: verdictsFile },
    // What follows runs only when it is named: npm run sweep, npm run preflight, npm run replay.
    ...(asked('cleanup') ? [{ name: 'cleanup', testMatch: 'sweep.setup.ts' }] : []),
    ...(asked('preflight') ? [{ name: 'preflight', testMatch: 'preflight.setup.ts' }] : []),
    ...(asked('replay') ? [{ name: 'replay', testMatch: 'replay.spec.ts' }] : []),
  ],
});
