import { basename, dirname, join } from 'node:path';
import type { Configuration } from '../../fixtures/configuration/configuration.ts';
import { ConfigurationError } from '../../fixtures/configuration/errors.ts';
import { meantBy } from '../../fixtures/configuration/variables/suggest.ts';
import type { Run } from '../../schemas/files/recording.ts';
import { type Level, levels, type Route, routes } from '../../schemas/operation.ts';
import { requirements } from '../requirements/index.ts';
import { testTitle } from '../requirements/requirement.ts';
import type { CommandLine } from './command-line.ts';

/** The file of the verdicts: its name is part of what `--grep` looks through. */
export const verdictsFile = 'create-registereddevices.spec.ts';

/**
 * Playwright says only "No tests found" where the titles that are asked for match nothing.
 * @throws ConfigurationError where no requirement is found, or only such as are not judged in this run.
 */
export function refuseEmptySelection(
  { grep = '', grepInvert }: Pick<CommandLine, 'grep' | 'grepInvert'>,
  judged: readonly Level[],
): void {
  const [asked, leftOut] = [grep, grepInvert].map(matcher);
  const found = requirements.filter((each) => {
    const title = `contract ${verdictsFile} ${testTitle(each)}`;
    return asked?.(title) && !leftOut?.(title);
  });
  if (found.some(({ level }) => judged.includes(level))) return;
  if (found.length > 0)
    throw new ConfigurationError(
      `--grep finds requirements of level ${[...new Set(found.map(({ level }) => level))].join(' and ')} alone, which CONTRACT_LEVELS leaves out: add it there, or unset CONTRACT_LEVELS.`,
    );
  const meant = meantBy(
    grep,
    requirements.map(({ id }) => id),
  );
  const hint =
    meant === undefined ? 'npm run contract -- --list shows all.' : `did you mean ${meant}?`;
  throw new ConfigurationError(`--grep finds no requirement: ${hint}`);
}

/** As Playwright reads a pattern. @throws ConfigurationError where it is no regular expression. */
function matcher(pattern: string | undefined): ((title: string) => boolean) | undefined {
  if (pattern === undefined) return undefined;
  const [, source = pattern, flags = 'i'] = /^\/(.*)\/([gi]*)$/.exec(pattern) ?? [];
  try {
    const expression = new RegExp(source, flags.replace('g', ''));
    return (title) => expression.test(title);
  } catch {
    throw new ConfigurationError('--grep is no regular expression: expected one of JavaScript.');
  }
}

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
