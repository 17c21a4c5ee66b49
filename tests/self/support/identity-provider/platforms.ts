import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { applicationTokens, type Credential, type State } from './grants.ts';
import { type FederatedCredential, signed } from './tokens.ts';

/** A response whose body is JSON. */
export interface Answer {
  readonly status: number;
  readonly body: object;
}

/** An endpoint that gives a job or a machine of a platform its tokens. */
type Endpoint = readonly [
  credential: Credential,
  respond: (headers: IncomingHttpHeaders, query: URLSearchParams) => Promise<Answer>,
];

const ok = (body: object): Answer => ({ status: 200, body });
const refused = (status: number): Answer => ({ status, body: { message: 'Not so.' } });

/** What a platform below that path has agreed with the application. */
export function federatedBy(origin: string, path: string): FederatedCredential {
  const subject = 'repo:owner@1/repo@2:environment:nightly';
  return { issuer: `${origin}${path}`, subject, audience: 'api://AzureADTokenExchange' };
}

/** An assertion as a build platform or a cluster signs it. */
export function workloadAssertion(
  { now }: Pick<State, 'now'>,
  claims: FederatedCredential & { readonly expiresInSeconds?: number },
): Promise<string> {
  const { issuer: iss, subject: sub, audience: aud, expiresInSeconds = 600 } = claims;
  return signed({ iss, sub, aud }, 'workload', now(), expiresInSeconds);
}

/** The variables that a job or a machine of each platform finds, and the endpoints that they name. */
export function platformsOf(state: State) {
  const { origin } = state;
  const variables = {
    GitHub: {
      ACTIONS_ID_TOKEN_REQUEST_URL: `${origin}/github/token?api-version=2.0`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: randomUUID(),
    },
    'Azure Pipelines': {
      SYSTEM_OIDCREQUESTURI: `${origin}/pipelines/oidctoken`,
      SYSTEM_ACCESSTOKEN: randomUUID(),
      AZURESUBSCRIPTION_SERVICE_CONNECTION_ID: randomUUID(),
    },
    'managed identity': {
      IDENTITY_ENDPOINT: `${origin}/msi/token`,
      IDENTITY_HEADER: randomUUID(),
    },
  };
  const { GitHub, 'Azure Pipelines': pipelines, 'managed identity': machine } = variables;
  const gitHub: Endpoint[1] = async ({ authorization }, query) => {
    if (authorization !== `Bearer ${GitHub.ACTIONS_ID_TOKEN_REQUEST_TOKEN}`) return refused(401);
    const claims = federatedBy(origin, '/github');
    const audience = query.get('audience') ?? '';
    return ok({ value: await workloadAssertion(state, { ...claims, audience }) });
  };
  const azure: Endpoint[1] = async ({ authorization }, query) => {
    if (authorization !== `Bearer ${pipelines.SYSTEM_ACCESSTOKEN}`) return refused(401);
    const connection = query.get('serviceConnectionId');
    const isKnown = connection === pipelines.AZURESUBSCRIPTION_SERVICE_CONNECTION_ID;
    if (!isKnown || !query.has('api-version')) return refused(404);
    return ok({ oidcToken: await workloadAssertion(state, federatedBy(origin, '/pipelines')) });
  };
  const identity: Endpoint[1] = async (headers, query) => {
    if (headers['x-identity-header'] !== machine.IDENTITY_HEADER) return refused(401);
    const resource = query.get('resource');
    if (resource === null || (query.get('client_id') ?? state.clientId) !== state.clientId)
      return refused(400);
    const tokens = await applicationTokens(state, resource);
    const expires_on = String(Math.floor(state.now() / 1000) + tokens.expires_in);
    return ok({ ...tokens, expires_on, resource });
  };
  const endpoints: Readonly<Record<string, Endpoint>> = {
    'GET /github/token': ['GitHub', gitHub],
    'POST /pipelines/oidctoken': ['Azure Pipelines', azure],
    'GET /msi/token': ['managed identity', identity],
  };
  return { variables, endpoints };
}
