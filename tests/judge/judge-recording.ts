import type { Configuration } from '../../fixtures/configuration/configuration.ts';
import { readRecording } from '../../fixtures/recording/reader.ts';
import type { JudgedRun } from '../../schemas/files/report.ts';
import type { Requirement } from '../requirements/requirement.ts';
import { judge } from './judge.ts';
import { readDeviations } from './known-deviations.ts';

/** With what is declared for the target of the recording. @throws ConfigurationError where a file cannot be read. */
export function judgeRecording(
  path: string,
  { deviations, strict }: Configuration,
  requirements: readonly Requirement[],
): JudgedRun {
  const recording = readRecording(path, true);
  const declared = readDeviations(deviations, recording.run.target);
  return judge(recording, { requirements, deviations: declared, strict });
}
