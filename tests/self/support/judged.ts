import { randomUUID } from 'node:crypto';
import { request } from 'playwright';
import { httpClient } from '../../../fixtures/http/client.ts';
import { throttlingWithin, waitLimitsFor } from '../../../fixtures/http/retry-after.ts';
import { documentedRequests, furtherCreate } from '../../../fixtures/requests/documented.ts';
import { sendAll } from '../../../fixtures/run/scheduler.ts';
import type {
  End,
  Exchange,
  Recording,
  RequestCase,
  Run,
} from '../../../schemas/files/recording.ts';
import type { Verdict } from '../../../schemas/files/report.ts';
import { type Route, routes } from '../../../schemas/operation.ts';
import { judge } from '../../judge/judge.ts';
import { requirements } from '../../requirements/index.ts';
import { type Defect, type Mock, startMock } from './mock.ts';
import { personalToken } from './personal-token.ts';
import { run } from './recorded.ts';

/** How the documented requests are sent. `samples`: bodies a route; `isChecked`: whether a further create tells how a silent route answers. */
export interface SendPlan {
  readonly samples?: number;
  readonly wants?: (requestCase: RequestCase) => boolean;
  readonly concurrency?: number;
  readonly slowMs?: number;
  readonly timeoutMs?: number;
  readonly isChecked?: boolean;
}

/**
 * One request after another, so that the n-th is the same one each time, and limits that no answer
 * reaches, however busy this machine is. The bodies let every mutant show itself, and keep two
 * hundred of them affordable.
 */
const certain = {
  samples: 60,
  wants: () => true,
  concurrency: 1,
  slowMs: 60_000,
  timeoutMs: 60_000,
};

/** For a server that is wrong in its time: limits that it reaches, and few creates, which show it. */
export const tightLimits: SendPlan = {
  samples: 10,
  wants: ({ kind }) => kind === 'create',
  concurrency: 4,
  slowMs: 250,
  timeoutMs: 1_500,
};

/** The user of every mock that is judged. */
export const mockUserId = '5b1f6a0e-2c47-4d38-8e19-a07c3d52f6b4';

/** The first line of a recording of the mock. */
export function runAt({ baseUrl }: Mock, { slowMs = certain.slowMs }: SendPlan = {}): Run {
  return { ...run, baseUrl, routes, slowMs };
}

/** A client that signs in at the mock, also as a personal account. To be closed. */
export function clientOf(mock: Mock, { timeoutMs = certain.timeoutMs }: SendPlan = {}) {
  const tokens = { bearer: async () => mock.token, personal: personalToken };
  return httpClient(request, { ...mock, isMock: true, tokens, timeoutMs, userAgent: 'self' });
}

/** Every request that there is, with as many bodies as show all that is wrong. */
export function wantedOf(userId: string, referenceRoot: string) {
  const { samples } = certain;
  const all = { personal: true, referenceRoot };
  return { routes, userId, seed: run.seed, samples, ...all };
}

/** Sends every documented request to the mock once, and hands over each exchange as it ends. */
export async function sendDocumented(
  mock: Mock,
  options: SendPlan,
  record: (exchange: Exchange) => void,
): Promise<End> {
  const { samples, wants, concurrency, slowMs, isChecked } = { ...certain, ...options };
  const client = clientOf(mock, options);
  const { userId, baseUrl } = mock;
  const wanted = { ...wantedOf(userId, baseUrl), samples };
  const documented = documentedRequests(wanted);
  const end = await sendAll(documented.filter(wants), {
    concurrency,
    ...(isChecked && { checkOf: (route: Route, n: number) => furtherCreate(route, n, wanted) }),
    slowMs,
    throttling: throttlingWithin(waitLimitsFor(true)),
    send: (...request) => client.send(...request),
    record,
    failed: (error) => {
      throw error;
    },
    progress: () => {},
  });
  await client.close();
  return end;
}

/** Judges a recording by every requirement, where no deviation is declared. */
export function judgedOn(recording: Omit<Recording, 'path'>) {
  const judging = { requirements, deviations: [], strict: false };
  return judge({ ...recording, path: 'recording.jsonl' }, judging);
}

export function verdictsOn(recording: Omit<Recording, 'path'>): readonly Verdict[] {
  return judgedOn(recording).verdicts;
}

/** Sends every documented request to an embedded mock with the defect, and judges what came back. */
export async function judged(
  defect: Defect | undefined,
  options: SendPlan = {},
): Promise<readonly Verdict[]> {
  return (await judgedRun(defect, options)).verdicts;
}

/** The embedded mock with a token of letters, so that a defect which ignores their case can show itself. */
export function startLettered(defect?: Defect): Promise<Mock> {
  const token = randomUUID().replaceAll(/[^a-f]/g, 'k');
  return startMock({ token, userId: mockUserId, ...(defect && { defect }) });
}

/** The same with how the sending went. */
export async function judgedRun(defect: Defect | undefined, options: SendPlan) {
  const mock = await startLettered(defect);
  const exchanges: Exchange[] = [];
  const end = await sendDocumented(mock, options, (each) =>
    exchanges.push({ ...each, evidence: `recording.jsonl:${exchanges.length + 2}` }),
  );
  await mock.close();
  return judgedOn({ run: runAt(mock, options), exchanges, end });
}

/** The requirements that deviate on a route, sorted; one that was not judged because of another does not. */
export function detected(verdicts: readonly Verdict[]): string[] {
  return verdicts
    .filter(({ routes }) => routes.some(({ outcome }) => outcome === 'deviates'))
    .map(({ requirement }) => requirement)
    .sort();
}
