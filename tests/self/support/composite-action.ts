import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { type Ended, type OnOutput, start } from './process.ts';
import { root } from './run.ts';

interface Step {
  readonly id?: string;
  readonly run: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly 'working-directory': string;
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly steps: readonly Step[] };
}

export const action: Action = parse(readFileSync(join(root, 'action.yml'), 'utf8'));

/** What a job sees of an action that has ended. */
export interface EndedAction extends Ended {
  readonly outputs: Readonly<Record<string, string>>;
  readonly jobSummary: string;
}

/**
 * Runs the last step of action.yml as GitHub's runner does, from a job of another repository: its
 * inputs and contexts put into the expressions, its files handed over. The steps before it install.
 */
export async function uses(
  inputs: Readonly<Record<string, string>>,
  workspace: string,
  onOutput?: OnOutput,
): Promise<EndedAction> {
  const step = action.runs.steps.at(-1);
  if (step === undefined) throw new Error('action.yml has no step');
  const context: Record<string, string> = {
    'github.action_path': root,
    'github.workspace': workspace,
  };
  for (const [name, { default: preset }] of Object.entries(action.inputs))
    context[`inputs.${name}`] = inputs[name] ?? preset ?? '';
  const filled = (text: string) =>
    text.replaceAll(/\$\{\{ ([^ ]+) \}\}/g, (_, name: string) => known(context, name));
  const files = {
    GITHUB_OUTPUT: join(workspace, 'output'),
    GITHUB_STEP_SUMMARY: join(workspace, 'summary'),
  };
  for (const file of Object.values(files)) writeFileSync(file, '');
  const env = Object.entries(step.env ?? {}).map(([name, value]) => [name, filled(value)]);
  const { code, output } = await start(
    'bash',
    ['--noprofile', '--norc', '-eo', 'pipefail', '-c', filled(step.run)],
    filled(step['working-directory']),
    { HOME: workspace, ...files, ...Object.fromEntries(env) },
    onOutput,
  );
  const written = linesOf(readFileSync(files.GITHUB_OUTPUT, 'utf8'));
  const outputs = Object.entries(action.outputs).map(([name, { value }]) => [
    name,
    value.replaceAll(/\$\{\{ steps\.judge\.outputs\.([^ ]+) \}\}/g, (_, key: string) =>
      known(written, key),
    ),
  ]);
  const jobSummary = readFileSync(files.GITHUB_STEP_SUMMARY, 'utf8');
  return { code, output, outputs: Object.fromEntries(outputs), jobSummary };
}

function known(values: Readonly<Record<string, string>>, name: string): string {
  const value = values[name];
  if (value === undefined) throw new Error(`action.yml asks for ${name}, which nobody sets`);
  return value;
}

function linesOf(text: string): Record<string, string> {
  const lines = text.split('\n').filter((line) => line !== '');
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
}
