import { realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { planSignIn, signInLacks } from '../../fixtures/auth/plan.ts';
import {
  type Configuration,
  newRunContext,
  readConfiguration,
} from '../../fixtures/configuration/configuration.ts';
import { refused } from '../../fixtures/configuration/errors.ts';
import { refuseUnwritable } from '../../fixtures/configuration/files.ts';
import {
  endRefused,
  loadDotEnv,
  readLongHeads,
  refuseRevealing,
} from '../../fixtures/configuration/process.ts';
import { recordingPaths } from '../../fixtures/recording/paths.ts';
import { readRecording, recordedRun } from '../../fixtures/recording/reader.ts';
import { startEmbedded } from '../../fixtures/run/open-service.ts';
import { replayedRecording } from '../../fixtures/run/replay.ts';
import { lockFolder, refuseHeld } from '../../fixtures/tenant/lock.ts';
import { readDeviations } from '../judge/known-deviations.ts';
import { requirementsIn } from '../judge/selection.ts';
import { type CommandLine, readCommandLine } from './command-line.ts';
import { placesOf } from './part.ts';
import { refuseNothingSent, requirementList, selected } from './selection.ts';

/** What playwright.config.ts goes by in the main process. `folder`: of the suite. What is wrong ends the process with a sentence. */
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

async function checked(args: readonly string[]) {
  loadDotEnv();
  const configuration = readConfiguration(process.env, (its) => signInLacks(process.env, its));
  const { target, report, failOn, table } = configuration;
  const commandLine = readCommandLine(args, target.liveTenant !== undefined);
  const { project, isList, isRejudged } = commandLine;
  const judgedAgain = isRejudged ? recordingPaths(configuration) : [];
  const recorded = judgedAgain.flatMap((path) => recordedRun(path) ?? []);
  const places = placesOf(configuration, commandLine, recorded);
  await refuseUnfit(configuration, commandLine);
  if (!isList) refuseUnwritable(configuration, places.folder);
  const context = newRunContext(configuration, isRejudged);
  const isEmbedded = target.baseUrl === undefined && !isList && !isRejudged;
  return {
    isList,
    project,
    report,
    html: resolve(places.folder, 'html'),
    // In this process, which has nothing to do while the worker sends.
    context: { ...context, ...(isEmbedded && { mock: await startEmbedded(context.run) }) },
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

/** @throws ConfigurationError where anything does not fit the run that is asked for. */
async function refuseUnfit(configuration: Configuration, commandLine: CommandLine) {
  refuseRevealing(process.env);
  // Two copies of Playwright know nothing of each other's tests.
  const own = createRequire(import.meta.url).resolve('@playwright/test');
  const [cli = '', ours] = [process.argv[1] ?? '', own].map((path) => realpathSync.native(path));
  if (!cli.startsWith(ours?.split('@playwright')[0] ?? '')) throw refused('another Playwright');
  const { target, deviations } = configuration;
  const { project, isRejudged, isList } = commandLine;
  const plans = planSignIn(process.env, target);
  readDeviations(deviations, target.name);
  if (project === 'replay') readRecording(replayedRecording(configuration));
  // Nothing was sent yet: the worker, which takes the lock, can only record that it could not.
  if (target.liveTenant && !isRejudged && !isList) refuseHeld(lockFolder(target.liveTenant));
  if (project !== 'contract') return;
  const chosen = selected(commandLine, requirementsIn(configuration));
  if (!isRejudged && !isList) await refuseNothingSent(chosen, configuration, plans);
}

function prepareProcess() {
  // These logs print every request header, the token's among them: no worker inherits them.
  delete process.env.DEBUG;
  delete process.env.NODE_DEBUG;
  readLongHeads();
  // Playwright ends a run in order on Ctrl-C alone; a stopped job or a closed terminal means the same.
  for (const signal of ['SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => {
      if (!process.emit('SIGINT')) process.exit(1);
    });
}
