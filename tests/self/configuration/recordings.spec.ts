import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@playwright/test';
import { readConfiguration } from '../../../fixtures/configuration/configuration.ts';
import { recordingPath, recordingPaths } from '../../../fixtures/recording/paths.ts';
import { replayedRecording } from '../../../fixtures/run/replay.ts';
import { complaintOf, expectOneSentence } from '../support/configuration-error.ts';
import { run } from '../support/recorded.ts';
import { emptyFolder } from '../support/run.ts';

const folder = emptyFolder();
/** Makes a recording of a target in a report folder. Out: its path. */
function recording(report: string, name: string, target: string): string {
  const path = join(folder, report, 'exchanges', name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify({ ...run, target })}\n`);
  return path;
}
recording('monday', 'notes.txt', 'tenant');
const oldest = recording('monday', '2025-12-31.jsonl', 'tenant');
const monday = recording('monday', '2026-01-05.jsonl', 'tenant');
const tuesday = recording('tuesday', '2026-01-10.jsonl', 'tenant');
const mock = recording('mock', '2026-01-04.jsonl', 'mock');
recording('mock', '2026-01-02.jsonl', 'mock');
writeFileSync(join(folder, 'README.md'), 'what these reports are');

/** The configuration of a run that writes to `report`. */
const named = (report: string, CONTRACT_RECORDING?: string) =>
  readConfiguration({ CONTRACT_REPORT: report, CONTRACT_RECORDING });

// biome-ignore format: a row a line
const means: readonly (readonly [what: string, report: string, recording: string | undefined, paths: readonly string[]])[] = [
  ['the newest of the report folder', join(folder, 'monday'), undefined, [monday]],
  ['the newest of the report folder that is named', 'r', join(folder, 'monday'), [monday]],
  ['the one that is named', 'r', oldest, [oldest]],
  ['those that are named', 'r', `${oldest}, ${mock}`, [oldest, mock]],
  ['the newest of each target in a folder of report folders', 'r', folder, [mock, tuesday]],
];
for (const [what, report, recording, paths] of means)
  test(`the recording is ${what}`, () => {
    const configuration = named(report, recording);
    expect(recordingPaths(configuration).toSorted()).toEqual(paths.toSorted());
    const one = () => recordingPath(configuration);
    if (paths.length === 1) expect(one()).toBe(paths[0]);
    else expect(complaintOf(one)).toBe('CONTRACT_RECORDING names 2 recordings: expected one.');
  });

test('a replay needs one recording to be named', () => {
  const said = complaintOf(() => replayedRecording(readConfiguration({})));
  expectOneSentence(said, 'CONTRACT_RECORDING is missing');
});

test('where there is no recording, one sentence says so', () => {
  const empty = emptyFolder();
  for (const [recording, begins] of [
    [undefined, `${empty}/exchanges holds no recording: run `],
    [empty, `${empty} holds no recording: `],
    ['none.jsonl', 'CONTRACT_RECORDING: none.jsonl does not exist: expected a recording'],
  ] as const)
    expectOneSentence(
      complaintOf(() => recordingPaths(named(empty, recording))),
      begins,
    );
});
