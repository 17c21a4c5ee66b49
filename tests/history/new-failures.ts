import { isSameAt, type RunRecord } from '../../schemas/files/history.ts';
import type { Report, Verdict } from '../../schemas/files/report.ts';
import { keptReceived } from './record.ts';

/**
 * The failing verdicts that the run before had not already: other ones, or with something else
 * received. An error is always among them: it says nothing about the contract.
 */
export function newlyFailing({ verdicts }: Report, before: RunRecord | undefined): Verdict[] {
  const isKnown = (verdict: Verdict) =>
    before?.findings.some(
      (finding) =>
        isSameAt(finding, verdict) &&
        finding.outcome === verdict.outcome &&
        finding.received === keptReceived(verdict.received),
    );
  return verdicts.filter((verdict) => verdict.failing && !isKnown(verdict));
}
