import { basename, dirname, join } from 'node:path';
import type { Configuration } from '../../fixtures/configuration/configuration.ts';
import type { Run } from '../../schemas/files/recording.ts';
import { type Level, levels, type Route, routes } from '../../schemas/operation.ts';
import type { CommandLine } from './command-line.ts';

/** What a run judges of everything. */
export interface Part {
  readonly levels: readonly Level[];
  readonly routes: readonly Route[];
  /** Whether the command line leaves requirements out, or left them out when the recording was made. */
  readonly isSelection: boolean;
}

/** What can be judged of recordings where `asked` is: no more than each of them holds. */
export function partIn(recorded: readonly Run[], asked: Part): Part {
  return {
    levels: asked.levels.filter((level) =>
      recorded.every(({ levels: sent }) => sent?.includes(level) ?? true),
    ),
    routes: asked.routes.filter((route) => recorded.every((run) => run.routes.includes(route))),
    isSelection: asked.isSelection || recorded.some(({ narrowedTo }) => narrowedTo !== undefined),
  };
}

/**
 * Where a run writes its reports and its history. One that judges less than everything replaces no
 * whole report: it has a folder of its own, `partial/` and the name of what it judges; what the
 * configuration narrows has also a history of its own, and what the command line selects is compared
 * with the runs it is a part of. Every other project has a folder by its name.
 */
export function placesOf(
  { report, history }: Pick<Configuration, 'report' | 'history'>,
  project: CommandLine['project'],
  part: Part,
): { folder: string; history: string } {
  if (project !== 'contract') return { folder: join(report, project), history };
  const configured = [...fewer(part.levels, levels), ...fewer(part.routes, routes)];
  const selected = [...configured, ...(part.isSelection ? ['grep'] : [])];
  return {
    folder: join(report, ...below(selected)),
    history: join(dirname(history), ...below(configured), basename(history)),
  };
}

/** Those that are judged, where they are not all. */
function fewer<T>(judged: readonly T[], all: readonly T[]): T[] {
  return judged.length < all.length ? all.filter((each) => judged.includes(each)) : [];
}

function below(parts: readonly string[]): string[] {
  return parts.length === 0 ? [] : ['partial', parts.join('-')];
}
