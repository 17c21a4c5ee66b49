import { type ServerResponse, STATUS_CODES } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { type RefusalReason, refusalOf, tokenIn } from '../../../fixtures/mock/refusals.ts';
import { type ReadRequest, type Route, readRequest } from '../../../fixtures/mock/request.ts';
import {
  created,
  type MockResponse as Documented,
  refused,
} from '../../../fixtures/mock/responses.ts';
import { type Mock, type MockOptions, startServer } from '../../../fixtures/mock/server.ts';

export type { Mock } from '../../../fixtures/mock/server.ts';

/** A request as a defect sees it, with what the embedded mock made of it. */
export interface MockRequest extends ReadRequest {
  readonly token: string;
  readonly route: Route | undefined;
  /** Why the embedded mock refuses this request; undefined: it responds 201. */
  readonly refusal: RefusalReason | undefined;
  readonly n: number;
  /** The n-th create that the embedded mock accepted; 0 where it refuses. */
  readonly created: number;
  /** Its name, where the response is judged in memory. */
  readonly name?: string;
  /** The response this request would get if nothing were refused. */
  accept(): MockResponse;
}

/** What happens to the connection. */
type Wire =
  /** closed without a byte */
  | 'drop'
  /** a TCP reset */
  | 'reset'
  /** never responds; ends with the mock */
  | 'hang'
  /** closed after so many bytes of the body */
  | { readonly cutAfter: number }
  /** these bytes, then closed */
  | { readonly raw: Buffer }
  /** the body in pieces, so many milliseconds apart */
  | { readonly chunks: readonly Buffer[]; readonly every: number };

/** A response, and how it is written; nothing is corrected on the way out. */
export interface MockResponse extends Documented {
  readonly reason?: string;
  /** Milliseconds to wait before the first byte. */
  readonly delay?: number;
  readonly wire?: Wire;
}

/** Turns the response of the embedded mock into another one. */
export type Defect = (
  response: MockResponse,
  request: MockRequest,
) => MockResponse | Promise<MockResponse>;

export interface DefectiveOptions extends MockOptions {
  /** Which tokens are good; not set: the one token. */
  readonly accepts?: (token: string) => boolean;
  readonly defect?: Defect;
}

/** Starts the embedded mock, whose responses `defect` may change; where that fails, 500 is sent. */
export function startMock({ accepts, defect, ...options }: DefectiveOptions = {}): Promise<Mock> {
  let n = 0;
  let creates = 0;
  return startServer(options, async (state, incoming, outgoing) => {
    const request = await readRequest(incoming);
    const sent = tokenIn(request);
    const token = accepts === undefined ? state.token : accepts(sent) ? sent : '';
    const refusal = refusalOf(request, { ...state, token });
    const object = created(request, state);
    const response = refusal ? refused(request, refusal) : object.response;
    if (!refusal) state.ids.add(object.id);
    const seen: MockRequest = {
      ...request,
      token: state.token,
      route: request.resource?.route,
      refusal: refusal?.reason,
      n: ++n,
      created: refusal ? 0 : ++creates,
      accept: () => object.response,
    };
    try {
      const changed = (await defect?.(response, seen)) ?? response;
      // A 429 says that the create was not made: the same id may come again.
      if (changed.status === 429 && !refusal) state.ids.delete(object.id);
      await send(changed, outgoing);
    } catch (error) {
      const failed = { status: 500, code: 'MockFailed', message: String(error) };
      if (!outgoing.headersSent) await send(refused(request, failed), outgoing);
      else throw error;
    }
  });
}

/** Writes a response to its connection, headers exactly as listed, and does what `wire` says. */
async function send(response: MockResponse, outgoing: ServerResponse): Promise<void> {
  if (response.delay !== undefined) await pause(response.delay);
  const { socket } = outgoing;
  const { wire, body } = response;
  if (socket === null || socket.destroyed || wire === 'hang') return;
  if (wire === 'drop') socket.destroySoon();
  else if (wire === 'reset') socket.resetAndDestroy();
  else if (wire === undefined) writeHead(response, outgoing).end(body);
  else if ('raw' in wire) {
    socket.write(wire.raw);
    socket.destroySoon();
  } else if ('cutAfter' in wire) {
    writeHead(response, outgoing).flushHeaders();
    if (wire.cutAfter > 0) outgoing.write(body.subarray(0, wire.cutAfter));
    // not end(): that would complete a chunked message
    socket.destroySoon();
  } else await trickle(wire.chunks, wire.every, writeHead(response, outgoing));
}

/** A response as an HTTP/1 message, to be sent as `raw`. */
export function message(response: MockResponse, version: '1.0' | '1.1' = '1.1'): Buffer {
  const { status, reason = STATUS_CODES[status] ?? '', headers, body } = response;
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  const head = `HTTP/${version} ${status} ${reason}\r\n${lines}\r\n`;
  return Buffer.concat([Buffer.from(head, 'latin1'), body]);
}

function writeHead(response: MockResponse, outgoing: ServerResponse): ServerResponse {
  outgoing.sendDate = false;
  return outgoing.writeHead(response.status, response.reason, response.headers.flat());
}

async function trickle(chunks: readonly Buffer[], every: number, outgoing: ServerResponse) {
  outgoing.flushHeaders();
  for (const [i, chunk] of chunks.entries()) {
    if (i > 0) await pause(every);
    outgoing.write(chunk);
  }
  outgoing.end();
}

function pause(milliseconds: number): Promise<void> {
  // unreferenced: a closed mock must not keep the process alive
  return sleep(milliseconds, undefined, { ref: false });
}
