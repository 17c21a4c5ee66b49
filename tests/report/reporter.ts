import { existsSync } from 'node:fs';
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
import { configurationIn } from '../../fixtures/configuration/configuration.ts';
import { ConfigurationError } from '../../fixtures/configuration/errors.ts';
import { endRefused } from '../../fixtures/configuration/process.ts';
import { recordingPaths } from '../../fixtures/recording/paths.ts';
import { ownRecording } from '../../schemas/files/recording.ts';
import type { JudgedRun } from '../../schemas/files/report.ts';
import { judgeRecording } from '../judge/judge.ts';
import { requirementsIn } from '../judge/selection.ts';
import { printable } from '../judge/text.ts';
import { testTitle } from '../requirements/requirement.ts';
import { keepsTheContract } from './attach.ts';
import { type WriteOptions, writeReports } from './write.ts';

interface ReporterOptions extends WriteOptions {
  readonly waitForEnd?: (config: FullConfig) => Promise<void>;
  readonly list?: (suite: Suite) => string;
}

export default class ContractReporter implements Reporter {
  readonly #options: ReporterOptions;
  /** What went wrong beside the verdicts. */
  readonly #errors: string[] = [];
  #config: FullConfig | undefined;
  #tests: readonly TestCase[] = [];
  #judged: ReturnType<ContractReporter['judge']> | undefined;

  constructor(options: Omit<ReporterOptions, 'colour'>) {
    // no-color.org, or else force-color.org, or else a terminal.
    const { NO_COLOR, FORCE_COLOR } = process.env;
    const colour = FORCE_COLOR ? FORCE_COLOR !== '0' : process.stdout.isTTY;
    this.#options = { ...options, colour: colour && !NO_COLOR };
    // Who reads no further, as head does, must not cost the report.
    for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
    // Node warns where NO_COLOR contradicts FORCE_COLOR, which Playwright sets.
    delete process.env.NO_COLOR;
  }

  printsToStdio() {
    return true;
  }

  onBegin(config: FullConfig, suite: Suite) {
    this.#config = config;
    this.#tests = suite.allTests();
    // The workers need not send what no test judges.
    config.metadata.titles = this.#tests.map(({ title }) => title);
    if (this.#options.list !== undefined) console.log(this.#options.list(suite));
    // Nothing is sent, and nothing else to be done while the worker starts.
    else if (config.metadata.isRejudged)
      setImmediate(() => {
        this.#judged ??= this.judge(config);
      });
  }

  /** What a worker prints may hold what a target sent. */
  onStdOut = (chunk: string | Buffer) => void process.stdout.write(printable(String(chunk)));
  onStdErr = (chunk: string | Buffer) => void process.stderr.write(printable(String(chunk)));

  onError({ message, value }: TestError) {
    const text = stripVTControlCharacters(message ?? value ?? 'an error without a message');
    const plain = printable(text.replace(/^(ConfigurationError|SignInError|Error): /, ''));
    if (this.#errors.includes(plain)) return;
    // Of --global-timeout the verdicts say what it left unjudged.
    if (!plain.startsWith('Timed out waiting')) this.#errors.push(plain);
    console.error(plain);
  }

  onTestEnd(test: TestCase, result: TestResult) {
    // It was expected only to spare a worker (attach.ts).
    if (test.expectedStatus === 'failed') test.expectedStatus = 'passed';
    // The verdict's own annotation says why, without a line of ours.
    for (const all of [test.annotations, result.annotations]) {
      const at = all.findIndex(({ type }) => type === 'skip');
      if (at >= 0) all.splice(at, 1);
    }
    for (const error of result.errors)
      if (!error.message?.includes(keepsTheContract)) this.onError(error);
    // All was sent before the first test ends: judged here while the worker goes on.
    if (this.#config && result.status !== 'interrupted') this.#judged ??= this.judge(this.#config);
  }

  async onEnd({ status }: FullResult): Promise<{ status: FullResult['status'] }> {
    const errors = this.#errors;
    if (this.#options.list !== undefined && errors.length === 0) return { status };
    const config = this.#config;
    if (config && (status === 'interrupted' || status === 'timedout')) {
      await this.#options.waitForEnd?.(config);
      this.#judged = undefined;
    }
    if (config) this.#judged ??= this.judge(config);
    const { judged, whole } = this.#judged ?? { judged: [], whole: false };
    const { reports, isWritten } = writeReports(judged, whole, errors, this.#options);
    const isAny = (word: string) => reports.some((each) => each.word === word);
    if (!isWritten || errors.length > 0 || isAny('FAILED')) return { status: 'failed' };
    if (isAny('INCONCLUSIVE')) {
      // Playwright knows no third end.
      process.once('exit', () => {
        process.exitCode = 3;
      });
      return { status: 'failed' };
    }
    if (reports.length === 0 || status !== 'failed') return { status };
    // What fails is not new: no report shows a red cross.
    for (const test of this.#tests)
      if (test.results.at(-1)?.status === 'failed') test.expectedStatus = 'failed';
    return { status: 'passed' };
  }

  async onExit() {
    if (process.env.CI !== undefined) return;
    // Playwright says behind our last line how its report is opened, unless in a CI.
    process.env.CI = 'true';
    setImmediate(() => delete process.env.CI);
  }

  private judge(config: FullConfig) {
    const configuration = configurationIn(config);
    const all = requirementsIn(configuration);
    const titles = new Set(this.#tests.map(({ title }) => title));
    const requirements = all.filter((each) => titles.has(testTitle(each)));
    const whole = requirements.length === all.length;
    const { report, run, isRejudged } = configuration;
    let judged: JudgedRun[] = [];
    if (requirements.length === 0) return { judged, whole };
    try {
      const own = ownRecording(report, run);
      const paths = isRejudged ? recordingPaths(configuration) : [own].filter(existsSync);
      judged = paths.map((path) => judgeRecording(path, configuration, requirements));
      for (const [i, { run: of }] of judged.entries())
        if (isRejudged) console.log(`judged   ${paths[i]}, of ${of.target} at ${of.startedAt}`);
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      if (isRejudged) endRefused(error);
      this.onError({ message: error.message });
    }
    return { judged, whole };
  }
}
