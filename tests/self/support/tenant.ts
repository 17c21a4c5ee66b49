import { createPublicKey, createVerify, type JsonWebKey } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { objectIn, withHeader, withJson, without } from '../mutants/defects/rewrite.ts';
import { type Defect, type Mock, type MockRequest, type MockResponse, startMock } from './mock.ts';

/** Whose tenant it is, and how it behaves. */
export interface TenantOptions {
  readonly tenantId: string;
  readonly userId: string;
  /** The keys that its identity provider signs with. */
  readonly keys: { readonly keys: readonly JsonWebKey[] };
  /** False: nobody consented, so every request is answered 403. */
  readonly consented?: boolean;
  /** Every so many requests one is answered 429; 0: none. */
  readonly throttleEvery?: number;
  /** A further change of every response. */
  readonly defect?: Defect;
  /** Whether the response to a create that was carried out is held back for good. */
  readonly hold?: (create: MockRequest) => boolean;
}

/** The embedded tenant, and what it holds. */
export interface Tenant extends Mock {
  /** Ids of the objects that are referred to now. */
  readonly references: ReadonlySet<string>;
  /** Requests that it has seen, as "METHOD path". */
  readonly requests: readonly string[];
  /** The id of the object whose create is held, from the moment on at which it is. */
  readonly held: Promise<string>;
}

/**
 * Starts a service on 127.0.0.1 that answers as the live one is believed to (nobody has seen it):
 * tokens of its provider only, 204 for a reference, Location outside the version, gzip and chunked
 * in turns, throttled now and then, and references that can be removed.
 */
export async function startTenant(options: TenantOptions): Promise<Tenant> {
  const references = new Set<string>();
  const requests: string[] = [];
  let origin = '';
  let hold = (_id: string) => {};
  const held = new Promise<string>((resolve) => {
    hold = resolve;
  });
  const respond: Defect = async (asDocumented, request) => {
    requests.push(`${request.method} ${request.path}`);
    const response = responseTo(
      asDocumented,
      request,
      references,
      options,
      origin,
      requests.length,
    );
    if (request.created > 0 && response.status === 204 && options.hold?.(request)) {
      hold(idIn(asDocumented));
      return { ...response, wire: 'hang' };
    }
    return options.defect === undefined ? response : options.defect(response, request);
  };
  const accepts = (token: string) => isGood(token, origin, options);
  const mock = await startMock({ userId: options.userId, accepts, defect: respond });
  origin = new URL(mock.baseUrl).origin;
  return { ...mock, references, requests, held };
}

function responseTo(
  response: MockResponse,
  request: MockRequest,
  references: Set<string>,
  options: TenantOptions,
  origin: string,
  n: number,
): MockResponse {
  if (response.status === 401) return response;
  if (options.throttleEvery && n % options.throttleEvery === 0) return throttled(response);
  if (options.consented === false) return forbidden(response);
  const removed = /\/registeredDevices\/([^/]+)\/\$ref$/.exec(request.path)?.[1];
  if (request.method === 'DELETE' && removed !== undefined)
    return references.delete(removed) ? empty(response, 204) : response;
  if (response.status !== 201) return n % 2 === 0 ? gzipped(response) : response;
  const id = idIn(response);
  references.add(id);
  return withHeader(empty(response, 204), 'Location', `${origin}/tenant/directoryObjects/${id}`);
}

function idIn(created: MockResponse): string {
  return String(objectIn(created).id);
}

function throttled(response: MockResponse): MockResponse {
  const error = withError(response, 429, 'TooManyRequests', 'Too many requests.');
  return withHeader(error, 'Retry-After', '0');
}

function forbidden(response: MockResponse): MockResponse {
  const message = 'Insufficient privileges to complete the operation.';
  return withError(response, 403, 'Authorization_RequestDenied', message);
}

function withError(
  response: MockResponse,
  status: number,
  code: string,
  message: string,
): MockResponse {
  const plain = without(empty(response, status), 'Location', 'Allow');
  const error = withJson(plain, { error: { code, message } });
  return withHeader(error, 'Content-Type', 'application/json');
}

function empty(response: MockResponse, status: number): MockResponse {
  const headers = response.headers.filter(([name]) => !/^content-/i.test(name));
  return { status, headers, body: Buffer.alloc(0) };
}

/** Compressed, and chunked because it names no length. */
function gzipped(response: MockResponse): MockResponse {
  const chunked = without(response, 'Content-Length');
  return { ...withHeader(chunked, 'Content-Encoding', 'gzip'), body: gzipSync(response.body) };
}

/** Whether the token is signed by the provider, for this service and tenant, and still good. */
function isGood(token: string, audience: string, { keys, tenantId }: TenantOptions): boolean {
  const [head = '', payload = '', signature = ''] = token.split('.');
  try {
    const { kid } = JSON.parse(Buffer.from(head, 'base64url').toString());
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
    const key = keys.keys.find((each) => each.kid === kid) ?? keys.keys[0];
    if (
      key === undefined ||
      claims.aud !== audience ||
      claims.tid !== tenantId ||
      claims.exp * 1_000 < Date.now()
    )
      return false;
    return createVerify('RSA-SHA256')
      .update(`${head}.${payload}`)
      .verify(createPublicKey({ key, format: 'jwk' }), signature, 'base64url');
  } catch {
    return false;
  }
}
