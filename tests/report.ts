import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type {
  FullResult,
  Reporter,
  TestCase,
  TestError,
  TestResult,
} from '@playwright/test/reporter';
import type { Run } from '../fixtures/recording.ts';
import { reporterPresent, verdictAttachment } from './deliver.ts';
import { reportOf } from './report-document.ts';
import { reportMarkdown } from './report-markdown.ts';
import { reportTerminal } from './report-terminal.ts';
import type { Verdict } from './verdict.ts';

/** Writes what the tests hand over: report.json, report.md and the terminal. Judges nothing. */
export default class ContractReporter implements Reporter {
  readonly #folder: string;
  readonly #verdicts: Verdict[] = [];
  readonly #exchanges = new Map<string, string>();
  readonly #colour: boolean;
  #run: Run | undefined;
  #broken = false;

  constructor({ folder }: { folder: string }) {
    this.#folder = folder;
    process.env[reporterPresent] = 'yes';
    // Playwright forces colour on its workers, and Node warns of every contradiction.
    this.#colour = process.stdout.isTTY && !process.env.NO_COLOR;
    delete process.env.NO_COLOR;
  }

  /** Where tests are only listed, Playwright's own list is what a user wants to see. */
  printsToStdio(): boolean {
    return !process.argv.includes('--list');
  }

  onStdOut(chunk: string | Buffer): void {
    process.stdout.write(chunk);
  }

  onStdErr(chunk: string | Buffer): void {
    process.stderr.write(chunk);
  }

  onError(error: TestError): void {
    this.#broken = true;
    console.error(plain(error));
  }

  onTestEnd(test: TestCase, result: TestResult): void {
    // A red verdict was expected to fail only to spare a worker (tests/deliver.ts): it fails.
    if (test.expectedStatus === 'failed') test.expectedStatus = 'passed';
    const body = result.attachments.find(({ name }) => name === verdictAttachment)?.body;
    if (body === undefined) {
      for (const error of result.errors) this.onError(error);
      return;
    }
    const { run, verdict } = JSON.parse(body.toString('utf8')) as { run: Run; verdict: Verdict };
    this.#run = run;
    this.#verdicts.push(verdict);
    const exchange = result.attachments.find(({ name }) => name === 'exchange')?.body;
    if (exchange !== undefined)
      this.#exchanges.set(`${verdict.requirement} ${verdict.route}`, exchange.toString('utf8'));
  }

  async onEnd({ status }: FullResult): Promise<{ status: FullResult['status'] }> {
    if (this.#run === undefined) return { status };
    const report = reportOf(this.#run, this.#verdicts);
    const exchangeOf = ({ requirement, route }: Verdict) =>
      this.#exchanges.get(`${requirement} ${route}`);
    this.#write('report.json', `${JSON.stringify(report, null, 2)}\n`);
    this.#write('report.md', reportMarkdown(report, exchangeOf));
    console.log(reportTerminal(report, this.#folder, this.#colour));
    return { status: report.red || this.#broken ? 'failed' : status };
  }

  /** Replaced in one step: who reads meanwhile sees the old file or the new one. */
  #write(name: string, text: string): void {
    const path = join(this.#folder, name);
    mkdirSync(this.#folder, { recursive: true });
    writeFileSync(`${path}.${process.pid}`, text);
    renameSync(`${path}.${process.pid}`, path);
  }
}

function plain({ message, value }: TestError): string {
  return stripVTControlCharacters(message ?? value ?? 'an error without a message');
}
