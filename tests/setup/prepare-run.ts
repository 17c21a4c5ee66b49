import { resolve } from 'node:path';
import { planSignIn, signInLacks } from '../../fixtures/auth/plan.ts';
import {
  type Configuration,
  newRunContext,
  readConfiguration,
} from '../../fixtures/configuration/configuration.ts';
import { ConfigurationError } from '../../fixtures/configuration/errors.ts';
import { refuseUnwritable } from '../../fixtures/configuration/files.ts';
import {
  endRefused,
  loadDotEnv,
  readLongHeads,
  refuseRevealing,
} from '../../fixtures/configuration/process.ts';
import { isLive } from '../../fixtures/configuration/target.ts';
import { recordingPaths } from '../../fixtures/recording/paths.ts';
import { readRecording } from '../../fixtures/recording/reader.ts';
import { replayedRecording } from '../../fixtures/run/replay.ts';
import type { Run } from '../../schemas/files/recording.ts';
import { readDeviations } from '../judge/known-deviations.ts';
import { requirementsIn } from '../judge/selection.ts';
import { type CommandLine, projects, readCommandLine } from './command-line.ts';
import { placesOf } from './part.ts';
import { refuseNothingHeld, refuseNothingSent, requirementList, selected } from './selection.ts';

/** Playwright starts its workers without arguments; a variable could be set by anybody, and turn the checks off. */
const isWorker = process.argv.length <= 2;

/**
 * What playwright.config.ts goes by, in the main process and in its workers. `folder`: of the suite, which
 * .env and relative paths are taken from. Where anything is wrong, it ends the process with a sentence.
 */
export async function prepareRun(folder: string) {
  process.chdir(folder);
  try {
    const run = await checked(process.argv.slice(3));
    prepareProcess();
    return run;
  } catch (error) {
    endRefused(error);
  }
}

/** @throws ConfigurationError for everything that can be wrong before a request is sent. */
async function checked(args: readonly string[]) {
  loadDotEnv();
  const configuration = readConfiguration(process.env, (its) => signInLacks(process.env, its));
  const { target, report, failOn, table } = configuration;
  const commandLine = readCommandLine(args, isLive(target));
  const { project, isList, isRejudged } = commandLine;
  const recorded =
    isRejudged && !isWorker
      ? recordingPaths(configuration).map((path) => readRecording(path).run)
      : [];
  const places = placesOf(configuration, commandLine, recorded);
  // The main process has looked before it starts a worker.
  if (!isWorker) {
    refuseRevealing(process.env);
    await refuseUnfit(configuration, commandLine, recorded);
    if (!isList) refuseUnwritable(configuration, places.folder);
  }
  return {
    isList,
    context: newRunContext(configuration, isRejudged),
    folder: places.folder,
    // Each run has its own, and main process and workers agree on it.
    outputDir: resolve(report, 'playwright', String(isWorker ? process.ppid : process.pid)),
    // A worker must find every project that the main process may send it.
    projects: isWorker ? projects : [project],
    reporterOptions: {
      ...places,
      report,
      failOnNew: failOn === 'new',
      table,
      // Loaded where it is needed.
      waitForEnd: async (config: { readonly metadata: unknown }) =>
        (await import('./early-end.ts')).waitForEnd(config),
      ...(isList && { list: requirementList }),
    },
  };
}

/** @throws ConfigurationError where files, sign-in or options do not fit the run that is asked for. */
async function refuseUnfit(
  configuration: Configuration,
  commandLine: CommandLine,
  recorded: readonly Run[],
): Promise<void> {
  const { target, deviations } = configuration;
  const { project, isRejudged, isList } = commandLine;
  const plans = planSignIn(process.env, target);
  readDeviations(deviations, target.name);
  if (project === 'replay') replayedRecording(configuration);
  if (project === 'cleanup' && !isLive(target))
    throw new ConfigurationError(
      'GRAPH_LIVE_TENANT is missing: a clean-up undoes what runs created in the tenant that it names.',
    );
  if (project !== 'contract') return;
  const chosen = selected(commandLine, requirementsIn(configuration));
  if (isRejudged) refuseNothingHeld(chosen, recorded, configuration);
  else if (!isList) await refuseNothingSent(chosen, configuration, plans);
}

function prepareProcess(): void {
  // The debug logs of Playwright and of Node print every request header, the token's among them: no worker inherits them.
  delete process.env.DEBUG;
  delete process.env.NODE_DEBUG;
  readLongHeads();
  if (isWorker) return;
  // Playwright ends a run in order on Ctrl-C alone; a job that is stopped, or a terminal that closes, means the same.
  for (const signal of ['SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => {
      if (!process.emit('SIGINT')) process.exit(1);
    });
}
