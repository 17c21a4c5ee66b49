import type { Exchange, Run } from '../../schemas/files/recording.ts';
import type { FindingKind, Where } from '../../schemas/files/report.ts';
import type { Level, Route } from '../../schemas/operation.ts';

/** What a check found wrong. */
export interface Finding extends Where {
  readonly code?: string;
  /** The status, where that is what is wrong. */
  readonly status?: number;
  readonly kind?: FindingKind;
  /** What the finding really is, where this one only repeats it. */
  readonly cause?: { readonly requirement: string; readonly received: string };
  /** A stable text, without ids and dates: declared deviations are compared with it. */
  readonly received: string;
  /** What differs from request to request: values, places, amounts. */
  readonly detail?: string;
  /** What the target does wrong, as the rest of a sentence that begins with it, where that says more than the received text. */
  readonly wrong?: string;
}

/** Looks at one exchange; undefined: nothing wrong. Pure, but for what a new check remembers. */
export type Check = (exchange: Exchange, run: Run) => Finding | undefined;

/** What the responses to all requests say together, as a detail of a verdict. */
export interface Remark {
  note(exchange: Exchange): void;
  /** undefined: nothing. */
  text(): string | undefined;
}

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
export interface Judged extends Row {
  readonly expected: string;
  /** `service`: one verdict over both routes. */
  readonly scope: 'service' | readonly Route[];
  /** The requests that it judges. */
  readonly requests: (requestCase: Exchange['requestCase']) => boolean;
  /** The exchanges among them that it can judge, and why there may be none. */
  readonly when: (exchange: Exchange, run: Run) => boolean;
  readonly notApplicableReason: string;
  /** Why its requests may not have been sent at all: then it is untested, and no request went missing. */
  readonly untestedReason?: string;
  /** Ids of requirements without which this one means nothing: their deviation may be the cause of its own. */
  readonly dependsOn: readonly string[];
  /** The statuses that refuse its requests as it demands. */
  readonly refusedWith?: readonly number[];
  /** Only if every request shows it is it a finding of this requirement. */
  readonly onlyIfAll?: boolean;
  /**
   * The requests whose responses its own are compared with: the check sees them all before its own,
   * in whatever order the requests ended, and what it returns for them does not count.
   */
  readonly comparedWith?: (requestCase: Exchange['requestCase']) => boolean;
  /** A new remark for each verdict: it stands in the detail, beside what was found. */
  readonly createRemark?: () => Remark;
  /** A new check for each verdict, because some compare exchanges with each other. */
  readonly createCheck: () => Check;
}

/** A statement that nobody can judge from outside, with the reason. */
export interface Untested extends Row {
  readonly untested: string;
}

export type Requirement = Judged | Untested;

/** Whether a requirement needs the request to be judged. */
export function needs(
  { requests, comparedWith }: Judged,
  requestCase: Exchange['requestCase'],
): boolean {
  return requests(requestCase) || comparedWith?.(requestCase) === true;
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
