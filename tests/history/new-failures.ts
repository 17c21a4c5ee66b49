import type { RunRecord } from '../../schemas/files/history.ts';
import type { Report, Verdict } from '../../schemas/files/report.ts';
import { keptReceived } from './record.ts';

/**
 * The red verdicts that the night before had not already: other ones, or with something else
 * received. What could not be judged is always among them: it says nothing about the contract.
 */
export function newlyFailing(report: Report, before: RunRecord | undefined): Verdict[] {
  const red = report.verdicts.filter((verdict) => verdict.failing);
  if (before === undefined) return red;
  return red.filter(
    ({ requirement, route, outcome, received }) =>
      !before.findings.some(
        (finding) =>
          finding.requirement === requirement &&
          finding.route === route &&
          finding.outcome === outcome &&
          finding.received === keptReceived(received),
      ),
  );
}
