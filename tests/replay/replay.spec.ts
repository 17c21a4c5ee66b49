import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readConfiguration } from '../../fixtures/configuration/configuration.ts';
import { readMergedRecording } from '../../fixtures/recording/reader.ts';
import { replayedRecording, replayFolder } from '../../fixtures/run/replay.ts';
import { replay as base } from '../../fixtures/test.ts';
import { failTest } from '../report/attach.ts';
import { exchangeText, shownExchange } from '../report/model/exchange.ts';
import * as diff from './diff.ts';
import { aspects } from './kinds.ts';

const configuration = readConfiguration(process.env);

const test = base.extend<object, { replayed: ReturnType<typeof compareRecordings> }>({
  // Compared once for all tests, from the two recordings and nothing else.
  replayed: [
    async ({ recorded: { recordings, fault } }, use) => {
      if (fault !== undefined) throw fault;
      await use(compareRecordings(recordings[0] ?? ''));
    },
    { scope: 'worker', timeout: 0, box: true },
  ],
});

/** `incomplete`: why not everything was compared; undefined: it was. */
function compareRecordings(path: string) {
  const folder = replayFolder(configuration);
  const recorded = readMergedRecording(replayedRecording(configuration));
  const replayed = readMergedRecording(path);
  const pairs = diff.pairsOf(recorded.exchanges, replayed.exchanges);
  const differences = diff.differencesOf(pairs, { recorded: recorded.run, replayed: replayed.run });
  const summary = diff.summaryOf(recorded, pairs, differences);
  writeFileSync(join(folder, 'differences.md'), diff.differencesMarkdown(summary, differences));
  console.log(`replay   ${summary}`);
  console.log(`report   ${folder}/differences.md, html/index.html\n`);
  return { differences, incomplete: diff.whyIncomplete(pairs, recorded, replayed) };
}

test('every recorded request was sent again', ({ replayed: { incomplete } }, testInfo) => {
  if (incomplete) failTest(testInfo, `not every recorded request was sent again: ${incomplete}`);
});

for (const aspect of aspects)
  test(`the same ${aspect}`, async ({ replayed: { differences } }, testInfo) => {
    const mine = differences.filter(({ place }) => place[0] === aspect);
    for (const { place, first } of mine)
      for (const [side, exchange] of Object.entries(first))
        await testInfo.attach(`${side} ${diff.placeOf(place)}`, {
          body: exchangeText(shownExchange(exchange)),
          contentType: 'text/plain',
        });
    if (mine.length > 0) failTest(testInfo, mine.map(diff.differenceLine).join('\n'));
  });
