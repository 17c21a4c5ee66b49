import { test as base } from '@playwright/test';
import { readConfiguration } from '../fixtures/configuration/configuration.ts';
import { runId } from '../fixtures/configuration/run-id.ts';
import { readRecording, recordingPath } from '../fixtures/recording/reader.ts';
import { places } from '../schemas/operation.ts';
import { judge, placesOf } from './judge/judge.ts';
import { readDeviations } from './judge/known-deviations.ts';
import { placeTitle } from './judge/wording.ts';
import { VerdictTests } from './report/attach.ts';
import { requirements } from './requirements/index.ts';
import { testTitle } from './setup/grep.ts';

const configuration = readConfiguration(process.env);
const { target, levels, report, recording, strict, deviations } = configuration;
const judgedHere = requirements.filter(({ level }) => levels.includes(level));

const test = base.extend<object, { verdicts: VerdictTests }>({
  // Judged once for all tests: a verdict needs the recording, and nothing else.
  verdicts: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures' names from this pattern
    async ({}, use) => use(new VerdictTests(await judgeRecording())),
    { scope: 'worker', timeout: 0 },
  ],
});

function judgeRecording(): ReturnType<typeof judge> {
  return judge(readRecording(recordingPath(report, recording, runId())), {
    requirements: judgedHere,
    deviationsOf: (run) => readDeviations(deviations, run.target),
    strict,
  });
}

for (const place of places) {
  test.describe(placeTitle(place), () => {
    for (const requirement of judgedHere) {
      if (!placesOf(requirement, target.routes).includes(place)) continue;
      test(testTitle(requirement), async ({ verdicts }, testInfo) => {
        const judgement = verdicts.judgementOf(requirement.id, place);
        testInfo.skip(judgement === undefined, 'the recording holds no requests on this route');
        if (judgement) await verdicts.end(judgement, testInfo);
      });
    }
  });
}
