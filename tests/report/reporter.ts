import { stripVTControlCharacters } from 'node:util';
import type {
  FullConfig,
  FullResult,
  Reporter,
  Suite,
  TestCase,
  TestError,
  TestResult,
} from '@playwright/test/reporter';
import type { CleanUp } from '../../schemas/files/clean-up.ts';
import type { EarlyEnd } from '../judge/judge.ts';
import { printable } from '../judge/text.ts';
import { attachmentNames, Collection } from './attachment.ts';
import type { WriteOptions } from './write.ts';

interface ReporterOptions extends WriteOptions {
  /** Judges what a run recorded that was ended before its tests; undefined: it recorded nothing. */
  readonly judgeEarlyEnd?: (config: FullConfig) => Promise<EarlyEnd | undefined>;
  /** What the run undid in a tenant; undefined: it was at none. */
  readonly cleanUp?: () => CleanUp | undefined;
  /** What is printed where tests are only listed; undefined: they run. */
  readonly list?: (suite: Suite) => string;
}

/** Collects what the tests hand over, and has it written at the end. Judges nothing. */
export default class ContractReporter implements Reporter {
  readonly #options: ReporterOptions;
  readonly #collection = new Collection();
  /** What went wrong beside the verdicts: the requests, the configuration, the suite itself. */
  readonly #errors: string[] = [];
  #config: FullConfig | undefined;
  #writer: Promise<typeof import('./write.ts')> | undefined;

  constructor(options: Omit<ReporterOptions, 'colour' | 'columns'>) {
    const columns = process.stdout.isTTY ? process.stdout.columns : undefined;
    this.#options = { ...options, colour: hasColour(), columns };
    // Playwright forces colour on its workers, and Node warns of every contradiction.
    delete process.env.NO_COLOR;
  }

  printsToStdio(): boolean {
    return true;
  }

  onBegin(config: FullConfig, suite: Suite): void {
    const { metadata } = config;
    this.#config = config;
    // The workers are told which tests are left by --grep: they need not send what no test judges.
    metadata.titles = suite.allTests().map(({ title }) => title);
    if (this.#options.list !== undefined) console.log(this.#options.list(suite));
    // The formats are loaded while the worker sends, and not when everybody waits for them.
    else this.#writer = import('./write.ts');
  }

  /** What a worker prints may hold what a target sent. */
  onStdOut(chunk: string | Buffer): void {
    process.stdout.write(printable(String(chunk)));
  }

  onStdErr(chunk: string | Buffer): void {
    process.stderr.write(printable(String(chunk)));
  }

  onError(error: TestError): void {
    const message = plain(error);
    // What stops every test is said once.
    if (this.#errors.includes(message)) return;
    this.#errors.push(message);
    console.error(message);
  }

  onTestEnd(test: TestCase, result: TestResult): void {
    // A failing verdict was expected to fail only to spare a worker (attach.ts): it fails.
    if (test.expectedStatus === 'failed') test.expectedStatus = 'passed';
    for (const annotations of [test.annotations, result.annotations]) withoutSkip(annotations);
    const [run, verdict] = [bodyOf(result, 'run'), bodyOf(result, 'verdict')];
    if (run !== undefined) this.#collection.addRun(JSON.parse(run));
    if (verdict !== undefined) this.#collection.addVerdict(JSON.parse(verdict));
    else for (const error of result.errors) this.onError(error);
  }

  async onEnd({ status }: FullResult): Promise<{ status: FullResult['status'] }> {
    if (this.#options.list !== undefined && this.#errors.length === 0) return { status };
    if (status === 'interrupted' || status === 'timedout') await this.#judgeEarlyEnd();
    const left = this.#options.cleanUp?.()?.fails;
    if (left !== undefined) this.onError({ message: left });
    // Playwright would say behind our last line how its own report is opened, unless in a CI.
    process.env.CI ??= 'true';
    const { writeReports } = await (this.#writer ?? import('./write.ts'));
    const fails = writeReports(this.#collection.runs(), this.#errors, this.#options);
    // merge-reports asks no reporter for a status: it would end green whatever was judged.
    if (fails)
      process.once('exit', (code) => {
        process.exitCode = code || 1;
      });
    if (fails === undefined) return { status };
    // Playwright counts every failing verdict as a failed test; what is not new need not fail the run.
    const forgiven = this.#options.failOnNew && status === 'failed' ? 'passed' : status;
    return { status: fails || this.#errors.length > 0 ? 'failed' : forgiven };
  }

  async #judgeEarlyEnd(): Promise<void> {
    try {
      const end = this.#config && (await this.#options.judgeEarlyEnd?.(this.#config));
      if (end !== undefined) this.#collection.addJudged(end.judged, end.judgeable);
    } catch (error) {
      this.onError({ message: error instanceof Error ? error.message : String(error) });
    }
  }
}

/** Takes away what Playwright adds where a test skips itself: the verdict's own annotation says the same, without a line of ours. */
function withoutSkip(annotations: TestCase['annotations']): void {
  const at = annotations.findIndex(({ type }) => type === 'skip');
  if (at >= 0) annotations.splice(at, 1);
}

/** By NO_COLOR (no-color.org), or else FORCE_COLOR (force-color.org), or else on a terminal alone. */
function hasColour(): boolean {
  const { NO_COLOR, FORCE_COLOR } = process.env;
  if (NO_COLOR) return false;
  return FORCE_COLOR ? FORCE_COLOR !== '0' : process.stdout.isTTY === true;
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
  const text = stripVTControlCharacters(message ?? value ?? 'an error without a message');
  return printable(text.replace(/^(ConfigurationError|SignInError|Error): /, ''));
}
