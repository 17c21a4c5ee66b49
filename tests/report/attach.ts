import { fileURLToPath } from 'node:url';
import type { TestInfo } from '@playwright/test';
import type { JudgedRun } from '../../schemas/files/report.ts';
import { printable } from '../judge/text.ts';
import { worstOf } from '../judge/verdict.ts';
import { counting } from './model/status.ts';
import { messageOf, outcomeTitle, resultOf, wrongIn } from './model/wording.ts';

/** So JUnit calls it a failure and not an error, as where a matcher fails. */
export const keepsTheContract = 'expect(target).toKeepTheContract()';

const reporter = fileURLToPath(new URL('reporter.ts', import.meta.url));

/** Spares a new worker, which costs a second; our reporter takes it back. */
export function expectFailure(testInfo: TestInfo) {
  const isOurs = testInfo.config.reporter.some(([path]) => path === reporter);
  if (isOurs) testInfo.expectedStatus = 'failed';
}

/** Ends a test with a text alone: no line of ours is what is wrong. */
export function failTest(testInfo: TestInfo, text: string): never {
  expectFailure(testInfo);
  const error = new Error(text);
  error.stack = error.message;
  throw error;
}

export function endTest(requirement: string, all: readonly JudgedRun[], testInfo: TestInfo) {
  const [first, ...others] = all
    .flatMap((each) => counting(each).verdicts)
    .filter((each) => each.requirement === requirement);
  if (first === undefined) {
    testInfo.skip(true, 'the recording holds no requests on this route');
    return;
  }
  const verdict = worstOf([first, ...others]);
  const { outcome, failing, reason = '', received } = verdict;
  const description = printable(reason || received);
  testInfo.annotations.push({ type: outcomeTitle(verdict), description });
  // Playwright knows no warnings, and they have not passed.
  if (resultOf(verdict) === 'warning')
    testInfo.skip(true, printable(`warning: ${wrongIn(verdict)}`));
  if (outcome === 'untested' || outcome === 'not applicable') testInfo.skip(true, description);
  if (failing) failTest(testInfo, `${messageOf(verdict)}\n\n${keepsTheContract}`);
}
