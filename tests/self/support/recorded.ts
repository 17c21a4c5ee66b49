import { join } from 'node:path';
import { Redaction } from '../../../fixtures/recording/redaction.ts';
import { beginRecording } from '../../../fixtures/recording/writer.ts';
import type { Exchange, Response, Run } from '../../../schemas/files/recording.ts';
import { emptyFolder } from './run.ts';

/** The run that a recording of the tests begins with. */
export const run: Run = {
  run: '2026-11-23T01-02-03.456Z-abcdef',
  startedAt: '2026-11-23T01:02:03.456Z',
  suiteVersion: '0',
  target: 'embedded-mock',
  baseUrl: 'http://127.0.0.1:1/v1.0',
  routes: ['me'],
  notApplicable: {},
  seed: 1,
  slowMs: 2_000,
  configuration: { CONTRACT_SEED: 1 },
};

export function exchange(response: Partial<Response> = {}, number = 1): Exchange {
  return {
    requestCase: {
      number,
      name: 'pair-01',
      kind: 'create',
      route: 'me',
      why: 'a test',
      deletedDateTime: '2017-01-01T00:00Z',
    },
    request: {
      method: 'POST',
      url: 'http://127.0.0.1:1/v1.0/me/registeredDevices/$ref',
      headers: [['A', 'b']],
      body: Buffer.from('{}'),
    },
    at: '2026-11-23T01:02:03.456Z',
    ms: 1.5,
    response: {
      status: 201,
      reason: 'Created',
      headers: [['A', 'b']],
      body: Buffer.from('{}'),
      wireBytes: 2,
      ...response,
    },
  };
}

/** Records the exchanges in a folder of their own. Out: the path of the recording. */
export function recorded(exchanges: readonly Exchange[], secrets: readonly string[] = []): string {
  const folder = emptyFolder();
  const recorder = beginRecording(folder, run, new Redaction(() => secrets));
  for (const each of exchanges) recorder.record(each);
  recorder.end({ complete: true });
  return join(folder, 'exchanges', `${run.run}.jsonl`);
}
