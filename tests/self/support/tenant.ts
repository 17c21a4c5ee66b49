import { gzipSync } from 'node:zlib';
import { bare, objectIn, withHeader, withJson, without } from '../mutants/defects/rewrite.ts';
import type { IdentityProvider } from './identity-provider/provider.ts';
import { type Mock, type MockRequest, type MockResponse, startMock } from './mock.ts';

/** What a tenant answers otherwise than usual. */
export interface Answer {
  /** Of an error, with its usual body. */
  readonly status?: number;
  readonly retryAfter?: string;
  /** Whether the object's id is what the Authorization header held: in turns with its scheme and without. */
  readonly echoes?: boolean;
  readonly wire?: 'hang' | 'reset';
  /** Milliseconds before the answer. */
  readonly delay?: number;
  /** Whether a create was carried out all the same. */
  readonly isCarriedOut?: boolean;
}

/** `nth`: of a create that would be accepted, its number since the behaviour began; else 0. Undefined: as usual. */
export type Behaviour = (request: MockRequest & { readonly nth: number }) => Answer | undefined;

export interface Tenant extends Mock {
  readonly references: ReadonlySet<string>;
  /** "METHOD path" of each. */
  readonly requests: readonly string[];
  behave(behaviour: Behaviour): void;
}

/** Throttles now and then, as every service does. */
export const usual: Behaviour = ({ n }) =>
  n % 11 === 0 ? { status: 429, retryAfter: '0', isCarriedOut: false } : undefined;

/**
 * Starts a service on 127.0.0.1 that answers as the live one is believed to (nobody has seen it):
 * tokens of its provider only, 204 for a reference, Location outside the version, gzip and chunked
 * in turns, throttled now and then, and references that can be removed.
 */
export async function startTenant({
  userId,
  accepts,
}: Pick<IdentityProvider, 'userId' | 'accepts'>): Promise<Tenant> {
  const references = new Set<string>();
  const requests: string[] = [];
  let [behaviour, nth, origin] = [usual, 0, ''];
  const mock = await startMock({
    userId,
    accepts: (token) => accepts(token, origin),
    defect: (asDocumented, request) => {
      requests.push(`${request.method} ${request.path}`);
      const number = request.created > 0 ? ++nth : 0;
      const {
        isCarriedOut = true,
        wire,
        delay,
        ...answer
      } = behaviour({ ...request, nth: number }) ?? {};
      const isAnswered = asDocumented.status !== 401 && isCarriedOut;
      const response = isAnswered ? carriedOut(asDocumented, request) : asDocumented;
      const { authorization = '' } = request.headers;
      const id = number % 2 === 0 ? authorization : authorization.replace('Bearer ', '');
      const given = answer.echoes ? withJson(request.accept(), { id }) : answered(response, answer);
      return { ...given, ...(wire && { wire }), ...(delay && { delay }) };
    },
  });
  origin = new URL(mock.baseUrl).origin;

  function carriedOut(response: MockResponse, { method, path, n }: MockRequest): MockResponse {
    const [, removed] = /\/registeredDevices\/([^/]+)\/\$ref$/.exec(path) ?? [];
    if (method === 'DELETE' && removed !== undefined)
      return references.delete(removed) ? bare(response, 204) : response;
    if (response.status !== 201) return n % 2 === 0 ? gzipped(response) : response;
    const id = String(objectIn(response).id);
    references.add(id);
    return withHeader(bare(response, 204), 'Location', `${origin}/tenant/directoryObjects/${id}`);
  }

  const behave = (next: Behaviour) => {
    [behaviour, nth] = [next, 0];
  };
  return { ...mock, references, requests, behave };
}

function answered(usually: MockResponse, { status, retryAfter }: Answer): MockResponse {
  if (status === undefined) return usually;
  const plain = without(bare(usually, status), 'Location', 'Allow', 'Content-Encoding');
  const error = withJson(plain, { error: { code: 'Refused', message: 'Not now.' } });
  const typed = withHeader(error, 'Content-Type', 'application/json');
  return retryAfter === undefined ? typed : withHeader(typed, 'Retry-After', retryAfter);
}

/** Chunked too, because it names no length. */
function gzipped(response: MockResponse): MockResponse {
  const chunked = without(response, 'Content-Length');
  return { ...withHeader(chunked, 'Content-Encoding', 'gzip'), body: gzipSync(response.body) };
}
