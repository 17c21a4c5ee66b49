import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@playwright/test';
import { readConfiguration } from '../../../fixtures/configuration/configuration.ts';
import { recordingPath, recordingPaths } from '../../../fixtures/recording/paths.ts';
import { replayedRecording } from '../../../fixtures/run/replay.ts';
import { complaintOf, expectOneSentence } from '../support/configuration-error.ts';
import { run } from '../support/recorded.ts';
import { emptyFolder } from '../support/run.ts';

/** Report folders below a new folder, each with recordings of a target by their names. */
function reports(
  of: Readonly<Record<string, readonly [target: string, names: readonly string[]]>>,
) {
  const folder = emptyFolder();
  const pathOf = (report: string, name: string) => join(folder, report, 'exchanges', name);
  for (const [report, [target, names]] of Object.entries(of))
    for (const name of names) {
      mkdirSync(dirname(pathOf(report, name)), { recursive: true });
      writeFileSync(pathOf(report, name), `${JSON.stringify({ ...run, target })}\n`);
    }
  return { folder, pathOf };
}

/** The configuration of a run that writes to `report`. */
const named = (report: string, CONTRACT_RECORDING?: string) =>
  readConfiguration({ CONTRACT_REPORT: report, CONTRACT_RECORDING });

test('the recording is the newest of the report folder, or the one that is named', () => {
  const { folder, pathOf } = reports({
    r: ['a', ['2026-01-02.jsonl', '2026-01-10.jsonl', '2025-12-31.jsonl', 'notes.txt']],
  });
  const [report, older] = [join(folder, 'r'), pathOf('r', '2025-12-31.jsonl')];
  expect(recordingPath(named(report))).toBe(pathOf('r', '2026-01-10.jsonl'));
  expect(recordingPath(named('other', report))).toBe(pathOf('r', '2026-01-10.jsonl'));
  expect(recordingPath(named(report, older))).toBe(older);
});

test('several recordings are named with commas, or by the folder of their report folders', () => {
  const { folder, pathOf } = reports({
    monday: ['tenant', ['2026-01-05.jsonl']],
    tuesday: ['tenant', ['2026-01-06.jsonl', '2026-01-01.jsonl']],
    mock: ['mock', ['2026-01-04.jsonl']],
  });
  const paths = (recording: string) => recordingPaths(named('r', recording));
  const [old, newest, mock] = [
    pathOf('monday', '2026-01-05.jsonl'),
    pathOf('tuesday', '2026-01-06.jsonl'),
    pathOf('mock', '2026-01-04.jsonl'),
  ];
  expect(paths(`${old}, ${mock}`)).toEqual([old, mock]);
  expect(paths(folder).toSorted()).toEqual([mock, newest]);
  const said = complaintOf(() => recordingPath(named('r', folder)));
  expect(said).toBe('CONTRACT_RECORDING names 2 recordings: expected one.');
});

test('a replay needs one recording to be named', () => {
  expect(complaintOf(() => replayedRecording(readConfiguration({})))).toMatch(
    /^CONTRACT_RECORDING is missing/,
  );
});

test('where there is no recording, one sentence says so', () => {
  const folder = emptyFolder();
  for (const [recording, begins] of [
    [undefined, `${folder}/exchanges holds no recording: run `],
    [folder, `${folder} holds no recording: `],
    ['none.jsonl', 'CONTRACT_RECORDING: none.jsonl does not exist: expected a recording'],
  ] as const) {
    const said = complaintOf(() => recordingPaths(named(folder, recording)));
    expectOneSentence(said);
    expect(said.startsWith(begins), said).toBe(true);
  }
});
