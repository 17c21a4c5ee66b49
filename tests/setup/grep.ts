import { ConfigurationError } from '../../fixtures/configuration/errors.ts';
import { describedValue } from '../../fixtures/configuration/variables/shown-value.ts';
import { meantBy } from '../../fixtures/configuration/variables/suggest.ts';
import { type Level, routes, routeTitle } from '../../schemas/operation.ts';
import { requirements } from '../requirements/index.ts';
import { type Requirement, testTitle } from '../requirements/requirement.ts';
import type { CommandLine } from './command-line.ts';

/** The file of the verdicts: its name is part of what `--grep` looks through. */
export const verdictsFile = 'create-registereddevices.spec.ts';

/**
 * Playwright says only "No tests found" where `--grep` matches nothing. Where it is meant for a
 * requirement's id, say which; any other search (a word, a regular expression) is left to Playwright.
 * @throws ConfigurationError where no requirement is found, or only such as are not judged in this run.
 */
export function refuseUnknownGrep(
  { grep: given = '', project }: Pick<CommandLine, 'grep' | 'project'>,
  levels: readonly Level[],
): void {
  // Playwright searches for the "=" of -g= too.
  const value = given.replace(/^=/, '');
  const isSlug = /^[a-z0-9-]+$/.test(value) && value.includes('-');
  if (!isSlug || project !== 'contract') return;
  if (
    [verdictsFile, ...routes.map((route) => routeTitle[route])].some((part) => finds(value, part))
  )
    return;
  const found = requirements.filter((requirement) => finds(value, testTitle(requirement)));
  if (found.length === 0) throw new ConfigurationError(unknown(value));
  if (found.every(({ level }) => !levels.includes(level)))
    throw new ConfigurationError(leftOut(found));
  if (given !== value)
    throw new ConfigurationError(
      `-g=${value} is read as a search for "=${value}", which finds nothing: expected -g ${value}.`,
    );
}

/** As Playwright does: whatever the case. */
function finds(slug: string, title: string): boolean {
  return title.toLowerCase().includes(slug);
}

function unknown(value: string): string {
  const ids = requirements.map(({ id }) => id);
  const meant = meantBy(value, ids);
  const hint =
    meant === undefined ? 'npm run contract -- --list shows all.' : `did you mean ${meant}?`;
  // What is too long for an id, or holds a number, may be a secret in the wrong place.
  const shown = /^[a-z]{0,16}(-[a-z]{0,16}){1,5}$/.test(value) ? value : describedValue(value);
  return `--grep names ${shown}, which is not a requirement: ${hint}`;
}

function leftOut(found: readonly Requirement[]): string {
  const levels = [...new Set(found.map(({ level }) => level))].join(' and ');
  const more = found.length === 1 ? 'which is' : `and ${found.length - 1} more, which are`;
  return `--grep names ${found[0]?.id}, ${more} of level ${levels}, which CONTRACT_LEVELS leaves out: add it there, or unset CONTRACT_LEVELS.`;
}
