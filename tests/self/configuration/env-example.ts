import { type Variable, variables } from '../../../fixtures/configuration/table.ts';

const head =
  '# What a run may be told. Copy to .env and uncomment what you need; without a target the embedded mock is judged.\n';

/** .env.example: each variable with its meaning, and a value to begin with where there is one. */
export function envExample(): string {
  const rows = Object.entries<Variable<unknown>>(variables);
  const part = (isOfRun: boolean) =>
    rows.filter(([name]) => name.startsWith('CONTRACT_') === isOfRun).map(textOf);
  return [head, part(false).join(''), part(true).join('')].join('\n');
}

function textOf([name, { meaning, example, default: preset }]: [
  string,
  Variable<unknown>,
]): string {
  const byTarget = typeof preset === 'object' && preset !== null && 'mock' in preset;
  const value = example ?? (byTarget ? preset.mock : preset) ?? '';
  return `# ${meaning}\n#${name}=${value}\n`;
}
