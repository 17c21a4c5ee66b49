import type { Suite } from '@playwright/test/reporter';
import { claimsOf, kindOf } from '../../fixtures/auth/jwt.ts';
import type { SignInPlan } from '../../fixtures/auth/session.ts';
import type { Configuration } from '../../fixtures/configuration/configuration.ts';
import { ConfigurationError } from '../../fixtures/configuration/errors.ts';
import { isLive } from '../../fixtures/configuration/target.ts';
import { meantBy } from '../../fixtures/configuration/variables.ts';
import type { Run } from '../../schemas/files/recording.ts';
import { levels as allLevels, routes as allRoutes } from '../../schemas/operation.ts';
import { counted } from '../judge/text.ts';
import { requirements } from '../requirements/index.ts';
import {
  isJudged,
  isUntested,
  type Judged,
  judges,
  type Requirement,
  testTitle,
} from '../requirements/requirement.ts';
import type { CommandLine } from './command-line.ts';

type Patterns = Pick<CommandLine, 'grep' | 'grepInvert'>;

/** Those `here` that the patterns of a run leave. @throws ConfigurationError where there are none: Playwright says only "No tests found". */
export function selected(
  { grep = '', grepInvert }: Patterns,
  here: readonly Requirement[],
): Requirement[] {
  const [asked, leftOut] = [grep, grepInvert].map(matcher);
  const chosen = here.filter((each) => {
    // Playwright looks through the names of project and file too.
    const title = `contract create-registereddevices.spec.ts ${testTitle(each)}`;
    return asked?.test(title) && !leftOut?.test(title);
  });
  if (chosen.length > 0) return chosen;
  const ids = here.map(({ id }) => id);
  const meant = meantBy(grep, ids);
  const hint =
    meant === undefined ? 'npm run contract -- --list shows all.' : `did you mean ${meant}?`;
  throw new ConfigurationError(
    `--grep finds no requirement that CONTRACT_LEVELS and CONTRACT_ROUTES leave: ${hint}`,
  );
}

/** As Playwright reads a pattern. @throws ConfigurationError where it is no regular expression. */
function matcher(pattern: string | undefined): RegExp | undefined {
  if (pattern === undefined) return undefined;
  const [, source = pattern, flags = 'i'] = /^\/(.*)\/([gi]*)$/.exec(pattern) ?? [];
  try {
    return new RegExp(source, flags.replace('g', ''));
  } catch {
    throw new ConfigurationError('--grep is no regular expression: expected one of JavaScript.');
  }
}

/** `plans`: how the run signs in. @throws ConfigurationError where no request that it would send checks anything. */
export async function refuseNothingSent(
  chosen: readonly Requirement[],
  { target, levels, ...configuration }: Configuration,
  plans: readonly SignInPlan[],
): Promise<void> {
  const isWhole = chosen.length === requirements.length;
  if (isWhole && levels.length === allLevels.length && target.routes.length === allRoutes.length)
    return;
  const judged = chosen.filter(isJudged);
  const noMe = plans.length > 0 && plans.every(isOfApplication);
  const { documentedRequests } = await import('../../fixtures/requests/documented.ts');
  const requests = documentedRequests({
    seed: configuration.seed,
    samples: configuration.samples,
    userId: target.userId ?? 'somebody',
    routes: target.routes.filter((route) => route !== 'me' || !noMe),
    live: isLive(target),
    personal: target.personalToken !== undefined,
    referenceRoot: configuration.referenceProbe ? 'https://graph.invalid' : undefined,
  });
  if (requests.some((each) => judged.some((one) => judges(one, each)))) return;
  throw new ConfigurationError(
    `Nothing would be checked: ${whyNothing(judged, requests.length === 0)}.`,
  );
}

function isOfApplication({ by, values }: SignInPlan): boolean {
  if (by === 'token') return kindOf(claimsOf(values().GRAPH_ACCESS_TOKEN ?? '')) === 'application';
  return by === 'application';
}

function whyNothing([first]: readonly Judged[], isNothingSent: boolean): string {
  if (isNothingSent)
    return 'CONTRACT_ROUTES names me alone, and an application, which signs in here, has no /me';
  if (first === undefined) return 'what is asked for cannot be judged from outside';
  return `no request to this target shows ${first.id}${first.untestedReason === undefined ? '' : ` (${first.untestedReason})`}`;
}

/** @throws ConfigurationError where recordings hold nothing of what is to be judged. */
export function refuseNothingHeld(
  chosen: readonly Requirement[],
  recorded: readonly Run[],
  { target }: Pick<Configuration, 'target'>,
): void {
  const holds = ({ routes, levels, narrowedTo }: Run) =>
    routes.some((route) => target.routes.includes(route)) &&
    chosen.some(
      ({ id, level }) => (levels?.includes(level) ?? true) && (narrowedTo?.includes(id) ?? true),
    );
  if (recorded.some(holds)) return;
  throw new ConfigurationError(
    'Nothing would be checked: the recording holds nothing of what --grep, CONTRACT_LEVELS and CONTRACT_ROUTES ask for.',
  );
}

/** What `--list` prints: every requirement of the tests that were found, with its level and what it says. */
export function requirementList(suite: Suite): string {
  const found = new Set(suite.allTests().map(({ title }) => title));
  const rows = requirements
    .filter((each) => found.has(testTitle(each)))
    .map((each) => [each.id, isUntested(each) ? 'untested' : each.level, each.text]);
  const table = [['requirement', 'level', 'the service …'], ...rows];
  const widths = [0, 1].map((i) => Math.max(...table.map((row) => row[i]?.length ?? 0)));
  return [
    ...table.map((row) => row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  ')),
    '',
    `${counted(rows.length, 'requirement')}; nothing was sent. Variables: .env.example, commands: docs/commands.md`,
  ].join('\n');
}
