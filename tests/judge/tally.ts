import { isThrottled } from '../../fixtures/http/retry-after.ts';
import {
  type Exchange,
  headerValues,
  type Run,
  requestIdHeader,
} from '../../schemas/files/recording.ts';
import type {
  Deviation,
  Evidence,
  Finding,
  Judgement,
  Outcome,
  Verdict,
} from '../../schemas/files/report.ts';
import type { Route } from '../../schemas/operation.ts';
import type { Check, Requirement } from '../requirements/requirement.ts';
import { isUntested } from '../requirements/requirement.ts';

/** Distinct received texts a verdict names; more than these are not told apart. */
const namedFindings = 3;

/** What one requirement has seen so far in one place. */
export class Tally {
  readonly #requirement: Requirement;
  readonly #place: Route | 'both';
  readonly #check: Check;
  readonly #received = new Set<string>();
  #seen = 0;
  #calls = 0;
  #failing = 0;
  #first: { finding: Finding; exchange: Exchange } | undefined;

  constructor(requirement: Requirement, place: Route | 'both') {
    this.#requirement = requirement;
    this.#place = place;
    this.#check = isUntested(requirement) ? () => undefined : requirement.createCheck();
  }

  add(exchange: Exchange, run: Run): void {
    const requirement = this.#requirement;
    if (isUntested(requirement) || !requirement.requests(exchange.requestCase)) return;
    if (this.#place !== 'both' && exchange.requestCase.route !== this.#place) return;
    // The target asked to wait: that is no answer to the call.
    if (isThrottled(exchange.response)) return;
    const judged = requirement.when(exchange, run);
    const finding = judged ? this.#check(exchange, run) : undefined;
    if (exchange.failure?.kind === 'unreachable' && finding === undefined) {
      return;
    }
    this.#seen++;
    if (!judged) return;
    this.#calls++;
    if (finding !== undefined) this.#keep(finding, exchange);
  }

  #keep(finding: Finding, exchange: Exchange): void {
    this.#failing++;
    this.#received.add(finding.received);
    // Calls in flight together end in any order; the first one fired is the evidence.
    if (
      this.#first === undefined ||
      exchange.requestCase.number < this.#first.exchange.requestCase.number
    )
      this.#first = { finding, exchange };
  }

  /** The verdict on what was seen. `silence`: why calls may not have been answered at all. */
  judgement(
    run: Run,
    silence: string,
    deviations: readonly Deviation[],
    strict: boolean,
  ): Judgement {
    const requirement = this.#requirement;
    const { id, level, source, text } = requirement;
    const row = { requirement: id, level, source, text, route: this.#place, expected: '' };
    const none = { failing: false, received: '', requests: 0, failingRequests: 0 };
    const unjudged = (outcome: Outcome, reason: string): Judgement => ({
      verdict: { ...row, ...none, failing: outcome === 'not judged', outcome, reason },
    });
    if (isUntested(requirement)) return unjudged('untested', requirement.untested);
    row.expected = requirement.expected;
    const barred = this.#place === 'both' ? undefined : run.notApplicable[this.#place];
    if (barred !== undefined) return unjudged('not applicable', barred);
    if (this.#seen === 0 && requirement.untestedReason !== undefined)
      return unjudged('untested', requirement.untestedReason);
    if (this.#seen === 0) return unjudged('not judged', silence);
    if (this.#calls === 0) return unjudged('not applicable', requirement.notApplicableReason);
    return this.#compared({ ...row, requests: this.#calls }, deviations, strict);
  }

  #compared(
    row: Omit<Verdict, 'outcome' | 'failing' | 'received' | 'failingRequests'>,
    deviations: readonly Deviation[],
    strict: boolean,
  ): Judgement {
    const onlyIfAll = !isUntested(this.#requirement) && this.#requirement.onlyIfAll === true;
    const first = onlyIfAll && this.#failing < this.#calls ? undefined : this.#first;
    const declared = deviations.find(
      ({ requirement, route }) =>
        requirement === row.requirement && (route ?? this.#place) === this.#place,
    );
    const received = first === undefined ? row.expected : this.#summary();
    const outcome = outcomeOf(first && received, declared);
    const verdict: Verdict = {
      ...row,
      outcome,
      failing:
        outcome === 'changed deviation' ||
        outcome === 'stale deviation' ||
        (outcome === 'deviates' && (strict || row.level !== 'platform')),
      received,
      failingRequests: first === undefined ? 0 : this.#failing,
      ...(declared && {
        reason: `declared since ${declared.since} as "${declared.received}": ${declared.reason}`,
      }),
    };
    if (first === undefined) return { verdict };
    const { finding, exchange } = first;
    const { detail, part } = finding;
    return {
      verdict: { ...verdict, part, ...(detail && { detail }), exchange: evidenceOf(exchange) },
      exchange,
    };
  }

  /** The received texts in an order of their own, so that it does not depend on which call came first. */
  #summary(): string {
    const all = [...this.#received].sort();
    return all.length > namedFindings
      ? `${all.slice(0, namedFindings).join('; ')}; …`
      : all.join('; ');
  }
}

function outcomeOf(received: string | undefined, declared: Deviation | undefined): Outcome {
  if (received === undefined) return declared === undefined ? 'conforms' : 'stale deviation';
  if (declared === undefined) return 'deviates';
  return received === declared.received ? 'known deviation' : 'changed deviation';
}

function evidenceOf({ requestCase, request, at, response, evidence }: Exchange): Evidence {
  const requestId =
    headerValues(response?.headers ?? [], 'request-id')[0] ??
    headerValues(request.headers, requestIdHeader)[0];
  return {
    request: `${requestCase.name} on ${requestCase.route}`,
    at,
    ...(requestId && { requestId }),
    recorded: evidence ?? '',
  };
}
