import { existsSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import {
  configurationIn,
  type RunConfiguration,
  titlesIn,
} from '../../fixtures/configuration/configuration.ts';
import { readMergedRecording, recordedLines } from '../../fixtures/recording/reader.ts';
import { tellOpen } from '../../fixtures/tenant/hold.ts';
import { readCleanUp } from '../../schemas/files/clean-up.ts';
import { ownRecording, type Run } from '../../schemas/files/recording.ts';
import type { Declared } from '../../schemas/files/report.ts';
import { type EarlyEnd, judge } from '../judge/judge.ts';
import { requirements } from '../requirements/index.ts';
import { isJudged, testTitle } from '../requirements/requirement.ts';

/** Playwright does not wait for the worker where its global time-out ended the run; it has so long to end in order. */
const patienceMs = 10_000;
const pauseMs = 100;

/**
 * Where a run was ended early (Ctrl-C, a stopped job, --global-timeout): names what it leaves in the
 * tenant, and judges what it recorded, because its tests no longer can. `config`: of Playwright, with
 * the context of the run; `deviationsOf`: what is declared for its target. Out: undefined where nothing
 * was recorded.
 */
export async function judgeEarlyEnd(
  config: { readonly metadata: unknown },
  deviationsOf: (run: Run) => readonly Declared[],
): Promise<EarlyEnd | undefined> {
  const configuration = configurationIn(config);
  const { report, run, levels, strict, target } = configuration;
  const path = ownRecording(report, run);
  const deadline = Date.now() + patienceMs;
  while (existsSync(path) && Date.now() < deadline && !hasEnded(configuration, path))
    await setTimeout(pauseMs);
  if (target.liveTenant && readCleanUp(report, run) === undefined)
    tellOpen(configuration, target.liveTenant, 'the run ended before it could be undone');
  if (!existsSync(path)) return undefined;
  const titles = titlesIn(config);
  const judged = await judge(recordedLines(path), {
    requirements: requirements.filter(
      (each) => levels.includes(each.level) && titles.includes(testTitle(each)),
    ),
    deviationsOf,
    strict,
  });
  return { judged, judgeable: requirements.filter(isJudged).length };
}

/** Whether all is recorded, and the clean-up that follows is over. */
function hasEnded({ report, run, target }: RunConfiguration, path: string): boolean {
  const isCleanedUp = target.liveTenant === undefined || readCleanUp(report, run) !== undefined;
  return isCleanedUp && readMergedRecording(path).end !== undefined;
}
