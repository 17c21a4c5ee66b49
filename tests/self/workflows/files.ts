import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { root } from '../support/run.ts';

/** A step that runs a command in a shell, wherever its file is for. */
export interface Command {
  readonly run: string;
  readonly env: Readonly<Record<string, unknown>>;
  /** Whether it runs after a step that failed, or after a cancel. */
  readonly isAlways: boolean;
}

type Yaml = { readonly [name: string]: Yaml | undefined } & readonly Yaml[] & string;

/** Every file of a workflow, an action or a pipeline, parsed. */
export const files: ReadonlyMap<string, Yaml> = new Map(
  ['.github/workflows', 'azure-pipelines', 'docs/examples']
    .flatMap((folder) => readdirSync(join(root, folder)).map((name) => `${folder}/${name}`))
    .concat('action.yml')
    .map((file) => [file, parse(readFileSync(join(root, file), 'utf8'))]),
);

/** The commands of a file, in order; those of Azure's tasks too. */
export function commandsOf(file: string): readonly Command[] {
  const found: Command[] = [];
  const visit = (value: unknown, env: Command['env']): void => {
    if (Array.isArray(value)) for (const each of value) visit(each, env);
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return;
    const step = value as Yaml;
    const all = { ...env, ...(step.env as object | undefined) };
    const run = step.run ?? step.bash ?? step.inputs?.inlineScript;
    const isAlways = /^always\(\)$/.test(String(step.if ?? step.condition ?? ''));
    if (typeof run === 'string') found.push({ run: run.trim(), env: all, isAlways });
    for (const each of Object.values(step)) visit(each, all);
  };
  visit(files.get(file), {});
  return found;
}
