import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { type OnOutput, start } from './process.ts';
import { root } from './run.ts';

type Texts = Readonly<Record<string, string>>;

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: {
    readonly steps: readonly {
      readonly run: string;
      readonly env?: Texts;
      readonly 'working-directory': string;
    }[];
  };
}

export const action: Action = parse(readFileSync(join(root, 'action.yml'), 'utf8'));

/**
 * Runs the last step of action.yml as GitHub's runner does, from a job of another repository: its
 * inputs and contexts put into the expressions, its files handed over. The steps before it install.
 */
export async function uses(inputs: Texts, workspace: string, onOutput?: OnOutput) {
  const step = action.runs.steps.at(-1);
  if (step === undefined) throw new Error('action.yml has no step');
  const given = Object.entries(action.inputs).map(([name, { default: preset = '' }]) => [
    `inputs.${name}`,
    inputs[name] ?? preset,
  ]);
  const contexts = { 'github.action_path': root, 'github.workspace': workspace };
  const filled = filler({ ...contexts, ...Object.fromEntries(given) });
  const GITHUB_OUTPUT = join(workspace, 'output');
  const GITHUB_STEP_SUMMARY = join(workspace, 'summary');
  for (const file of [GITHUB_OUTPUT, GITHUB_STEP_SUMMARY]) writeFileSync(file, '');
  const env = Object.entries(step.env ?? {}).map(([name, value]) => [name, filled(value)]);
  const ended = await start(
    'bash',
    ['--noprofile', '--norc', '-eo', 'pipefail', '-c', filled(step.run)],
    filled(step['working-directory']),
    { HOME: workspace, GITHUB_OUTPUT, GITHUB_STEP_SUMMARY, ...Object.fromEntries(env) },
    onOutput,
  );
  const written = readFileSync(GITHUB_OUTPUT, 'utf8').matchAll(/^([^=\n]+)=(.*)$/gm);
  const value = filler(
    Object.fromEntries(
      [...written].map(([, name, text = '']) => [`steps.judge.outputs.${name}`, text]),
    ),
  );
  const outputs = Object.entries(action.outputs).map(([name, each]) => [name, value(each.value)]);
  return {
    ...ended,
    outputs: Object.fromEntries(outputs) as Texts,
    jobSummary: readFileSync(GITHUB_STEP_SUMMARY, 'utf8'),
  };
}

function filler(values: Texts): (text: string) => string {
  const known = (_: string, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`action.yml asks for ${name}, which nobody sets`);
    return value;
  };
  return (text) => text.replaceAll(/\$\{\{ ([^ ]+) \}\}/g, known);
}
