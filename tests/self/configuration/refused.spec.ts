import { expect, test } from '@playwright/test';
import { readConfiguration } from '../../../fixtures/configuration/configuration.ts';
import { variables } from '../../../fixtures/configuration/table.ts';
import type { Environment } from '../../../fixtures/configuration/variables.ts';
import {
  complaintAbout,
  declared,
  expectOneSentence,
  live,
  local,
  secret,
  tenant,
} from '../support/configuration-error.ts';
import { unsigned } from '../support/sign-in.ts';
import table from './refused.json' with { type: 'json' };

/** What an environment has more (null: it lacks it), how the sentence begins, and what else is in it. */
type Row = readonly [
  of: string,
  more: Readonly<Record<string, string | null>>,
  begins: string,
  ...parts: string[],
];
interface Refused {
  readonly bad: readonly Row[];
  readonly foreign: readonly (readonly [name: string, claims: object])[];
  readonly lacking: readonly (readonly [env: Environment, names: readonly string[]])[];
  /** What a CI leaves in a variable that nobody filled in, and what docker's --env-file makes of quotes. */
  readonly unfilled: Readonly<Record<string, string>>;
}

const mock = declared('mock:8080');
const bases: Readonly<Record<string, Environment>> = { '': {}, local, live, mock };
const written = JSON.stringify(table).replaceAll('{secret}', secret).replaceAll('{tenant}', tenant);
const { bad, foreign, lacking, unfilled }: Refused = JSON.parse(written);

const withoutNull = (env: Readonly<Record<string, string | null | undefined>>): Environment =>
  Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
  );
const tokens = foreign.map(([name, claims]): Row => {
  const begins = `${name} is a token that Microsoft issued or that is for its services, and `;
  return ['mock', { [name]: unsigned(claims) }, begins];
});
for (const [of, more, begins, ...parts] of [...bad, ...tokens])
  test(`${JSON.stringify(more)} is refused: ${begins}`, () => {
    const message = complaintAbout(withoutNull({ ...bases[of], ...more }));
    expectOneSentence(message, begins);
    for (const part of parts) expect(message).toContain(part);
    expect(message).not.toContain('.c2ln');
  });

for (const [env, names] of lacking)
  test(`who sets ${Object.keys(env)} is told all that is missing at once: ${names}`, () => {
    const message = complaintAbout(env);
    expectOneSentence(message);
    const told = [...message.matchAll(/(?:^|; )([A-Z_]+(?: and [A-Z_]+)?) (?:is|are) missing: ./g)];
    expect(told.map(([, each]) => each)).toEqual(names);
  });

const numbers = { CONTRACT_SEED: [0, 2 ** 31 - 1], CONTRACT_SAMPLES: [1, 100_000] } as const;
const none = ['1.5', '-1', '1e3', 'NaN', ' 5', '٣', '9'.repeat(20)];
for (const [name, [min, max]] of Object.entries(numbers))
  test(`${name} is a whole number from ${min} to ${max}`, () => {
    for (const value of [...none, String(max + 1), String(min - 1)])
      expect(complaintAbout({ [name]: value })).toContain(`: expected a whole number from ${min} `);
    for (const value of [min, max]) {
      const { seed, samples } = readConfiguration({ [name]: String(value) });
      expect([seed, samples]).toContain(value);
    }
  });

for (const [value, fault] of Object.entries(unfilled))
  test(`every variable with ${value || 'nothing in it'} is refused by its name: it ${fault}`, () => {
    // Those of Azure's tools are read where the sign-in is planned.
    for (const name of Object.keys(variables).filter((each) => !each.startsWith('AZURE_')))
      expectOneSentence(complaintAbout({ ...live, [name]: value }), `${name} ${fault}`);
  });
