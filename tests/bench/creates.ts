import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { request } from 'playwright';
import { oneToken } from '../../fixtures/http/authorization.ts';
import { HttpClient } from '../../fixtures/http/client.ts';
import { Throttling, waitLimitsFor } from '../../fixtures/http/retry-after.ts';
import { type Mock, startMock } from '../../fixtures/mock/server.ts';
import { readRecording } from '../../fixtures/recording/reader.ts';
import { Redaction } from '../../fixtures/recording/redaction.ts';
import { RecordingWriter } from '../../fixtures/recording/writer.ts';
import { documentedExample } from '../../fixtures/requests/bodies.ts';
import { documentedRequests } from '../../fixtures/requests/documented.ts';
import { sendAll } from '../../fixtures/run/scheduler.ts';
import type { RequestCase, Run } from '../../schemas/files/recording.ts';
import { routes } from '../../schemas/operation.ts';
import { judge } from '../judge/judge.ts';
import { requirements } from '../requirements/index.ts';
import { type Ratio, timed } from './ratio.ts';

/** Fires `samples` bodies a route at the mock, records and judges them. */
async function verdictOn(mock: Mock, samples: number): Promise<void> {
  const report = mkdtempSync(join(tmpdir(), 'contract-bench-'));
  const run: Run = {
    run: 'bench',
    startedAt: '2026-11-23T00:00:00.000Z',
    suiteVersion: '0',
    target: 'bench',
    baseUrl: mock.baseUrl,
    routes,
    notApplicable: {},
    seed: 1,
    slowMs: 60_000,
    configuration: {},
  };
  const recorder = new RecordingWriter(report, run, new Redaction(() => [mock.token]));
  const door = new HttpClient(request, {
    ...mock,
    tokens: oneToken(mock.token),
    timeoutMs: 60_000,
    userAgent: 'bench',
  });
  const calls = documentedRequests({ routes, userId: mock.userId, seed: 1, samples });
  const end = await sendAll(calls, {
    concurrency: 4,
    slowMs: 60_000,
    throttling: new Throttling(waitLimitsFor(true)),
    send: (call, number) => door.send(call, number),
    record: (exchange) => recorder.record(exchange),
    progress: () => {},
  });
  recorder.end(end);
  await door.close();
  await judge(readRecording(join(report, 'exchanges/bench.jsonl')), {
    requirements,
    deviationsOf: () => [],
    strict: false,
  });
}

function fetchOnce(mock: Mock): Promise<ArrayBuffer> {
  return fetch(`${mock.baseUrl}/me/registeredDevices/$ref`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${mock.token}`, 'Content-Type': 'application/json' },
    body: new Uint8Array(documentedExample.bytes),
  }).then((response) => response.arrayBuffer());
}

/** Creates one after another, judged, against bare fetches of the same body to the same server. */
export async function oneCreate(rounds: number): Promise<Ratio> {
  const mock = await startMock();
  const count = 300;
  const one: RequestCase = {
    name: 'bench',
    kind: 'create',
    route: 'me',
    why: '',
    method: 'POST',
    path: '/me/registeredDevices/$ref',
    credential: 'token',
    contentType: 'application/json',
    body: documentedExample.bytes,
    deletedDateTime: documentedExample.deletedDateTime,
  };
  const run: Run = {
    run: 'bench',
    startedAt: '',
    suiteVersion: '0',
    target: 'bench',
    baseUrl: mock.baseUrl,
    routes,
    notApplicable: {},
    seed: 1,
    slowMs: 60_000,
    configuration: {},
  };
  const samples: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const floor = await timed(async () => {
      for (let i = 0; i < count; i++) await fetchOnce(mock);
    });
    const door = new HttpClient(request, {
      ...mock,
      tokens: oneToken(mock.token),
      timeoutMs: 60_000,
      userAgent: 'bench',
    });
    const judged = await timed(() =>
      judge(
        (async function* () {
          yield run;
          for (let i = 1; i <= count; i++) yield await door.send(one, i);
        })(),
        { requirements, deviationsOf: () => [], strict: false },
      ),
    );
    await door.close();
    samples.push(judged / floor);
  }
  await mock.close();
  return { name: 'one judged create ÷ one bare fetch of the same body', aim: '≤ 2', samples };
}

/** Time and memory by the number of bodies. */
export async function growth(counts: readonly number[]): Promise<string[]> {
  const rows: string[] = [];
  for (const count of counts) {
    const mock = await startMock();
    const ms = await timed(() => verdictOn(mock, Math.ceil(count / routes.length)));
    await mock.close();
    globalThis.gc?.();
    const memory = Math.round(process.memoryUsage().heapUsed / 1e6);
    rows.push(
      `${String(count).padStart(6)} bodies ${(ms / 1000).toFixed(2).padStart(7)} s ${(ms / count).toFixed(2).padStart(6)} ms a body ${String(memory).padStart(5)} MB heap after`,
    );
  }
  return rows;
}
