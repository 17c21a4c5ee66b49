import { existsSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { configurationIn } from '../../fixtures/configuration/configuration.ts';
import { readRecording } from '../../fixtures/recording/reader.ts';
import { tellOpen } from '../../fixtures/tenant/hold.ts';
import { readCleanUp } from '../../schemas/files/clean-up.ts';
import { ownRecording } from '../../schemas/files/recording.ts';

/** Waits until the worker has recorded an early end and cleaned up, which Playwright does not always; else names what is left. */
export async function waitForEnd(config: { readonly metadata: unknown }) {
  const configuration = configurationIn(config);
  const { report, run, target } = configuration;
  const path = ownRecording(report, run);
  const isCleanedUp = () => !target.liveTenant || readCleanUp(report, run) !== undefined;
  const hasEnded = () => !existsSync(path) || (isCleanedUp() && readRecording(path, true).end);
  // What is in flight has two seconds, and undoing five.
  for (const deadline = Date.now() + 10_000; Date.now() < deadline && !hasEnded(); )
    await setTimeout(100);
  if (!isCleanedUp()) tellOpen(configuration, 'the run ended before it could be undone');
}
