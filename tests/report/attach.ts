import { expect as base, type TestInfo } from '@playwright/test';
import type { Judgement, Verdict } from '../../schemas/files/report.ts';
import type { VerdictAttachment } from './attachment.ts';
import { shownExchange } from './exchange-view.ts';
import { exchangeText, verdictMessage } from './message.ts';
import { outcomeTitle } from './wording.ts';

/** Set by our reporter: it is there to show an expected failure as the failure it is. */
export const reporterPresent = 'REGISTERED_DEVICES_REPORTER';
/** The attachment in which a test hands its verdict to the reporter. */
export const verdictAttachment = 'verdict';

const expect = base.extend({
  // The message ends as a matcher's does, so that JUnit calls it a failure and not an error.
  toKeepTheContract: (verdict: Verdict) => ({
    pass: !verdict.failing,
    message: () => `${verdictMessage(verdict)}\n\nexpect(target).toKeepTheContract()`,
  }),
});

/**
 * Ends a test as its verdict says: with the verdict and the exchange attached, skipped where nobody
 * can judge it, failed where it is red.
 */
export async function attach(
  run: Pick<VerdictAttachment, 'run' | 'latency' | 'verdicts'>,
  { verdict, exchange }: Judgement,
  testInfo: TestInfo,
): Promise<void> {
  const handed: VerdictAttachment = {
    ...run,
    verdict,
    ...(exchange && { exchange: shownExchange(exchange) }),
  };
  await testInfo.attach(verdictAttachment, {
    body: JSON.stringify(handed),
    contentType: 'application/json',
  });
  if (exchange)
    await testInfo.attach('exchange', { body: exchangeText(exchange), contentType: 'text/plain' });
  testInfo.annotations.push({
    type: outcomeTitle(verdict),
    description: verdict.reason ?? verdict.received,
  });
  if (verdict.outcome === 'untested' || verdict.outcome === 'not applicable')
    testInfo.skip(true, verdict.reason ?? '');
  // A failure that surprises Playwright costs a new worker, more than a second each. One that it
  // expects costs nothing; the reporter then takes the expectation back before anyone counts.
  if (verdict.failing && process.env[reporterPresent] !== undefined)
    testInfo.expectedStatus = 'failed';
  expect(verdict).toKeepTheContract();
}
