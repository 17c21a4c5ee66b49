import { appendFileSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type {
  FullResult,
  Reporter,
  TestCase,
  TestError,
  TestResult,
} from '@playwright/test/reporter';
import { appendRun, pruneHistory, readHistory } from '../history/file.ts';
import { recordOf } from '../history/record.ts';
import { attachmentNames, Collection } from './attachment.ts';
import { compareRuns } from './compared-runs.ts';
import { annotations } from './formats/github.ts';
import { reportPage } from './formats/html/page.ts';
import { reportJunit } from './formats/junit.ts';
import { comparisonMarkdown, fixesMarkdown, reportMarkdown } from './formats/markdown.ts';
import { reportTerminal } from './formats/terminal.ts';

/** Things to fix that a job's summary names. */
const summaryFixes = 5;

interface Options {
  readonly folder: string;
  readonly history: string;
  readonly failOnNew: boolean;
}

/** Writes what the tests hand over, beside the runs before: files and the terminal. Judges nothing. */
export default class ContractReporter implements Reporter {
  readonly #options: Options;
  readonly #collection = new Collection();
  readonly #colour: boolean;
  /** What went wrong beside the verdicts: the requests, the configuration, the suite itself. */
  readonly #errors: string[] = [];

  constructor(options: Options) {
    this.#options = options;
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
    this.#errors.push(plain(error));
    console.error(plain(error));
  }

  onTestEnd(test: TestCase, result: TestResult): void {
    // A failing verdict was expected to fail only to spare a worker (attach.ts): it fails.
    if (test.expectedStatus === 'failed') test.expectedStatus = 'passed';
    const [run, verdict] = [bodyOf(result, 'run'), bodyOf(result, 'verdict')];
    if (run !== undefined) this.#collection.addRun(JSON.parse(run));
    if (verdict !== undefined) this.#collection.addVerdict(JSON.parse(verdict));
    else for (const error of result.errors) this.onError(error);
  }

  async onEnd({ status }: FullResult): Promise<{ status: FullResult['status'] }> {
    const { folder, history, failOnNew } = this.#options;
    const collected = this.#collection.runs();
    const reports = collected.map(({ report }) => report);
    // Also where nothing could be judged: what reads the file must not find that of an older run.
    if (reports.length + this.#errors.length > 0)
      this.#write('junit.xml', reportJunit(reports, this.#errors));
    if (collected.length === 0) return { status };
    const compared = compareRuns(collected, readHistory(history));
    for (const { report, whole } of collected) if (whole) appendRun(history, recordOf(report));
    pruneHistory(history);
    const names = namesOf(reports.map(({ target }) => target));
    for (const [i, run] of compared.runs.entries()) {
      const comparison = comparisonMarkdown(run);
      this.#write(`${names[i]}.json`, `${JSON.stringify(run.report, null, 2)}\n`);
      this.#write(`${names[i]}.md`, reportMarkdown(run, comparison));
      const summary = [comparison, ...fixesMarkdown(run.report, summaryFixes), ''].join('\n\n');
      if (process.env.GITHUB_STEP_SUMMARY) appendFileSync(process.env.GITHUB_STEP_SUMMARY, summary);
      if (process.env.GITHUB_ACTIONS) for (const line of annotations(run)) console.log(line);
      console.log(reportTerminal(run, folder, this.#colour));
    }
    for (const line of compared.unreadable)
      console.log(`history  not readable, still in the file: ${line}`);
    this.#write('index.html', reportPage(compared));
    const isFailing = failOnNew
      ? compared.newlyFailing > 0
      : reports.some((report) => report.failing);
    // Playwright counts every failing verdict as a failed test; what is not new need not fail the run.
    const forgiven = failOnNew && status === 'failed' ? 'passed' : status;
    return { status: isFailing || this.#errors.length > 0 ? 'failed' : forgiven };
  }

  /** Replaced in one step: who reads meanwhile sees the old file or the new one. */
  #write(name: string, text: string): void {
    const { folder } = this.#options;
    const path = join(folder, name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(`${path}.${process.pid}`, text);
    renameSync(`${path}.${process.pid}`, path);
  }
}

/** `report` for one run; of several each by its target, and by its number where that is no name of its own. */
function namesOf(targets: readonly string[]): string[] {
  if (targets.length === 1) return ['report'];
  return targets.map((target, i) => {
    const name = `report-${target.replaceAll(/[^A-Za-z0-9.-]+/g, '-')}`;
    return targets.indexOf(target) === i ? name : `${name}-${i + 1}`;
  });
}

function bodyOf(
  { attachments }: TestResult,
  name: keyof typeof attachmentNames,
): string | undefined {
  const body = attachments.find((each) => each.name === attachmentNames[name])?.body;
  return body?.toString('utf8');
}

function plain({ message, value }: TestError): string {
  // The sentence of an error that has one for users; its class says nothing to them.
  return stripVTControlCharacters(message ?? value ?? 'an error without a message').replace(
    /^(ConfigurationError|SignInError|Error): /,
    '',
  );
}
