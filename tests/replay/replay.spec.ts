import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect as plain } from '@playwright/test';
import { readConfiguration } from '../../fixtures/configuration/configuration.ts';
import { readMergedRecording } from '../../fixtures/recording/reader.ts';
import { replayedRecording, replayFolder } from '../../fixtures/run/replay.ts';
import { replay as base } from '../../fixtures/test.ts';
import { expectFailure } from '../report/attach.ts';
import { exchangeText, shownExchange } from '../report/model/exchange.ts';
import { type Difference, differencesOf, pairsOf } from './diff.ts';
import {
  differenceLine,
  differencesMarkdown,
  placeOf,
  summaryOf,
  whyIncomplete,
} from './diff-report.ts';
import { aspects } from './kinds.ts';

const configuration = readConfiguration(process.env);

interface Replayed {
  readonly differences: readonly Difference[];
  /** Why not everything was compared; undefined: it was. */
  readonly incomplete: string | undefined;
}

const test = base.extend<object, { replayed: Replayed }>({
  // Compared once for all tests, from the two recordings and nothing else.
  replayed: [
    async (
      {
        recorded: {
          recordings: [recording = ''],
          fault,
        },
      },
      use,
    ) => {
      if (fault !== undefined) throw fault;
      await use(await compareRecordings(recording));
    },
    { scope: 'worker', timeout: 0, box: true },
  ],
});

async function compareRecordings(path: string): Promise<Replayed> {
  const folder = replayFolder(configuration);
  const recorded = readMergedRecording(replayedRecording(configuration));
  const replayed = readMergedRecording(path);
  const pairs = pairsOf(recorded.exchanges, replayed.exchanges);
  const roots = { recorded: recorded.run.baseUrl, replayed: replayed.run.baseUrl };
  const differences = differencesOf(pairs, roots);
  const summary = summaryOf(recorded, pairs, differences);
  writeFileSync(join(folder, 'differences.md'), differencesMarkdown(summary, differences));
  console.log(`replay   ${summary}`);
  console.log(`report   ${folder}/differences.md, html/index.html\n`);
  return { differences, incomplete: whyIncomplete(pairs, recorded, replayed) };
}

const expect = plain.extend({
  toRespondAsRecorded: (differences: readonly Difference[]) => ({
    pass: differences.length === 0,
    message: () => differences.map(differenceLine).join('\n'),
  }),
  toBeComplete: (incomplete: string | undefined) => ({
    pass: incomplete === undefined,
    message: () => `not every recorded request was sent again: ${incomplete}`,
  }),
});

test('every recorded request was sent again', ({ replayed: { incomplete } }, testInfo) => {
  if (incomplete !== undefined) expectFailure(testInfo);
  expect(incomplete).toBeComplete();
});

for (const aspect of aspects)
  test(`the same ${aspect}`, async ({ replayed: { differences } }, testInfo) => {
    const mine = differences.filter(({ place }) => place[0] === aspect);
    for (const difference of mine)
      for (const [side, exchange] of Object.entries(difference.first))
        await testInfo.attach(`${side} ${placeOf(difference)}`, {
          body: exchangeText(shownExchange(exchange)),
          contentType: 'text/plain',
        });
    if (mine.length > 0) expectFailure(testInfo);
    expect(mine).toRespondAsRecorded();
  });
