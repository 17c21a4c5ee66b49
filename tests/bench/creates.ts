import { join } from 'node:path';
import { startMock } from '../../fixtures/mock/server.ts';
import { recordedLines } from '../../fixtures/recording/reader.ts';
import { Redaction } from '../../fixtures/recording/redaction.ts';
import { RecordingWriter } from '../../fixtures/recording/writer.ts';
import { documentedRequests } from '../../fixtures/requests/documented.ts';
import { recordingsFolder } from '../../schemas/files/recording.ts';
import { routes } from '../../schemas/operation.ts';
import { clientOf, runAt, sendDocumented, verdictsOn } from '../self/support/judged.ts';
import { emptyFolder } from '../self/support/run.ts';

/** Samples of the time of a judged create ÷ that of a bare fetch of the same body from the same server. */
export async function oneCreate(rounds: number): Promise<number[]> {
  const count = 300;
  const mock = await startMock();
  const [example] = documentedRequests({ routes, userId: mock.userId, seed: 1, samples: 1 });
  if (example?.body === undefined) throw new Error('the documented example has a body');
  const url = `${mock.baseUrl}${example.path}`;
  const headers = { Authorization: `Bearer ${mock.token}`, 'Content-Type': 'application/json' };
  const init = { method: 'POST', headers, body: new Uint8Array(example.body) };
  const ratios: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const floor = await timed(async () => {
      for (let i = 0; i < count; i++) await (await fetch(url, init)).arrayBuffer();
    });
    const client = clientOf(mock);
    const lines = async function* () {
      yield runAt(mock);
      for (let i = 1; i <= count; i++) yield await client.send({ ...example, kind: 'create' }, i);
    };
    ratios.push((await timed(() => verdictsOn(lines()))) / floor);
    await client.close();
  }
  await mock.close();
  return ratios;
}

/** Milliseconds and heap that it takes to send, record and judge so many bodies. */
export async function growthBy(count: number): Promise<{ ms: number; megabytes: number }> {
  const mock = await startMock();
  const ms = await timed(async () => {
    const [folder, run] = [emptyFolder(), runAt(mock)];
    const writer = new RecordingWriter(folder, run, new Redaction(() => [mock.token]));
    const options = { samples: Math.ceil(count / routes.length), concurrency: 4 };
    writer.end(await sendDocumented(mock, options, (exchange) => writer.record(exchange)));
    await verdictsOn(recordedLines(join(recordingsFolder(folder), `${run.run}.jsonl`)));
  });
  await mock.close();
  globalThis.gc?.();
  return { ms, megabytes: Math.round(process.memoryUsage().heapUsed / 1e6) };
}

/** Milliseconds that the work takes. */
async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}
