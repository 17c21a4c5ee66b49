import { fileURLToPath } from 'node:url';
import type { TestInfo } from '@playwright/test';
import type { Judgement, Verdict } from '../../schemas/files/report.ts';
import type { Judged } from '../judge/judge.ts';
import { printable } from '../judge/text.ts';
import { isWarning, outcomeTitle, verdictMessage, wrongIn } from '../judge/wording.ts';
import { attachmentNames, type RunAttachment, type VerdictAttachment } from './attachment.ts';
import { exchangeText, shownExchange } from './exchange-view.ts';

/**
 * A failing verdict. Its message ends as a matcher's does, so that JUnit calls it a failure and not an
 * error; it has no stack, because no line of ours is what is wrong.
 */
class FailingVerdict extends Error {
  constructor(verdict: Verdict) {
    super(`${verdictMessage(verdict)}\n\nexpect(target).toKeepTheContract()`);
    this.stack = this.message;
  }
}

const reporter = fileURLToPath(new URL('reporter.ts', import.meta.url));

/**
 * Lets a test fail without a new worker, which costs more than a second: Playwright is told to expect
 * it, and our reporter takes that back before anybody counts. Without our reporter it simply fails.
 */
export function expectFailure(testInfo: TestInfo): void {
  const isOurs = testInfo.config.reporter.some(([path]) => path === reporter);
  if (isOurs) testInfo.expectedStatus = 'failed';
}

/** Hands the verdicts of one recording to the reporter, test by test. */
export class VerdictTests {
  readonly #judged: Judged;
  readonly #judgeable: number;
  #isRunAttached = false;

  /** `judgeable`: how many requirements can be judged, in this run or another. */
  constructor(judged: Judged, judgeable: number) {
    this.#judged = judged;
    this.#judgeable = judgeable;
  }

  /** The judgement of a requirement in a place; undefined: the recording holds no requests there. */
  judgementOf(requirement: string, route: Verdict['route']): Judgement | undefined {
    return this.#judged.judgements.find(
      ({ verdict }) => verdict.requirement === requirement && verdict.route === route,
    );
  }

  /**
   * Ends a test as its verdict says: with the verdict and the exchange attached, skipped where nobody
   * can judge it, failed where it fails the run.
   */
  end(judgement: Judgement, testInfo: TestInfo): void {
    const { verdict } = judgement;
    this.#attach(judgement, testInfo);
    testInfo.annotations.push({
      type: outcomeTitle(verdict),
      description: printable(verdict.reason ?? verdict.received),
    });
    if (verdict.outcome === 'untested' || verdict.outcome === 'not applicable')
      testInfo.skip(true, printable(verdict.reason ?? ''));
    // Playwright knows no warnings: what deviates must not stand among what passed.
    if (isWarning(verdict)) testInfo.skip(true, printable(`warning: ${wrongIn(verdict)}`));
    if (!verdict.failing) return;
    expectFailure(testInfo);
    throw new FailingVerdict(verdict);
  }

  #attach({ verdict, exchange }: Judgement, testInfo: TestInfo): void {
    const { run, latency, sending, collapsed, judgements } = this.#judged;
    if (!this.#isRunAttached) {
      const handed: RunAttachment = {
        run,
        latency,
        sending,
        collapsed: collapsed && shownExchange(collapsed),
        verdicts: judgements.length,
        judgeable: this.#judgeable,
      };
      attach(testInfo, attachmentNames.run, handed);
      this.#isRunAttached = true;
    }
    const shown = exchange && shownExchange(exchange);
    const number = judgements.findIndex((each) => each.verdict === verdict);
    const handed: VerdictAttachment = {
      run: run.run,
      number,
      verdict,
      ...(shown && { exchange: shown }),
    };
    attach(testInfo, attachmentNames.verdict, handed);
    if (shown) attach(testInfo, attachmentNames.exchange, exchangeText(shown));
  }
}

/** Attaches a text, or a value as JSON. Not by `testInfo.attach`: that is a step, and each costs a stack trace. */
function attach({ attachments }: TestInfo, name: string, value: string | object): void {
  const isText = typeof value === 'string';
  attachments.push({
    name,
    contentType: isText ? 'text/plain' : 'application/json',
    body: Buffer.from(isText ? value : JSON.stringify(value)),
  });
}
