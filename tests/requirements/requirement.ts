import type { Where } from '../../schemas/files/finding.ts';
import { isCreate, type RequestCase, type Run } from '../../schemas/files/recording.ts';
import type { Level, Route } from '../../schemas/operation.ts';
import type { Answer } from './answer.ts';
import type { Finding } from './match/finding.ts';

/** What stands beside an answer that is judged. */
export interface Context {
  readonly run: Run;
  /** All answers of the run, in the order in which they ended; of the route alone, where routes are judged apart. */
  readonly answers: readonly Answer[];
  /** Those that the requirement judged before this one. */
  readonly earlier: readonly Answer[];
}

/** Looks at one answer; undefined: nothing wrong. Pure. */
export type Check = (answer: Answer, context: Context) => Finding | undefined;

/** What a requirement looks for in a request that was made or is to be made. */
type Request = Pick<RequestCase, 'kind' | 'name' | 'requirement'>;

interface Row {
  /** A slug that never changes its meaning; declared deviations and histories refer to it. */
  readonly id: string;
  readonly level: Level;
  /** The section of the page, or the clause of the platform's specification. */
  readonly source: string;
  /** What the service does if it conforms, as the rest of a sentence that begins with it. */
  readonly text: string;
}

/** A statement that is judged. */
export interface Judged extends Row, Where {
  readonly expected: string;
  /** The routes that are judged apart; `service`: all together, since only both show it. */
  readonly scope: 'service' | readonly Route[];
  /** The requests that it judges; not set: those that name it. */
  readonly requests?: (request: Request) => boolean;
  /** Whether it judges every other answer that says Created, too: to a create in another form, or to a probe. */
  readonly everyCreated?: true;
  /** Whether the answers to other creates are needed to judge its own. */
  readonly isComparing?: true;
  /** The answers among them that it can judge, and why there may be none. */
  readonly when: (answer: Answer, run: Run) => boolean;
  readonly notApplicableReason: string;
  /** Why its requests may not have been sent at all: then it is untested, and no request went missing. */
  readonly untestedReason?: string;
  /** Ids of requirements without which this one means nothing: their deviation may be the cause of its own. */
  readonly dependsOn: readonly string[];
  /** Only if every request shows it is it a finding of this requirement. */
  readonly onlyIfAll?: true;
  /** What the answers say together, as a detail beside what was found; undefined: nothing. */
  readonly remark?: (answers: readonly Answer[]) => string | undefined;
  readonly check: Check;
}

/** A statement that nobody can judge from outside, with the reason. */
export interface Untested extends Row {
  readonly untested: string;
}

export type Requirement = Judged | Untested;

/** Whether a requirement judges the request. */
export function judges({ id, requests }: Judged, request: Request): boolean {
  return requests?.(request) ?? request.requirement === id;
}

/** Whether a requirement needs the request to be judged. */
export function needs(requirement: Judged, request: Request): boolean {
  return judges(requirement, request) || (requirement.isComparing === true && isCreate(request));
}

export function isJudged(requirement: Requirement): requirement is Judged {
  return !isUntested(requirement);
}

export function isUntested(requirement: Requirement): requirement is Untested {
  return 'untested' in requirement;
}

/** How the test of a requirement is called, in the report and for `--grep`; Playwright takes an @ for a tag. */
export function testTitle({ id, text }: Requirement): string {
  return `${id} · ${text.replaceAll('@', '')}`;
}
