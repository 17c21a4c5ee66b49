import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { applicationTokens, type Credential, type State } from './grants.ts';
import { federatedBy, workloadAssertion } from './tokens.ts';

/** The status of a refusal, or an object to respond with. */
type Respond = (headers: IncomingHttpHeaders, query: URLSearchParams) => Promise<number | object>;

/** The variables that a job or a machine of each platform finds, and the endpoints that they name. */
export function platformsOf(state: State) {
  const { origin } = state;
  const github = {
    ACTIONS_ID_TOKEN_REQUEST_URL: `${origin}/github/token?api-version=2.0`,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: randomUUID(),
  };
  const pipelines = {
    SYSTEM_OIDCREQUESTURI: `${origin}/pipelines/oidctoken`,
    SYSTEM_ACCESSTOKEN: randomUUID(),
    AZURESUBSCRIPTION_SERVICE_CONNECTION_ID: randomUUID(),
  };
  const machine = { IDENTITY_ENDPOINT: `${origin}/msi/token`, IDENTITY_HEADER: randomUUID() };
  const endpoints: Readonly<Record<string, readonly [Credential, Respond]>> = {
    'GET /github/token': [
      'GitHub',
      async ({ authorization }, query) => {
        if (authorization !== `Bearer ${github.ACTIONS_ID_TOKEN_REQUEST_TOKEN}`) return 401;
        const audience = query.get('audience') ?? '';
        const agreed = { ...federatedBy(`${origin}/github`), audience };
        return { value: await workloadAssertion(state, agreed) };
      },
    ],
    'POST /pipelines/oidctoken': [
      'Azure Pipelines',
      async ({ authorization }, query) => {
        if (authorization !== `Bearer ${pipelines.SYSTEM_ACCESSTOKEN}`) return 401;
        const connection = query.get('serviceConnectionId');
        const isKnown = connection === pipelines.AZURESUBSCRIPTION_SERVICE_CONNECTION_ID;
        if (!isKnown || !query.has('api-version')) return 404;
        return { oidcToken: await workloadAssertion(state, federatedBy(`${origin}/pipelines`)) };
      },
    ],
    'GET /msi/token': [
      'managed identity',
      async (headers, query) => {
        if (headers['x-identity-header'] !== machine.IDENTITY_HEADER) return 401;
        const resource = query.get('resource');
        const client = query.get('client_id') ?? state.clientId;
        if (resource === null || client !== state.clientId) return 400;
        const tokens = await applicationTokens(state, resource);
        const expires_on = String(Math.floor(state.now() / 1000) + tokens.expires_in);
        return { ...tokens, expires_on, resource };
      },
    ],
  };
  return { variables: { github, pipelines, machine }, endpoints };
}
