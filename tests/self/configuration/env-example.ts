import texts from '../../../fixtures/configuration/env-example.json' with { type: 'json' };
import {
  type Variable,
  type VariableName,
  variables,
} from '../../../fixtures/configuration/table.ts';

interface Text {
  readonly meaning: string;
  readonly example?: string;
}

const head =
  '# What a run may be told. Copy to .env and uncomment what you need; without a target the embedded mock is judged.\n';

/** .env.example: each variable with its meaning, and a value to begin with where there is one. */
export function envExample(): string {
  const rows: Readonly<Record<VariableName, Text>> = texts;
  const text = Object.entries(rows).map(([name, { meaning, example }]) => {
    const row: Variable = variables[name as VariableName];
    return `# ${meaning}\n#${name}=${example ?? row.default ?? ''}\n`;
  });
  const first = text.findIndex((each) => each.includes('\n#CONTRACT_'));
  return [head, text.slice(0, first).join(''), text.slice(first).join('')].join('\n');
}
