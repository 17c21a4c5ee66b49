import type { Reporter, TestCase } from '@playwright/test/reporter';

/** Ends the output with one plain line that any log reader understands. */
export default class ClosingLine implements Reporter {
  readonly #tests = new Map<string, TestCase>();

  onTestEnd(test: TestCase): void {
    this.#tests.set(test.id, test);
  }

  onEnd(): void {
    const outcomes = [...this.#tests.values()].map((test) => test.outcome());
    const passed = outcomes.filter((outcome) => outcome === 'expected').length;
    const skipped = outcomes.filter((outcome) => outcome === 'skipped').length;
    console.log(
      `${passed} passed, ${outcomes.length - passed - skipped} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`,
    );
  }

  printsToStdio(): boolean {
    return true;
  }
}
