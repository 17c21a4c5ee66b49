import { basename, dirname, join } from 'node:path';
import type { Configuration } from '../../fixtures/configuration/configuration.ts';
import type { Run } from '../../schemas/files/recording.ts';
import { levels as allLevels, routes as allRoutes } from '../../schemas/operation.ts';
import type { CommandLine } from './command-line.ts';

/**
 * Where a run writes: one that judges a part replaces no whole report, and has a history of its own if it is
 * configured so, not if --grep selects it. `recorded`: what is judged again, by no more than all of it holds.
 */
export function placesOf(
  { report, history, levels, target }: Configuration,
  { project, isSelection }: Pick<CommandLine, 'project' | 'isSelection'>,
  recorded: readonly Run[],
) {
  if (project !== 'contract') return { folder: join(report, project), history };
  const configured = [
    ...fewer(allLevels, [levels, ...recorded.map((run) => run.levels ?? allLevels)]),
    ...fewer(allRoutes, [target.routes, ...recorded.map(({ routes }) => routes)]),
  ];
  const isPart = isSelection || recorded.some(({ narrowedTo }) => narrowedTo !== undefined);
  return {
    folder: join(report, ...below([...configured, ...(isPart ? ['grep'] : [])])),
    history: join(dirname(history), ...below(configured), basename(history)),
  };
}

/** What all of `some` have, where that is not all; `mixed`: they have nothing in common. */
function fewer(all: readonly string[], some: readonly (readonly string[])[]) {
  const judged = all.filter((each) => some.every((one) => one.includes(each)));
  if (judged.length === all.length) return [];
  return judged.length > 0 ? judged : ['mixed'];
}

function below(parts: readonly string[]) {
  return parts.length === 0 ? [] : ['partial', parts.join('-')];
}
