import { randomUUID } from 'node:crypto';
import { request } from 'playwright';
import { oneToken } from '../../../fixtures/http/authorization.ts';
import { HttpClient } from '../../../fixtures/http/client.ts';
import { Throttling, waitLimitsFor } from '../../../fixtures/http/retry-after.ts';
import { type Defect, startMock } from '../../../fixtures/mock/server.ts';
import { documentedRequests } from '../../../fixtures/requests/documented.ts';
import { sendAll } from '../../../fixtures/run/scheduler.ts';
import type { End, Exchange, Run } from '../../../schemas/files/recording.ts';
import type { Verdict } from '../../../schemas/files/report.ts';
import { routes } from '../../../schemas/operation.ts';
import { judge } from '../../judge/judge.ts';
import { requirements } from '../../requirements/index.ts';
import { personalToken } from './personal-token.ts';

interface Options {
  readonly samples?: number;
  readonly seed?: number;
}

/** Bodies a route that let every mutant show itself, and keep two hundred of them affordable. */
const enough = 60;

/** Fires every documented call at an embedded mock with the defect, and judges what came back. */
export async function judged(
  defect: Defect | undefined,
  { samples = enough, seed = 1 }: Options = {},
): Promise<Verdict[]> {
  // Ends in a letter, so that a mock which ignores letter case can show itself.
  const mock = await startMock({ token: `${randomUUID()}-k`, ...(defect && { defect }) });
  const run: Run = {
    run: 'self',
    startedAt: '2026-11-23T00:00:00.000Z',
    suiteVersion: '0',
    target: 'embedded-mock',
    baseUrl: mock.baseUrl,
    routes,
    notApplicable: {},
    seed,
    slowMs: 2_000,
    configuration: {},
  };
  const door = new HttpClient(request, {
    ...mock,
    tokens: { ...oneToken(mock.token), personal: personalToken },
    timeoutMs: 3_500,
    userAgent: 'self',
  });
  const exchanges: Exchange[] = [];
  const calls = documentedRequests({ routes, userId: mock.userId, seed, samples, personal: true });
  const end = await sendAll(calls, {
    concurrency: 4,
    slowMs: run.slowMs,
    throttling: new Throttling(waitLimitsFor(true)),
    send: (call, number) => door.send(call, number),
    record: (exchange) => exchanges.push(exchange),
    progress: () => {},
  });
  await door.close();
  await mock.close();
  const { judgements } = await judge(lines([run, ...exchanges, end]), {
    requirements,
    deviationsOf: () => [],
    strict: false,
  });
  return judgements.map(({ verdict }) => verdict);
}

async function* lines(all: (Run | Exchange | End)[]): AsyncGenerator<Run | Exchange | End> {
  yield* all;
}

/** The requirements that deviate, sorted; what was no longer asked because of them is no notice. */
export function detected(verdicts: readonly Verdict[]): string[] {
  const spoke = verdicts.filter(({ outcome }) => outcome === 'deviates');
  return [...new Set(spoke.map(({ requirement }) => requirement))].sort();
}
