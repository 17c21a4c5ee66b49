import { fileURLToPath } from 'node:url';
import type { TestInfo } from '@playwright/test';
import type { Judged } from '../../schemas/files/report.ts';
import { printable } from '../judge/text.ts';
import { worstOf } from '../judge/verdict.ts';
import { exchangeText, shownExchange } from './model/exchange.ts';
import {
  isWarning,
  outcomeTitle,
  sentenceOf,
  textOf,
  verdictLines,
  wrongIn,
} from './model/wording.ts';

/** What the message of a failing verdict ends with, as a matcher's does: so JUnit calls it a failure and not an error. */
export const keepsTheContract = 'expect(target).toKeepTheContract()';

const reporter = fileURLToPath(new URL('reporter.ts', import.meta.url));

/** Lets a test fail without a new worker, which costs a second; our reporter takes it back before anybody counts. */
export function expectFailure(testInfo: TestInfo): void {
  const isOurs = testInfo.config.reporter.some(([path]) => path === reporter);
  if (isOurs) testInfo.expectedStatus = 'failed';
}

/** Ends the test of a requirement as its verdict says, of several recordings the worst. */
export function endTest(requirement: string, all: readonly Judged[], testInfo: TestInfo): void {
  const verdicts = all.flatMap(({ verdicts }) =>
    verdicts.filter((each) => each.requirement === requirement),
  );
  const [first, ...others] = verdicts;
  if (first === undefined) {
    testInfo.skip(true, 'the recording holds no requests on this route');
    return;
  }
  const verdict = worstOf([first, ...others]);
  const { outcome, failing, reason = '', received } = verdict;
  const exchange = all
    .find((each) => each.verdicts.includes(verdict))
    ?.exchangeOf(verdict.exchange);
  // Not by `testInfo.attach`: that is a step, and each costs a stack trace.
  if (exchange)
    testInfo.attachments.push({
      name: 'exchange',
      contentType: 'text/plain',
      body: Buffer.from(exchangeText(shownExchange(exchange))),
    });
  const description = printable(reason || received);
  testInfo.annotations.push({ type: outcomeTitle(verdict), description });
  if (outcome === 'untested' || outcome === 'not applicable')
    testInfo.skip(true, printable(reason));
  // Playwright knows no warnings: what deviates must not stand among what passed.
  if (isWarning(verdict)) testInfo.skip(true, printable(`warning: ${wrongIn(verdict)}`));
  if (!failing) return;
  expectFailure(testInfo);
  const error = new Error(
    `${textOf(sentenceOf(verdict), verdictLines(verdict))}\n\n${keepsTheContract}`,
  );
  // No line of ours is what is wrong.
  error.stack = error.message;
  throw error;
}
