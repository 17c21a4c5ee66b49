import { isThrottled } from '../../fixtures/http/retry-after.ts';
import type { Exchange, Run } from '../../schemas/files/recording.ts';
import type { Declared, Finding, Judgement, Outcome, Verdict } from '../../schemas/files/report.ts';
import type { Place } from '../../schemas/operation.ts';
import {
  type Check,
  isUntested,
  type Judged,
  type Remark,
  type Requirement,
} from '../requirements/requirement.ts';
import { evidenceOf, isFailing, isSameSymptom, outcomeOf } from './outcome.ts';

/** Distinct received texts a verdict names; of more than these only that there are more. */
const namedFindings = 3;

/** What a verdict rests on beside the exchanges. */
export interface Grounds {
  readonly run: Run;
  /** Why requests may not have been answered at all; `code`: of the connection's failure. */
  readonly silence: { readonly reason: string; readonly code?: string };
  /** Whether the run was ended before all was sent: then only a deviation that was seen is sure. */
  readonly isInterrupted: boolean;
  readonly deviations: readonly Declared[];
  /** Whether platform deviations fail the run too. */
  readonly strict: boolean;
}

/** What one requirement has seen so far in one place. */
export class Tally {
  readonly #requirement: Requirement;
  readonly #place: Place;
  readonly #check: Check;
  readonly #remark: Remark | undefined;
  /** What is judged only once all that it is compared with was seen. */
  readonly #held: Exchange[] = [];
  readonly #received = new Set<string>();
  /** Whether all findings so far are of one code and one status. */
  #alike = true;
  #seen = 0;
  #requests = 0;
  #failing = 0;
  #first: { finding: Finding; exchange: Exchange } | undefined;

  constructor(requirement: Requirement, place: Place) {
    this.#requirement = requirement;
    this.#place = place;
    this.#check = isUntested(requirement) ? () => undefined : requirement.createCheck();
    this.#remark = isUntested(requirement) ? undefined : requirement.createRemark?.();
  }

  /** Whether the run sent every request of the requirement. */
  isSentBy({ narrowedTo, levels }: Run): boolean {
    const { id, level } = this.#requirement;
    return (narrowedTo?.includes(id) ?? true) && (levels?.includes(level) ?? true);
  }

  add(exchange: Exchange, run: Run): void {
    const requirement = this.#requirement;
    if (isUntested(requirement)) return;
    if (this.#place !== 'both' && exchange.requestCase.route !== this.#place) return;
    // The target asked to wait: that is no response to the request.
    if (isThrottled(exchange.response)) return;
    this.#remark?.note(exchange);
    if (requirement.comparedWith?.(exchange.requestCase)) this.#check(exchange, run);
    if (!requirement.requests(exchange.requestCase)) return;
    if (requirement.comparedWith === undefined) this.#judge(requirement, exchange, run);
    else this.#held.push(exchange);
  }

  #judge(requirement: Judged, exchange: Exchange, run: Run): void {
    const judged = requirement.when(exchange, run);
    const finding = judged ? this.#check(exchange, run) : undefined;
    if (exchange.failure?.kind === 'unreachable' && finding === undefined) return;
    this.#seen++;
    if (!judged) return;
    this.#requests++;
    if (finding !== undefined) this.#keep(finding, exchange);
  }

