import { join } from 'node:path';
import { Redaction } from '../../../fixtures/recording/redaction.ts';
import { beginRecording } from '../../../fixtures/recording/writer.ts';
import type { Run } from '../../../schemas/files/recording.ts';
import { runAt, type SendPlan, sendDocumented } from './judged.ts';
import { type Defect, startMock } from './mock.ts';
import type { ChildRun } from './run.ts';
import { contract, emptyFolder, reportFolder } from './run.ts';

/**
 * Records a run against a mock with the defect, without Playwright. `run`: what its first line says
 * otherwise. Out: the path of the recording, in a report folder of its own.
 */
export async function recordedRun(
  defect?: Defect,
  run: Partial<Run> = {},
  plan: SendPlan = {},
): Promise<string> {
  const mock = await startMock(defect ? { defect } : {});
  const folder = reportFolder(emptyFolder());
  const first = { ...runAt(mock), suiteVersion: '0.4.0', ...run };
  const writer = beginRecording(folder, first, new Redaction(() => [mock.token]));
  const options = { samples: 1, concurrency: 4, ...plan };
  writer.end(await sendDocumented(mock, options, (exchange) => writer.record(exchange)));
  await mock.close();
  return join(folder, 'exchanges', `${first.run}.jsonl`);
}

/** Judges recordings again, as `npm run rejudge` does. */
export function rejudge(
  recordings: readonly string[],
  env: Readonly<Record<string, string>> = {},
  folder: string = emptyFolder(),
  args: readonly string[] = [],
): Promise<ChildRun> {
  const named = recordings.length > 0 && { CONTRACT_RECORDING: recordings.join(',') };
  return contract({ ...named, ...env }, ['--project=contract', '--no-deps', ...args], folder);
}
