import { expect, test } from '@playwright/test';
import { planSignIn } from '../../../fixtures/auth/plan.ts';
import { readConfiguration } from '../../../fixtures/configuration/configuration.ts';
import { onEvery } from '../mutants/defects/on.ts';
import { withLine } from '../mutants/defects/rewrite.ts';
import { declared, tenant } from '../support/configuration-error.ts';
import { startMock } from '../support/mock.ts';
import { contract, pointedAt, recordingsIn, reportIn } from '../support/run.ts';
import { unsigned } from '../support/sign-in.ts';

// This machine may be declared too: then no other sign-in than the token is used.
for (const host of ['registry_example__mock:3000', '[fd12:3456::1]:8080', 'localhost:8080'])
  test(`${host} may be declared a mock, and is asked as one without a tenant`, () => {
    const env = declared(host, { AZURE_CLIENT_SECRET: 's', AZURE_TENANT_ID: tenant });
    const { target, timeoutMs } = readConfiguration(env);
    expect(target).toMatchObject({ isMock: true, liveTenant: undefined });
    expect(timeoutMs).toBe(5_000);
    expect(planSignIn(env, target).map(({ method }) => method)).toEqual(['token']);
  });

const iss = 'http://issuer:8080/realms/microsoft.com';
test("a mock's own tokens are sent to it: opaque ones, and readable ones of other issuers", () => {
  for (const claims of [
    {},
    { aud: 'https://mock.test', iss },
    { aud: 'graph.microsoft.com.test' },
  ]) {
    const env = declared('mock:8080', { GRAPH_ACCESS_TOKEN: unsigned(claims) });
    expect(planSignIn(env, readConfiguration(env).target)).toHaveLength(1);
  }
});

/** Makes every process of a run look the name up as this machine, which no file of the machine needs to know. */
const knowing = `
  import dns from 'node:dns';
  for (const module of [dns, dns.promises]) {
    const { lookup } = module;
    module.lookup = (host, ...rest) => lookup(host === 'graph-mock' ? '127.0.0.1' : host, ...rest);
  }`;

test('a mock at the name of a service is judged like one on this machine, with every negative request; heads of 40,000 bytes are read, whatever else NODE_OPTIONS holds', async () => {
  const mock = await startMock({
    defect: onEvery(10, (response) => withLine(response, 'X-Policy', 'x'.repeat(40_000))),
  });
  const { port } = new URL(mock.baseUrl);
  const GRAPH_MOCK_HOST = `graph-mock:${port}`;
  const { code, output, folder } = await contract({
    ...pointedAt({ ...mock, baseUrl: `http://${GRAPH_MOCK_HOST}/v1.0` }),
    NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(knowing)}`,
    GRAPH_MOCK_HOST,
    CONTRACT_WAIT_MS: '60000',
    AZURE_CLIENT_SECRET: 's',
  });
  await mock.close();
  expect(code, output).toBe(0);
  expect(reportIn(folder).target).toBe(`graph-mock-${port}-v1.0`);
  // Of a tenant neither is asked.
  const [recording = []] = recordingsIn(folder).map((lines) => JSON.stringify(lines));
  for (const method of ['PATCH', 'DELETE']) expect(recording).toContain(`"method":"${method}"`);
});