  #keep(finding: Finding, exchange: Exchange): void {
    const first = this.#first;
    this.#failing++;
    this.#note(finding.received);
    if (first !== undefined && !isSameSymptom(first.finding, finding)) this.#alike = false;
    // Requests in flight together end in any order; the first one sent is the evidence.
    if (first === undefined || exchange.requestCase.number < first.exchange.requestCase.number)
      this.#first = { finding, exchange };
  }

  /** Keeps the texts that the verdict names, and one more: a target may send another one each time. */
  #note(received: string): void {
    this.#received.add(received);
    if (this.#received.size <= namedFindings + 1) return;
    this.#received.delete([...this.#received].sort().at(-1) ?? '');
  }

  /** The verdict on what was seen. */
  judgement(grounds: Grounds): Judgement {
    const requirement = this.#requirement;
    const { id, level, source, text } = requirement;
    const row = { requirement: id, level, source, text, route: this.#place, expected: '' };
    const unjudged = (outcome: Outcome, reason: string, failureCode?: string): Judgement => {
      const failing = isFailing(outcome, row, false);
      const none = { failing, received: '', requests: 0, failingRequests: 0 };
      return { verdict: { ...row, ...none, outcome, reason, ...(failureCode && { failureCode }) } };
    };
    if (isUntested(requirement)) return unjudged('untested', requirement.untested);
    row.expected = requirement.expected;
    for (const each of this.#held.splice(0)) this.#judge(requirement, each, grounds.run);
    if (!this.isSentBy(grounds.run))
      return unjudged('untested', 'the recorded run was narrowed to other requirements');
    const unavailable = this.#place === 'both' ? undefined : grounds.run.notApplicable[this.#place];
    if (unavailable !== undefined) return unjudged('not applicable', unavailable);
    if (this.#seen === 0)
      return requirement.untestedReason === undefined
        ? unjudged('error', grounds.silence.reason, grounds.silence.code)
        : unjudged('untested', requirement.untestedReason);
    // Of a run that was ended early only a deviation is sure, and only one that no further request could change.
    const isSure =
      this.#first && !requirement.onlyIfAll && !this.#declaredIn(grounds.deviations, id);
    if (grounds.isInterrupted && !isSure) return unjudged('error', grounds.silence.reason);
    if (this.#requests === 0) return unjudged('not applicable', requirement.notApplicableReason);
    const first = requirement.onlyIfAll && this.#failing < this.#requests ? undefined : this.#first;
    const remark = this.#remark?.text();
    const detail = [first?.finding.detail, remark].filter(Boolean).join('; ');
    const verdict = {
      ...row,
      ...this.#compared(row.expected, first?.finding, grounds),
      ...(detail !== '' && { detail }),
    };
    if (first === undefined) return { verdict };
    return {
      verdict: {
        ...verdict,
        ...this.#findingOf(first.finding),
        ...(requirement.dependsOn.length > 0 && { dependsOn: requirement.dependsOn }),
        exchange: evidenceOf(first.exchange),
      },
      exchange: first.exchange,
    };
  }

  /** The outcome, by what was found and what was declared. */
  #compared(
    expected: string,
    finding: Finding | undefined,
    { deviations, strict }: Grounds,
  ): Pick<
    Verdict,
    'outcome' | 'failing' | 'received' | 'requests' | 'failingRequests' | 'reason' | 'declared'
  > {
    const received = finding === undefined ? expected : this.#summary();
    const own = this.#declaredIn(deviations, this.#requirement.id);
    const declared = own ?? this.#causeIn(deviations, finding);
    const outcome = outcomeOf(finding && received, declared);
    return {
      outcome,
      failing: isFailing(outcome, this.#requirement, strict),
      received,
      requests: this.#requests,
      failingRequests: finding === undefined ? 0 : this.#failing,
      ...(declared && declarationOf(declared)),
    };
  }

  #declaredIn(deviations: readonly Declared[], id: string): Declared | undefined {
    return deviations.find(
      ({ requirement, route }) => requirement === id && (route ?? this.#place) === this.#place,
    );
  }

  /** The declaration of what the finding only repeats: one cause is one entry. */
  #causeIn(deviations: readonly Declared[], finding: Finding | undefined): Declared | undefined {
    const { cause } = finding ?? {};
    const declared = cause && this.#declaredIn(deviations, cause.requirement);
    return declared && declared.received === cause?.received
      ? { ...declared, received: this.#summary() }
      : undefined;
  }

  #findingOf({ code, status, cause, wrong, part, header }: Finding): Partial<Verdict> {
    const isOne = this.#received.size === 1;
    return {
      code: this.#alike ? code : 'mixed',
      ...(this.#alike && status !== undefined && { status }),
      ...(cause !== undefined && { cause: cause.requirement }),
      ...(wrong !== undefined && isOne && { wrong }),
      part,
      ...(header !== undefined && { header }),
    };
  }

  /** The received texts in an order of their own, so that it does not depend on which request came first. */
  #summary(): string {
    const all = [...this.#received].sort();
    return all.length > namedFindings
      ? `${all.slice(0, namedFindings).join('; ')}; …`
      : all.join('; ');
  }
}

function declarationOf({ file, entry, since, until, received, reason, isOver }: Declared) {
  return {
    reason: `declared since ${since} as "${received}": ${reason}`,
    declared: { file, entry, ...(isOver && { over: until }) },
  };
}
