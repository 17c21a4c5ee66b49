import { STATUS_CODES } from 'node:http';
import {
  type End,
  type Exchange,
  headerValues,
  isCountable,
  type Response,
  type Run,
} from '../../../schemas/files/recording.ts';
import type { Verdict } from '../../../schemas/files/report.ts';
import { judgedOn, runAt, sendDocumented, startLettered } from './judged.ts';
import type { Defect, MockRequest, MockResponse } from './mock.ts';

/** A whole run against the embedded mock: each request as it saw and answered it, and the exchange. */
interface Conforming {
  readonly run: Run;
  readonly end: End;
  readonly answered: readonly {
    readonly exchange: Exchange;
    readonly request: MockRequest;
    readonly response: MockResponse;
  }[];
}

/** Milliseconds beyond which an answer is slow. */
const SLOW_MS = 2_000;

let sent: Promise<Conforming> | undefined;

/**
 * Judges what a run against the embedded mock with the defect would record: it changes the responses of
 * one run that a worker sends once. @throws Error where a connection alone shows the response.
 */
export async function judgedInMemory(defect: Defect): Promise<readonly Verdict[]> {
  return (await runInMemory(defect)).verdicts;
}

/** The same with the notes on what breaks no rule. */
export async function runInMemory(defect: Defect) {
  sent ??= sendOnce();
  const { run, end, answered } = await sent;
  const exchanges: Exchange[] = [];
  for (const { exchange, request, response } of answered) {
    const changed = await defect(response, request);
    // a busy machine is no fault of the mock's
    const ms = 1 + (changed.delay ?? 0);
    const isSame = changed === response;
    exchanges.push(
      isSame
        ? { ...exchange, ms }
        : { ...exchange, ms, response: received(changed, request.method) },
    );
  }
  return judgedOn({ run, exchanges, end });
}

async function sendOnce(): Promise<Conforming> {
  const seen = new Map<string, Omit<Conforming['answered'][number], 'exchange'>>();
  const exchanges: Exchange[] = [];
  const mock = await startLettered((response, request) => {
    seen.set(request.clientRequestId, { request, response });
    return response;
  });
  const end = await sendDocumented(mock, {}, (exchange) => exchanges.push(exchange));
  await mock.close();
  const answered = exchanges.map((exchange) => {
    const [id = ''] = headerValues(exchange.request.headers, 'client-request-id');
    const each = seen.get(id);
    if (each === undefined) throw new Error(`the mock saw no request ${id}`);
    const { name } = exchange.requestCase;
    return { exchange, response: each.response, request: { ...each.request, name } };
  });
  return { run: runAt(mock, { slowMs: SLOW_MS }), end, answered };
}

/** What a client receives of a response. */
function received(response: MockResponse, method: string): Response {
  const { status, headers, reason = STATUS_CODES[status] ?? '' } = response;
  const isEmpty = method === 'HEAD' || status === 204 || status === 304;
  const body = isEmpty ? Buffer.alloc(0) : response.body;
  const lengths = headerValues(headers, 'content-length');
  const isPlain = lengths.every((length) => Number(length) === response.body.length);
  if (response.wire || !isPlain || headerValues(headers, 'content-encoding')[0])
    throw new Error('This response cannot be told without a connection: mark it as to be sent.');
  const wireBytes = isCountable(headers) && method !== 'HEAD' ? body.length : undefined;
  return { status, reason, headers, body, wireBytes };
}
