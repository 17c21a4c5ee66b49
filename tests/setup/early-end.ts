import { existsSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import {
  configurationIn,
  type RunConfiguration,
} from '../../fixtures/configuration/configuration.ts';
import { readRecording } from '../../fixtures/recording/reader.ts';
import { tellOpen } from '../../fixtures/tenant/hold.ts';
import { readCleanUp } from '../../schemas/files/clean-up.ts';
import { ownRecording } from '../../schemas/files/recording.ts';

/** Playwright does not wait for the worker where its global time-out ended the run; it has so long to end in order. */
const patienceMs = 10_000;
const pauseMs = 100;

/**
 * Where a run was ended early (Ctrl-C, a stopped job, --global-timeout): waits until its worker has
 * recorded the end, and names what the run leaves in the tenant. `config`: of Playwright.
 */
export async function waitForEnd(config: { readonly metadata: unknown }): Promise<void> {
  const configuration = configurationIn(config);
  const { report, run, target } = configuration;
  const path = ownRecording(report, run);
  const deadline = Date.now() + patienceMs;
  while (existsSync(path) && Date.now() < deadline && !hasEnded(configuration, path))
    await setTimeout(pauseMs);
  if (target.liveTenant && readCleanUp(report, run) === undefined)
    tellOpen(configuration, target.liveTenant, 'the run ended before it could be undone');
}

/** Whether all is recorded, and the clean-up that follows is over. */
function hasEnded({ report, run, target }: RunConfiguration, path: string): boolean {
  const isCleanedUp = target.liveTenant === undefined || readCleanUp(report, run) !== undefined;
  return isCleanedUp && readRecording(path).end !== undefined;
}
