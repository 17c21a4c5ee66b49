import { readConfiguration, titlesIn } from '../fixtures/configuration/configuration.ts';
import { ConfigurationError } from '../fixtures/configuration/errors.ts';
import type { Narrowing } from '../fixtures/http/service.ts';
import { recordedLines } from '../fixtures/recording/reader.ts';
import { test as base, type Recorded } from '../fixtures/test.ts';
import { levels as allLevels, places } from '../schemas/operation.ts';
import { judge, placesOf } from './judge/judge.ts';
import { readDeviations } from './judge/known-deviations.ts';
import { placeTitle } from './judge/wording.ts';
import { expectFailure, VerdictTests } from './report/attach.ts';
import { requirements } from './requirements/index.ts';
import { isJudged, needs, testTitle } from './requirements/requirement.ts';

const { target, levels, strict, deviations } = readConfiguration(process.env);
/** Those with a test in this run. */
const judgedHere = requirements.filter(
  (each) => levels.includes(each.level) && placesOf(each, target.routes).length > 0,
);

/** What is sent where only some of the requirements are judged. `titles`: of the tests that run; none: all of them. */
function narrowingTo(titles: readonly string[]): Narrowing | undefined {
  const chosen = judgedHere.filter(
    (requirement) => titles.length === 0 || titles.includes(testTitle(requirement)),
  );
  const isGrep = chosen.length < judgedHere.length;
  const isOfLevels = levels.length < allLevels.length;
  if (!isGrep && !isOfLevels) return undefined;
  const judged = chosen.filter(isJudged);
  return {
    ...(isGrep && { to: judged.map(({ id }) => id) }),
    ...(isOfLevels && { levels }),
    wants: (requestCase) => judged.some((each) => needs(each, { ...requestCase, number: 0 })),
  };
}

/**
 * Judged once for all tests: a verdict needs the recording, and nothing else. What cannot be judged is
 * returned: a fixture that throws costs a new worker for each test.
 */
async function verdictsOn({
  recording,
  fault,
}: Recorded): Promise<VerdictTests | ConfigurationError> {
  if (fault !== undefined) return fault;
  try {
    const judged = await judge(recordedLines(recording), {
      requirements: judgedHere,
      deviationsOf: (run) => readDeviations(deviations, run.target),
      strict,
    });
    return new VerdictTests(judged, requirements.filter(isJudged).length);
  } catch (error) {
    if (error instanceof ConfigurationError) return error;
    throw error;
  }
}

const test = base.extend<object, { verdicts: VerdictTests | ConfigurationError }>({
  narrowing: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures' names from this pattern
    async ({}, use, { config }) => use(narrowingTo(titlesIn(config))),
    { scope: 'worker', box: true },
  ],
  verdicts: [
    async ({ recorded }, use) => use(await verdictsOn(recorded)),
    { scope: 'worker', timeout: 0, box: true },
  ],
});

// In one worker even with --fully-parallel: a second one would find the recording unfinished.
test.describe.configure({ mode: 'default' });

for (const place of places) {
  test.describe(placeTitle(place), () => {
    for (const requirement of judgedHere) {
      if (!placesOf(requirement, target.routes).includes(place)) continue;
      test(testTitle(requirement), ({ verdicts }, testInfo) => {
        if (verdicts instanceof ConfigurationError) {
          expectFailure(testInfo);
          throw verdicts;
        }
        const judgement = verdicts.judgementOf(requirement.id, place);
        testInfo.skip(judgement === undefined, 'the recording holds no requests on this route');
        if (judgement) verdicts.end(judgement, testInfo);
      });
    }
  });
}
