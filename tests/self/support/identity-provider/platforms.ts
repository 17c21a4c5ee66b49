import type { IncomingMessage } from 'node:http';
import type { State } from './state.ts';
import { applicationTokens, signed } from './tokens.ts';

/** The status and the body, an object, of a response. */
export interface JsonResponse {
  readonly status: number;
  readonly body: object;
}

const denied: JsonResponse = { status: 401, body: { message: 'The credential is wrong.' } };

/** An assertion as a build platform or a cluster signs it. */
export function workloadAssertion(
  state: Pick<State, 'now'>,
  claims: { issuer: string; subject: string; audience: string; expiresInSeconds?: number },
): Promise<string> {
  const { issuer: iss, subject: sub, audience: aud, expiresInSeconds = 600 } = claims;
  return signed({ iss, sub, aud }, 'workload', state, expiresInSeconds);
}

/** The variables that a job or a machine of each platform finds in its environment. */
export function variablesOf({ origin, platformSecrets, serviceConnectionId }: State) {
  return {
    GitHub: {
      ACTIONS_ID_TOKEN_REQUEST_URL: `${origin}/github/token?api-version=2.0`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: platformSecrets.gitHub,
    },
    'Azure Pipelines': {
      SYSTEM_OIDCREQUESTURI: `${origin}/pipelines/oidctoken`,
      SYSTEM_ACCESSTOKEN: platformSecrets.pipelines,
      AZURESUBSCRIPTION_SERVICE_CONNECTION_ID: serviceConnectionId,
    },
    'managed identity': {
      IDENTITY_ENDPOINT: `${origin}/msi/token`,
      IDENTITY_HEADER: platformSecrets.managedIdentity,
    },
  };
}

/** GitHub's endpoint behind ACTIONS_ID_TOKEN_REQUEST_URL. */
export async function gitHubToken(
  request: IncomingMessage,
  url: URL,
  state: State,
): Promise<JsonResponse> {
  if (!bears(request, state.platformSecrets.gitHub)) return denied;
  const audience = url.searchParams.get('audience') ?? 'https://github.com/owner';
  const value = await assertionOf('/github', state, { audience });
  return { status: 200, body: { count: value.length, value } };
}

/** Azure Pipelines' endpoint behind SYSTEM_OIDCREQUESTURI. */
export async function pipelinesToken(
  request: IncomingMessage,
  url: URL,
  state: State,
): Promise<JsonResponse> {
  if (!bears(request, state.platformSecrets.pipelines)) return denied;
  const known = url.searchParams.get('serviceConnectionId') === state.serviceConnectionId;
  if (request.method !== 'POST' || !url.searchParams.has('api-version') || !known)
    return { status: 404, body: { message: 'No such service connection.' } };
  return { status: 200, body: { oidcToken: await assertionOf('/pipelines', state) } };
}

/** App Service's endpoint behind IDENTITY_ENDPOINT. */
export async function managedIdentityToken(
  request: IncomingMessage,
  url: URL,
  state: State,
): Promise<JsonResponse> {
  if (request.headers['x-identity-header'] !== state.platformSecrets.managedIdentity) return denied;
  const resource = url.searchParams.get('resource');
  const client_id = url.searchParams.get('client_id') ?? state.clientId;
  if (resource === null || client_id !== state.clientId)
    return { status: 400, body: { statusCode: 400, message: 'No managed identity was found.' } };
  const { access_token, expires_in } = await applicationTokens(state, resource);
  const expires_on = String(Math.floor(state.now() / 1000) + expires_in);
  return {
    status: 200,
    body: { access_token, expires_on, resource, token_type: 'Bearer', client_id },
  };
}

function assertionOf(path: string, state: State, change: { audience?: string } = {}) {
  const federated = state.federated.find(({ issuer }) => issuer === `${state.origin}${path}`);
  return workloadAssertion(state, {
    issuer: '',
    subject: '',
    audience: '',
    ...federated,
    ...change,
  });
}

function bears(request: IncomingMessage, secret: string): boolean {
  const [scheme, value] = (request.headers.authorization ?? '').split(' ');
  return scheme?.toLowerCase() === 'bearer' && value === secret;
}
