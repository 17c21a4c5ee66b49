import type { Suite } from '@playwright/test/reporter';
import { isOfApplication } from '../../fixtures/auth/plan.ts';
import type { SignInPlan } from '../../fixtures/auth/session.ts';
import type { Configuration } from '../../fixtures/configuration/configuration.ts';
import { refused } from '../../fixtures/configuration/errors.ts';
import { didYouMean } from '../../fixtures/configuration/variables.ts';
import { routes as allRoutes } from '../../schemas/operation.ts';
import { counted } from '../judge/text.ts';
import { requirements } from '../requirements/index.ts';
import { isJudged, judges, type Requirement, testTitle } from '../requirements/requirement.ts';
import type { CommandLine } from './command-line.ts';

/** Those `here` that the patterns of a run leave. @throws ConfigurationError where there are none. */
export function selected(
  { grep = '', grepInvert }: Pick<CommandLine, 'grep' | 'grepInvert'>,
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
  const hint = didYouMean(grep, ids) ?? 'npm run contract -- --list shows all.';
  throw refused('no requirement found', { hint });
}

/** As Playwright reads a pattern. @throws ConfigurationError where it is no regular expression. */
function matcher(pattern: string | undefined) {
  if (pattern === undefined) return undefined;
  const [, source = pattern, flags = 'i'] = /^\/(.*)\/([gi]*)$/.exec(pattern) ?? [];
  try {
    return new RegExp(source, flags.replace('g', ''));
  } catch {
    throw refused('bad pattern');
  }
}

/** `plans`: how the run signs in. @throws ConfigurationError where no request checks anything. */
export async function refuseNothingSent(
  chosen: readonly Requirement[],
  { target, seed, samples, referenceProbe }: Configuration,
  plans: readonly SignInPlan[],
) {
  if (chosen.length === requirements.length && target.routes.length === allRoutes.length) return;
  const { documentedRequests } = await import('../../fixtures/requests/documented.ts');
  const noMe = plans.length > 0 && plans.every(isOfApplication);
  const requests = documentedRequests({
    ...{ seed, samples, userId: target.userId ?? 'somebody' },
    live: target.liveTenant !== undefined,
    routes: target.routes.filter((route) => route !== 'me' || !noMe),
    personal: target.personalToken !== undefined,
    referenceRoot: referenceProbe ? 'https://graph.invalid' : undefined,
  });
  const judged = chosen.filter(isJudged);
  const [first] = judged;
  if (requests.some((each) => judged.some((one) => judges(one, each)))) return;
  if (requests.length === 0) throw refused('no route');
  if (first === undefined) throw refused('nothing to judge');
  const { id, untestedReason } = first;
  throw refused('no request', { id, why: untestedReason ? ` (${untestedReason})` : '' });
}

/** What `--list` prints. */
export function requirementList(suite: Suite) {
  const found = new Set(suite.allTests().map(({ title }) => title));
  const rows = requirements
    .filter((each) => found.has(testTitle(each)))
    .map((each) => [each.id, isJudged(each) ? each.level : 'untested', each.text] as const);
  const width = Math.max(...rows.map(([id]) => id.length));
  const lines = [['requirement', 'level', 'the service …'] as const, ...rows].map(
    ([id, level, text]) => `${id.padEnd(width)}  ${level.padEnd(8)}  ${text}`,
  );
  return `${lines.join('\n')}\n\n${counted(rows.length, 'requirement')}; nothing was sent. Variables: .env.example, commands: docs/commands.md`;
}
