import type { Finding, Where } from '../../schemas/files/finding.ts';
import type { RequestCase, Run } from '../../schemas/files/recording.ts';
import type { JudgedRoute, Level, Route } from '../../schemas/operation.ts';
import type { Answer } from './answer.ts';
import statements from './statements.json' with { type: 'json' };

type Statements = typeof statements;

/** What says what is expected has a rule; what must be refused has statuses, and a client's other spelling neither. */
export type RuleId = {
  [Id in keyof Statements]: Statements[Id] extends { expected: string } ? Id : never;
}[keyof Statements];

export type Context = Readonly<{
  run: Run;
  /** All of the run, or of the route, in the order in which they ended. */
  answers: readonly Answer[];
  earlier: readonly Answer[];
}>;

/** Pure. A text: that this was received; undefined or false: nothing wrong. */
export type Check = (answer: Answer, context: Context) => Finding | string | false | undefined;

type Request = Pick<RequestCase, 'kind' | 'name' | 'requirement'>;

export type Rule = Where &
  Readonly<{
    /** The routes that are judged apart; `service`: together, since only both show it. */
    scope: 'service' | readonly Route[];
    /** The requests that it judges; not set: those that name it. */
    requests?: (request: Request) => boolean;
    /** Whether it judges every other answer that says Created, too. */
    everyCreated?: true;
    /** Whether it needs the answers to creates to compare its own with. */
    isComparing?: true;
    when: (answer: Answer, run: Run) => boolean;
    notApplicableReason: string;
    untestedReason?: string;
    /** Requirements whose deviation may be the cause of its own. */
    dependsOn: readonly string[];
    onlyIfAll?: true;
    check: Check;
  }>;

export type Rules = Readonly<Partial<Record<RuleId, Rule>>>;

/** As statements.json holds it, and before what a rule says. */
export type Statement = Readonly<{
  /** Never changes its meaning: declared deviations refer to it. */
  id: string;
  level: Level;
  source: string;
  text: string;
}>;

export type Judgeable = Statement & Rule & { readonly expected: string };
export type Untested = Statement &
  Pick<Rule, 'scope' | 'dependsOn'> & { readonly untested: string; readonly expected?: undefined };
export type Requirement = Judgeable | Untested;

/** Where a requirement is judged in a run; empty where none of its routes was asked. */
export function judgedRoutes({ scope }: Requirement, routes: readonly Route[]): JudgedRoute[] {
  return scope === 'service' ? ['both'] : routes.filter((route) => scope.includes(route));
}

export function findingOf({ check }: Rule, answer: Answer, context: Context): Finding | undefined {
  const found = check(answer, context);
  return typeof found === 'string' ? { received: found } : found || undefined;
}

export function judges({ id, requests }: Judgeable, request: Request) {
  return requests?.(request) ?? request.requirement === id;
}

export function isJudged(requirement: Requirement): requirement is Judgeable {
  return !('untested' in requirement);
}

/** The name of a test, for `--grep` too; Playwright takes an @ for a tag. */
export function testTitle({ id, text }: Requirement) {
  return `${id} · ${text.replaceAll('@', '')}`;
}
