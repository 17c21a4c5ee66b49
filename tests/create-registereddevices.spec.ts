import { configurationIn, readConfiguration } from '../fixtures/configuration/configuration.ts';
import { ConfigurationError } from '../fixtures/configuration/errors.ts';
import { test as base } from '../fixtures/test.ts';
import type { JudgedRun } from '../schemas/files/report.ts';
import { judgeRecording } from './judge/judge.ts';
import { requirementsIn, selectionOf } from './judge/selection.ts';
import { endTest, expectFailure } from './report/attach.ts';
import { testTitle } from './requirements/requirement.ts';

const configuration = readConfiguration(process.env);
const requirements = requirementsIn(configuration);

const test = base.extend<object, { judged: JudgedRun[] | ConfigurationError }>({
  // Sent: every documented create, and what else the requirements of this run ask about.
  selection: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures' names from this pattern
    async ({}, use, { config }) =>
      use(selectionOf(requirements, configurationIn(config).titles ?? [], configuration)),
    { scope: 'worker', box: true },
  ],
  // Judged: the recording of it, once for all tests. What cannot be judged is returned, because a
  // fixture that throws costs a new worker for each test.
  judged: [
    async ({ recorded }, use) => {
      try {
        if (recorded.fault !== undefined) throw recorded.fault;
        const { recordings } = recorded;
        await use(recordings.map((path) => judgeRecording(path, configuration, requirements)));
      } catch (error) {
        if (!(error instanceof ConfigurationError)) throw error;
        await use(error);
      }
    },
    { scope: 'worker', timeout: 0, box: true },
  ],
});

// In one worker even with --fully-parallel: a second one would find the recording unfinished.
test.describe.configure({ mode: 'default' });

// Asserted: that the target keeps each requirement, over both routes.
for (const requirement of requirements)
  test(testTitle(requirement), ({ judged }, testInfo) => {
    if (judged instanceof ConfigurationError) {
      expectFailure(testInfo);
      throw judged;
    }
    endTest(requirement.id, judged, testInfo);
  });
