import { ConfigurationError } from '../../fixtures/configuration/errors.ts';
import { meantBy } from '../../fixtures/configuration/suggest.ts';
import type { Level } from '../../schemas/operation.ts';
import { placeTitle } from '../judge/wording.ts';
import { requirements } from '../requirements/index.ts';
import type { Requirement } from '../requirements/requirement.ts';

/** The file of the verdicts: its name is part of what `--grep` looks through. */
export const verdictsFile = 'create-registereddevices.spec.ts';

/** How the test of a requirement is called, in the report and for `--grep`. */
export function testTitle({ id, text }: Requirement): string {
  return `${id} · ${text}`;
}

/**
 * Playwright says only "No tests found" where `--grep` matches nothing. Where it is meant for a
 * requirement's id, say which; any other search (a word, a regular expression) is left to Playwright.
 * @throws ConfigurationError where no requirement is found, or only such as are not judged in this run.
 */
export function refuseUnknownGrep(args: readonly string[], levels: readonly Level[]): void {
  const grep = grepIn(args);
  if (grep === undefined || !isSlug(grep.value) || !asksForVerdicts(args)) return;
  const { value, joined } = grep;
  if ([verdictsFile, placeTitle('me'), placeTitle('users')].some((part) => finds(value, part)))
    return;
  const found = requirements.filter((requirement) => finds(value, testTitle(requirement)));
  if (found.length === 0) throw new ConfigurationError(unknown(value));
  if (found.every(({ level }) => !levels.includes(level)))
    throw new ConfigurationError(leftOut(found));
  if (joined)
    throw new ConfigurationError(
      `-g=${value} is read as a search for "=${value}", which finds nothing: expected -g ${value}.`,
    );
}

/** The last `--grep`, which is the one that counts; `joined`: written as -g=, whose "=" Playwright searches for too. */
function grepIn(args: readonly string[]): { value: string; joined: boolean } | undefined {
  for (const [i, arg] of [...args.entries()].reverse()) {
    const [, flag, value] = /^(--grep$|--grep=|-g=?)(.*)$/s.exec(arg) ?? [];
    if (flag === undefined || value === undefined) continue;
    return { value: value === '' ? (args[i + 1] ?? '') : value, joined: flag === '-g=' };
  }
  return undefined;
}

function isSlug(value: string): boolean {
  return /^[a-z0-9-]+$/.test(value) && value.includes('-');
}

function asksForVerdicts(args: readonly string[]): boolean {
  const projects = args.flatMap((arg, i) =>
    arg === '--project' ? [args[i + 1]] : arg.startsWith('--project=') ? [arg.slice(10)] : [],
  );
  return projects.length === 0 || projects.includes('contract');
}

/** As Playwright does: whatever the case. */
function finds(slug: string, title: string): boolean {
  return title.toLowerCase().includes(slug);
}

function unknown(value: string): string {
  const meant = meantBy(
    value,
    requirements.map(({ id }) => id),
  );
  const advice =
    meant === undefined ? 'npm run contract -- --list shows all.' : `did you mean ${meant}?`;
  return `--grep names ${value}, which is no requirement: ${advice}`;
}

function leftOut(found: readonly Requirement[]): string {
  const levels = [...new Set(found.map(({ level }) => level))].join(' and ');
  const more = found.length === 1 ? 'which is' : `and ${found.length - 1} more, which are`;
  return `--grep names ${found[0]?.id}, ${more} of level ${levels}, which CONTRACT_LEVELS leaves out: add it there, or unset CONTRACT_LEVELS.`;
}
