import { randomUUID } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { planSignIn } from '../../../fixtures/auth/plan.ts';
import { readConfiguration } from '../../../fixtures/configuration/configuration.ts';
import { ConfigurationError } from '../../../fixtures/configuration/errors.ts';
import { refuseUnwritable } from '../../../fixtures/configuration/files.ts';
import { type Environment, variables } from '../../../fixtures/configuration/variables.ts';
import { recordingPaths } from '../../../fixtures/recording/paths.ts';
import { readDeviations } from '../../judge/known-deviations.ts';
import { expectOneSentence } from '../support/configuration-error.ts';
import { leaksIn } from '../support/leaks.ts';
import { misplacedSecrets, shows } from '../support/misplaced-secrets.ts';
import { contract } from '../support/run.ts';

const tenant = randomUUID();
const ids = { AZURE_TENANT_ID: tenant, AZURE_CLIENT_ID: randomUUID() };
const local = {
  GRAPH_BASE_URL: 'http://127.0.0.1:8080/v1.0',
  GRAPH_ACCESS_TOKEN: 'a-token',
  GRAPH_USER_ID: 'ada@example.org',
};
const { GRAPH_ACCESS_TOKEN: _, ...tokenless } = local;
const cloud = {
  ...tokenless,
  ...ids,
  GRAPH_BASE_URL: 'https://graph.microsoft.com/v1.0',
  GRAPH_LIVE_TENANT: tenant,
};

/** The ways to configure a run that between them read every variable. */
const environments: readonly Environment[] = [
  {},
  local,
  { ...local, GRAPH_BASE_URL: 'http://mock:8080/v1.0', GRAPH_MOCK_HOST: 'mock:8080' },
  { ...cloud, AZURE_CLIENT_SECRET: 'a-client-secret' },
  { ...cloud, GRAPH_SIGN_IN: 'client-certificate', AZURE_CLIENT_CERTIFICATE_PATH: 'key.pem' },
  { ...cloud, GRAPH_SIGN_IN: 'federation', AZURE_FEDERATED_TOKEN_FILE: 'token' },
  { ...cloud, GRAPH_SIGN_IN: 'stored', GRAPH_STORED_SIGN_IN: 'sign-in.json' },
  { ...cloud, GRAPH_SIGN_IN: 'device-code', GRAPH_STORED_SIGN_IN: 'sign-in.json' },
  { ...cloud, GRAPH_SIGN_IN: 'managed-identity' },
  { ...cloud, GRAPH_SIGN_IN: 'azure-cli' },
  { ...tokenless, ...ids, AZURE_CLIENT_SECRET: 's', AZURE_AUTHORITY_HOST: 'http://127.0.0.1:9' },
];

/** All that a run prints or writes of its configuration before it sends anything. */
function said(env: Environment): string {
  try {
    const configuration = readConfiguration(env);
    const { target, shown, recording, deviations } = configuration;
    const plans = planSignIn(env, target).map(({ method, cloud }) => [method, cloud]);
    const all = JSON.stringify([shown, plans, { ...target, personalToken: '' }]);
    readDeviations(deviations, target.name);
    refuseUnwritable(configuration);
    if (recording !== undefined) recordingPaths(configuration);
    return all;
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigurationError);
    const { message } = error as ConfigurationError;
    expectOneSentence(message);
    return message;
  }
}

for (const [kind, { value, hidden }] of Object.entries(misplacedSecrets))
  test(`${kind} in the wrong variable is shown nowhere`, () => {
    for (const name of Object.keys(variables))
      for (const env of environments) {
        const text = said({ ...env, [name]: value });
        // No matcher: it would print what must not be printed.
        expect(shows(text, hidden), `${name}: ${text.replaceAll(/[^ ]{30,}/g, '…')}`).toBe(false);
      }
  });

test('client id and secret that are exchanged are told by what they look like', () => {
  const secret = misplacedSecrets['a client secret']?.value ?? '';
  const env = { ...cloud, AZURE_CLIENT_ID: secret, AZURE_CLIENT_SECRET: ids.AZURE_CLIENT_ID };
  expect(said(env)).toBe(
    'AZURE_CLIENT_ID looks like a client secret: expected the application (client) id, a GUID.',
  );
});

test('a whole run with a JWT in CONTRACT_REPORT prints and writes it nowhere', async () => {
  const { value = '', hidden = '' } = misplacedSecrets['a JWT'] ?? {};
  const { code, output, folder } = await contract({ CONTRACT_REPORT: value });
  expect(code).toBe(2);
  expect(shows(output, hidden)).toBe(false);
  expect(leaksIn(folder, [hidden])).toEqual([]);
});
