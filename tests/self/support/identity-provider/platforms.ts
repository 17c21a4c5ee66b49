import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { applicationTokens } from './grants.ts';
import type { State } from './provider.ts';
import { federatedBy, signed } from './tokens.ts';

/** The endpoints of the platforms, by what is asked for there. */
export const endpoints: Readonly<Record<string, string>> = {
  'GET /github/token': 'GitHub',
  'POST /pipelines/oidctoken': 'Azure Pipelines',
  'GET /msi/token': 'managed identity',
};

/** The variables that a job or a machine of each platform finds, the assertions it signs, and what it answers. */
export function platformsOf(state: State) {
  const { origin } = state;
  const variables = {
    github: {
      ACTIONS_ID_TOKEN_REQUEST_URL: `${origin}/github/token?api-version=2.0`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: randomUUID(),
    },
    pipelines: {
      SYSTEM_OIDCREQUESTURI: `${origin}/pipelines/oidctoken`,
      SYSTEM_ACCESSTOKEN: randomUUID(),
      AZURESUBSCRIPTION_SERVICE_CONNECTION_ID: randomUUID(),
    },
    machine: { IDENTITY_ENDPOINT: `${origin}/msi/token`, IDENTITY_HEADER: randomUUID() },
  };
  const assertion = (change: object = {}, seconds = 600, path = 'cluster') =>
    signed({ ...federatedBy(`${origin}/${path}`), ...change }, 'workload', state.now(), seconds);

  /** An object, or the status of a refusal; undefined: it is asked of no platform. */
  async function answerTo(
    credential: string,
    headers: IncomingHttpHeaders,
    query: URLSearchParams,
  ) {
    const { github, pipelines, machine } = variables;
    const isFrom = (token: string) => headers.authorization === `Bearer ${token}`;
    if (credential === 'GitHub') {
      if (!isFrom(github.ACTIONS_ID_TOKEN_REQUEST_TOKEN)) return 401;
      return { value: await assertion({ aud: query.get('audience') ?? '' }, 600, 'github') };
    }
    if (credential === 'Azure Pipelines') {
      const connection = query.get('serviceConnectionId');
      if (!isFrom(pipelines.SYSTEM_ACCESSTOKEN)) return 401;
      if (connection !== pipelines.AZURESUBSCRIPTION_SERVICE_CONNECTION_ID) return 404;
      return query.has('api-version') ? { oidcToken: await assertion({}, 600, 'pipelines') } : 404;
    }
    if (credential !== 'managed identity') return undefined;
    if (headers['x-identity-header'] !== machine.IDENTITY_HEADER) return 401;
    const resource = query.get('resource');
    const client = query.get('client_id') ?? state.clientId;
    if (resource === null || client !== state.clientId) return 400;
    const tokens = await applicationTokens(state, resource);
    const expires_on = String(Math.floor(state.now() / 1000) + tokens.expires_in);
    return { ...tokens, expires_on, resource };
  }

  return { variables, assertion, answerTo };
}
