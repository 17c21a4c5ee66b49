import { readConfiguration } from '../fixtures/configuration/configuration.ts';
import { readRecording } from '../fixtures/recording/reader.ts';
import { test as base } from '../fixtures/test.ts';
import { places } from '../schemas/operation.ts';
import { judge, placesOf } from './judge/judge.ts';
import { readDeviations } from './judge/known-deviations.ts';
import { placeTitle } from './judge/wording.ts';
import { VerdictTests } from './report/attach.ts';
import { requirements } from './requirements/index.ts';
import { testTitle } from './setup/grep.ts';

const { target, levels, strict, deviations } = readConfiguration(process.env);
const judgedHere = requirements.filter(({ level }) => levels.includes(level));

const test = base.extend<object, { verdicts: VerdictTests }>({
  // Judged once for all tests: a verdict needs the recording, and nothing else.
  verdicts: [
    async ({ recorded }, use) => {
      const judged = await judge(readRecording(recorded.recording), {
        requirements: judgedHere,
        deviationsOf: (run) => readDeviations(deviations, run.target),
        strict,
      });
      await use(new VerdictTests(judged));
    },
    { scope: 'worker', timeout: 0, box: true },
  ],
});

for (const place of places) {
  test.describe(placeTitle(place), () => {
    for (const requirement of judgedHere) {
      if (!placesOf(requirement, target.routes).includes(place)) continue;
      test(testTitle(requirement), ({ verdicts }, testInfo) => {
        const judgement = verdicts.judgementOf(requirement.id, place);
        testInfo.skip(judgement === undefined, 'the recording holds no requests on this route');
        if (judgement) verdicts.end(judgement, testInfo);
      });
    }
  });
}
