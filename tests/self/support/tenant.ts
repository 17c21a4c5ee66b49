import { createPublicKey, createVerify, type JsonWebKey } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Defect, MockRequest, MockResponse } from '../../../fixtures/mock/defect.ts';
import { type Mock, startMock } from '../../../fixtures/mock/server.ts';

/** What the embedded tenant is told; `manners` false: it answers as the page says. */
export interface TenantOptions {
  readonly tenantId: string;
  readonly userId: string;
  /** The keys that its identity provider signs with. */
  readonly keys: { readonly keys: readonly JsonWebKey[] };
  /** 403 for every call: nobody consented. */
  readonly consented?: boolean;
  /** Every so many calls are told to come again; 0: none. */
  readonly throttleEvery?: number;
  /** Further changes, for nights on which something is different. */
  readonly defect?: Defect;
}

/** The embedded tenant, and what it holds. */
export interface Tenant extends Mock {
  /** Ids of the objects that are referred to now. */
  readonly references: ReadonlySet<string>;
  /** Requests that it has seen, as "METHOD path". */
  readonly requests: readonly string[];
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
  const manners: Defect = async (answer, request) => {
    requests.push(`${request.method} ${request.path}`);
    const told = answerOf(answer, request, references, options, origin, requests.length);
    return options.defect === undefined ? told : options.defect(told, request);
  };
  const accepts = (token: string) => isGood(token, origin, options);
  const mock = await startMock({ userId: options.userId, accepts, defect: manners });
  origin = new URL(mock.baseUrl).origin;
  return { ...mock, references, requests };
}

function answerOf(
  answer: MockResponse,
  request: MockRequest,
  references: Set<string>,
  options: TenantOptions,
  origin: string,
  n: number,
): MockResponse {
  if (answer.status === 401) return answer;
  if (options.throttleEvery && n % options.throttleEvery === 0) return throttled(answer);
  if (options.consented === false)
    return {
      ...answer,
      ...errorBody(
        answer,
        'Authorization_RequestDenied',
        'Insufficient privileges to complete the operation.',
      ),
      status: 403,
    };
  const removed = /\/registeredDevices\/([^/]+)\/\$ref$/.exec(request.path)?.[1];
  if (request.method === 'DELETE' && removed !== undefined)
    return references.delete(removed) ? empty(answer, 204) : answer;
  if (answer.status !== 201) return n % 2 === 0 ? gzipped(answer) : answer;
  const { id } = JSON.parse(answer.body.toString('utf8'));
  references.add(id);
  const reference = empty(answer, 204);
  return {
    ...reference,
    headers: [
      ...reference.headers.filter(([name]) => name !== 'Location'),
      ['Location', `${origin}/tenant/directoryObjects/${id}`],
    ],
  };
}

function throttled(answer: MockResponse): MockResponse {
  const told = {
    ...answer,
    ...errorBody(answer, 'TooManyRequests', 'Too many requests.'),
    status: 429,
  };
  return { ...told, headers: [...told.headers, ['Retry-After', '0']] };
}

function errorBody(
  answer: MockResponse,
  code: string,
  message: string,
): Pick<MockResponse, 'headers' | 'body'> {
  const body = Buffer.from(JSON.stringify({ error: { code, message } }));
  const kept = answer.headers.filter(([name]) => !/^(content-|location|allow)/i.test(name));
  return {
    body,
    headers: [
      ...kept,
      ['Content-Type', 'application/json'],
      ['Content-Length', String(body.length)],
    ],
  };
}

function empty(answer: MockResponse, status: number): MockResponse {
  return {
    status,
    headers: answer.headers.filter(([name]) => !/^content-/i.test(name)),
    body: Buffer.alloc(0),
  };
}

/** Compressed, and chunked because it names no length. */
function gzipped(answer: MockResponse): MockResponse {
  const headers = answer.headers.filter(([name]) => name.toLowerCase() !== 'content-length');
  return {
    ...answer,
    headers: [...headers, ['Content-Encoding', 'gzip']],
    body: gzipSync(answer.body),
  };
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
