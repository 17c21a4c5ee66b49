import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test as base, expect as plain, type TestInfo } from '@playwright/test';
import { readConfiguration } from '../../fixtures/configuration/configuration.ts';
import { runId } from '../../fixtures/configuration/run-id.ts';
import { readMergedRecording, recordingPath } from '../../fixtures/recording/reader.ts';
import { replayedRecording, replayFolder } from '../../fixtures/run/replay.ts';
import { reporterPresent } from '../report/attach.ts';
import { exchangeText } from '../report/message.ts';
import { type Difference, differencesOf, pairsOf } from './diff.ts';
import { differenceLine, differencesMarkdown, leftOut } from './diff-report.ts';
import { aspects } from './fact.ts';

const configuration = readConfiguration(process.env);

interface Replayed {
  readonly differences: readonly Difference[];
  /** Why not everything was compared; undefined: it was. */
  readonly incomplete: string | undefined;
}

const test = base.extend<object, { replayed: Replayed }>({
  // Compared once for all tests, from the two recordings and nothing else.
  replayed: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures' names from this pattern
    async ({}, use) => use(await compareRecordings()),
    { scope: 'worker', timeout: 0 },
  ],
});

async function compareRecordings(): Promise<Replayed> {
  const folder = replayFolder(configuration);
  const recorded = await readMergedRecording(replayedRecording(configuration));
  const { run, exchanges, end } = await readMergedRecording(
    recordingPath(folder, undefined, runId()),
  );
  const pairs = pairsOf(recorded, { exchanges });
  const roots = { recorded: recorded.run.baseUrl, replayed: run.baseUrl };
  const differences = differencesOf(pairs, roots);
  const count = `${differences.length} ${differences.length === 1 ? 'difference' : 'differences'}`;
  const told = `${count} in ${pairs.length} calls from ${recorded.run.target}, recorded ${recorded.run.startedAt}${leftOut(recorded.exchanges, pairs)}`;
  writeFileSync(join(folder, 'differences.md'), differencesMarkdown(told, differences));
  console.log(`replay   ${told}`);
  console.log(`report   ${folder}/differences.md, html/index.html\n`);
  if (pairs.length === 0) return { differences, incomplete: 'nothing could be compared' };
  // What a killed run did not ask, nobody can compare.
  if (recorded.end === undefined)
    return { differences, incomplete: 'the recording is not whole: the run was interrupted' };
  return {
    differences,
    incomplete: end?.complete ? undefined : (end?.reason ?? 'the run was interrupted'),
  };
}

const expect = plain.extend({
  toAnswerAsRecorded: (differences: readonly Difference[]) => ({
    pass: differences.length === 0,
    message: () => differences.map(differenceLine).join('\n'),
  }),
  toBeComplete: (incomplete: string | undefined) => ({
    pass: incomplete === undefined,
    message: () => `not every call of the recorded run was asked again: ${incomplete}`,
  }),
});

/** A failure that Playwright expects costs no new worker (tests/deliver.ts). */
function expectFailure(testInfo: TestInfo, failing: boolean): void {
  if (failing && process.env[reporterPresent] !== undefined) testInfo.expectedStatus = 'failed';
}

test('every recorded call was asked again', ({ replayed: { incomplete } }, testInfo) => {
  expectFailure(testInfo, incomplete !== undefined);
  expect(incomplete).toBeComplete();
});

for (const aspect of aspects)
  test(`the same ${aspect}`, async ({ replayed: { differences } }, testInfo) => {
    const mine = differences.filter((each) => each.aspect === aspect);
    for (const { first, where } of mine)
      for (const [side, exchange] of Object.entries(first))
        await testInfo.attach(`${side} ${where}`.trim(), {
          body: exchangeText(exchange),
          contentType: 'text/plain',
        });
    expectFailure(testInfo, mine.length > 0);
    expect(mine).toAnswerAsRecorded();
  });
