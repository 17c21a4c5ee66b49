import clouds from '../../../fixtures/auth/clouds.json' with { type: 'json' };
import { planSignIn } from '../../../fixtures/auth/plan.ts';
import { authOf } from '../../../fixtures/auth/session.ts';
import { ConfigurationError } from '../../../fixtures/configuration/errors.ts';
import type { Environment } from '../../../fixtures/configuration/variables.ts';
import { expect, showsNone, target, test } from '../support/sign-in.ts';
import table from './plans.json' with { type: 'json' };

const values: Environment = table.values;
const groups: Readonly<Record<string, readonly string[]>> = table.groups;
const cloud = { baseUrl: 'https://graph.microsoft.com/v1.0', isMock: false };

/** The variables of some names and groups, each as in the table: `NAME=value` sets another value, `-NAME` none. */
function environment(...names: readonly string[]): Environment {
  const all = (name: string): readonly string[] => groups[name]?.flatMap(all) ?? [name];
  return Object.fromEntries(
    names.flatMap(all).map((each) => {
      const [, unset, name = '', value = unset ? undefined : values[name]] =
        /^(-?)(\w+)(?:=(.*))?$/.exec(each) ?? [];
      return [name, value];
    }),
  );
}
const methodsOf = (env: Environment, of = cloud) => planSignIn(env, of).map(({ method }) => method);

/** The sentence of a refused environment. */
function sentence(env: Environment, of = cloud): string {
  try {
    planSignIn(env, of);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    expect(error.message).not.toMatch(/canary|[.!?]\s|\n/);
    expect(error.message).toMatch(/[:;,] .+\.$/);
    return error.message;
  }
  throw new Error('nothing was refused');
}

test('what the environment asks for is planned', () => {
  for (const [of, rows] of [
    [cloud, table.planned],
    [target, table['planned here']],
  ] as const)
    for (const [what, [names = [], methods]] of Object.entries(rows))
      expect(methodsOf(environment(...names), of), what).toEqual(methods);
  expect(planSignIn(environment('secret'), { baseUrl: undefined, isMock: true })).toEqual([]);
});

for (const [of, rows] of [
  [cloud, table.refused],
  [target, table['refused here']],
] as const)
  for (const [what, [names, says]] of Object.entries(rows))
    test(`refused: ${what}`, () => {
      expect(sentence(environment(...(names as string[])), of)).toMatch(new RegExp(String(says)));
    });

for (const { graph, login, audience } of clouds)
  test(`${graph}: Graph, sign-in host and scope belong together`, () => {
    const of = { baseUrl: `${graph}/v1.0`, isMock: false };
    const secret = environment('secret');
    const [plan] = planSignIn(secret, of);
    expect(plan?.cloud).toEqual({ graph, login, audience });
    for (const spelling of [login, `${login}/`, new URL(login).host, login.toUpperCase()])
      expect(methodsOf({ ...secret, AZURE_AUTHORITY_HOST: spelling }, of)).toHaveLength(1);
    if (plan === undefined) throw new Error('not planned');
    const auth = authOf(plan);
    // MSAL knows the other names of the host, which a stored sign-in may have, unless it is told the one.
    expect(auth.knownAuthorities).toEqual([]);
    expect(JSON.parse(auth.authorityMetadata ?? '').token_endpoint).toBe(
      `${login}/${values.AZURE_TENANT_ID}/oauth2/v2.0/token`,
    );
  });

test('no credential goes to another host than the one of the cloud', () => {
  for (const AZURE_AUTHORITY_HOST of table['foreign hosts'])
    expect(
      sentence({ ...environment('secret'), AZURE_AUTHORITY_HOST }),
      AZURE_AUTHORITY_HOST,
    ).toMatch(
      /^AZURE_AUTHORITY_HOST is not .+: expected https:\/\/login\.microsoftonline\.com, and no/,
    );
});

test('no token is asked for that is good at another service', () => {
  const ways = [['secret'], ['GRAPH_SIGN_IN=managed-identity'], ['ids', 'GRAPH_SIGN_IN=azure-cli']];
  for (const baseUrl of table['foreign services'])
    for (const names of ways)
      expect(sentence(environment(...names), { baseUrl, isMock: false })).toMatch(
        /^GRAPH_BASE_URL names a service that no sign-in is known for: expected one of https/,
      );
});

test('a plan shows no secret', () => {
  for (const name of ['token', 'secret', 'github', 'pipelines'])
    for (const plan of planSignIn(environment(name), cloud)) showsNone(plan, ['canary']);
});
