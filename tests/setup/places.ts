import { basename, dirname, join } from 'node:path';
import type { Configuration } from '../../fixtures/configuration/configuration.ts';
import type { Run } from '../../schemas/files/recording.ts';
import { type Level, levels, type Route, routes } from '../../schemas/operation.ts';
import type { CommandLine } from './command-line.ts';

/** Where a run writes what a reader sees, and with which earlier runs it is compared. */
export interface Places {
  /** The folder of the reports. */
  readonly folder: string;
  /** The file of the history. */
  readonly history: string;
  /** Whether the run enters no history, because it is narrowed. */
  readonly isNarrowed: boolean;
}

/** What a run judges. */
export interface Scope {
  readonly levels: readonly Level[];
  readonly routes: readonly Route[];
  /** Whether `--grep` or its like leaves requirements out. */
  readonly isNarrowed: boolean;
}

/** What can be judged of a recording where `scope` is asked for. */
export function scopeIn({ routes: recorded, levels: sent, narrowedTo }: Run, scope: Scope): Scope {
  return {
    levels: scope.levels.filter((level) => sent?.includes(level) ?? true),
    routes: scope.routes.filter((route) => recorded.includes(route)),
    isNarrowed: scope.isNarrowed || narrowedTo !== undefined,
  };
}

/**
 * The places of a run. One that judges less than everything replaces no whole report and enters no
 * history of whole runs: it has a folder of its own, `partial/` and the name of what it judges, both
 * for its report and beside CONTRACT_HISTORY. What `--grep` names is compared with the runs it is a
 * part of. Every other project has a folder by its name.
 */
export function placesOf(
  { report, history }: Pick<Configuration, 'report' | 'history'>,
  project: CommandLine['project'],
  scope: Scope,
): Places {
  const { isNarrowed } = scope;
  if (project !== 'contract') return { folder: join(report, project), history, isNarrowed };
  const configured = [...fewer(scope.levels, levels), ...fewer(scope.routes, routes)];
  const narrowed = [...configured, ...(isNarrowed ? ['grep'] : [])];
  return {
    folder: join(report, ...partial(narrowed)),
    history: join(dirname(history), ...partial(configured), basename(history)),
    isNarrowed,
  };
}

/** Those that are judged, where they are not all. */
function fewer<T>(judged: readonly T[], all: readonly T[]): T[] {
  return judged.length < all.length ? all.filter((each) => judged.includes(each)) : [];
}

function partial(parts: readonly string[]): string[] {
  return parts.length === 0 ? [] : ['partial', parts.join('-')];
}
