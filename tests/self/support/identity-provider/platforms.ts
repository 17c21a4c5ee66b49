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
interface Endpoint {
  readonly credential: Credential;
  readonly respond: (headers: IncomingHttpHeaders, query: URLSearchParams) => Promise<Answer>;
}

const denied: Answer = { status: 401, body: { message: 'The credential is wrong.' } };
const ok = (body: object): Answer => ({ status: 200, body });

/** What a platform below that path has agreed with the application. */
export function federatedBy(origin: string, path: string): FederatedCredential {
  return {
    issuer: `${origin}${path}`,
    subject: 'repo:owner@1/repo@2:environment:nightly',
    audience: 'api://AzureADTokenExchange',
  };
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
  const [gitHub, pipelines, connection, machine] = [1, 2, 3, 4].map(() => randomUUID()) as [
    string,
    string,
    string,
    string,
  ];
  const assertion = (path: string, change: Partial<FederatedCredential> = {}) =>
    workloadAssertion(state, { ...federatedBy(origin, path), ...change });
  const variables = {
    GitHub: {
      ACTIONS_ID_TOKEN_REQUEST_URL: `${origin}/github/token?api-version=2.0`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: gitHub,
    },
    'Azure Pipelines': {
      SYSTEM_OIDCREQUESTURI: `${origin}/pipelines/oidctoken`,
      SYSTEM_ACCESSTOKEN: pipelines,
      AZURESUBSCRIPTION_SERVICE_CONNECTION_ID: connection,
    },
    'managed identity': {
      IDENTITY_ENDPOINT: `${origin}/msi/token`,
      IDENTITY_HEADER: machine,
    },
  } as const;
  const endpoints: Readonly<Record<string, Endpoint>> = {
    'GET /github/token': {
      credential: 'GitHub',
      respond: async ({ authorization }, query) =>
        authorization === `Bearer ${gitHub}`
          ? ok({ value: await assertion('/github', { audience: query.get('audience') ?? '' }) })
          : denied,
    },
    'POST /pipelines/oidctoken': {
      credential: 'Azure Pipelines',
      respond: async ({ authorization }, query) => {
        if (authorization !== `Bearer ${pipelines}`) return denied;
        const isKnown = query.get('serviceConnectionId') === connection;
        if (!isKnown || !query.has('api-version')) return { status: 404, body: {} };
        return ok({ oidcToken: await assertion('/pipelines') });
      },
    },
    'GET /msi/token': {
      credential: 'managed identity',
      respond: async (headers, query) => {
        if (headers['x-identity-header'] !== machine) return denied;
        const [resource, client = state.clientId] = ['resource', 'client_id'].map(
          (name) => query.get(name) ?? undefined,
        );
        if (resource === undefined || client !== state.clientId)
          return { status: 400, body: { message: 'No managed identity was found.' } };
        const tokens = await applicationTokens(state, resource);
        const expires_on = String(Math.floor(state.now() / 1000) + tokens.expires_in);
        return ok({ ...tokens, expires_on, resource });
      },
    },
  };
  return { variables, endpoints };
}
