import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { attempt, replaceFile } from '../../fixtures/configuration/files/write-fault.ts';
import type { CollectedRun, ComparedRun, RunRecord } from '../../schemas/files/history.ts';
import { appendRun, pruneHistory, readHistory } from '../history/file.ts';
import { recordOf } from '../history/record.ts';
import { printable } from '../judge/text.ts';
import { compareRuns } from './compared-runs.ts';
import { isNothingAnswered } from './counts.ts';
import { annotations } from './formats/github.ts';
import { reportPage } from './formats/html/page.ts';
import { reportJunit } from './formats/junit.ts';
import {
  comparisonMarkdown,
  fixesMarkdown,
  reportMarkdown,
  statusMarkdown,
} from './formats/markdown.ts';
import { reportTerminal, type TerminalOptions } from './formats/terminal.ts';
import { statusLine } from './status.ts';

/** Things to fix that a job's summary names. */
const summaryFixes = 5;

export interface WriteOptions extends TerminalOptions {
  /** The file of the history. */
  readonly history: string;
  /** Whether the command line leaves something out: such a run enters no history. */
  readonly isNarrowed: boolean;
  /** Whether only what is new or changed since the previous run fails. */
  readonly failOnNew: boolean;
}

/**
 * Writes every report: files, history, GitHub's summary and the terminal. Judges nothing. What cannot
 * be written costs that file alone, and is said. `errors`: what went wrong beside the verdicts. Out:
 * whether the runs fail, as they do where a report is missing; undefined: there are none.
 */
export function writeReports(
  collected: readonly CollectedRun[],
  errors: readonly string[],
  options: WriteOptions,
): boolean | undefined {
  const { folder, history, isNarrowed, failOnNew } = options;
  const reports = collected.map(({ report }) => report);
  const missing: string[] = [];
  const write = (name: string, text: string) => {
    const fault = replaceFile(join(folder, name), text);
    if (fault !== undefined) missing.push(fault);
  };
  // Also where nothing could be judged: what reads the file must not find that of an older run.
  if (reports.length + errors.length > 0) write('junit.xml', reportJunit(reports, errors));
  if (collected.length === 0) return say(missing, 'report  ') ? true : undefined;
  const earlier = readHistory(history);
  const compared = compareRuns(collected, earlier, failOnNew);
  const names = namesOf(reports.map(({ target }) => target));
  for (const [i, run] of compared.runs.entries()) {
    const report = { status: statusLine(run), ...run.report };
    write(`${names[i]}.json`, `${JSON.stringify(report, null, 2)}\n`);
    write(`${names[i]}.md`, reportMarkdown(run, comparisonMarkdown(run)));
  }
  write('index.html', reportPage(compared));
  say(missing, 'report  ');
  say(compared.unreadable, 'history  not readable, and left as it is:');
  if (!isNarrowed) say(remember(collected, earlier.runs, history), 'history ');
  for (const run of compared.runs) tell(run, options);
  return missing.length > 0 || compared.runs.some(({ fails }) => fails);
}

/** Adds the whole runs that the history does not have: one that is judged again is no new run, and one in which nothing was judged is none. Out: what went wrong. */
function remember(
  collected: readonly CollectedRun[],
  earlier: readonly RunRecord[],
  history: string,
): string[] {
  const known = new Set(earlier.map(({ run }) => run));
  const whole = collected.filter(
    ({ report, whole }) => whole && !known.has(report.run) && !isNothingAnswered(report),
  );
  const fault = attempt(history, () => {
    for (const { report } of whole) appendRun(history, recordOf(report));
    if (whole.length > 0) pruneHistory(history);
  });
  return fault === undefined ? [] : [`${fault}: later runs are not compared with this one`];
}

/** In GitHub the job's summary and annotations, and everywhere the terminal. */
function tell(run: ComparedRun, options: TerminalOptions): void {
  const { GITHUB_STEP_SUMMARY, GITHUB_ACTIONS } = process.env;
  if (GITHUB_STEP_SUMMARY) {
    const fixes = fixesMarkdown(run.report, summaryFixes);
    const parts = [statusMarkdown(run), ...fixes, comparisonMarkdown(run), ''];
    const add = () => appendFileSync(GITHUB_STEP_SUMMARY, parts.join('\n\n'));
    const fault = attempt(GITHUB_STEP_SUMMARY, add);
    if (fault !== undefined) say([fault], 'summary  GITHUB_STEP_SUMMARY');
  }
  if (GITHUB_ACTIONS) for (const line of annotations(run)) console.log(line);
  console.log(reportTerminal(run, options));
}

/** Prints a line for each. Out: whether there is one. */
function say(lines: readonly string[], before: string): boolean {
  for (const line of lines) console.log(`${before} ${printable(line)}`);
  return lines.length > 0;
}

/** `report` for one run; of several each by its target, and by its number where two have the same. */
function namesOf(targets: readonly string[]): string[] {
  if (targets.length === 1) return ['report'];
  return targets.map((target, i) => {
    const name = `report-${target.replaceAll(/[^A-Za-z0-9.-]+/g, '-')}`;
    return targets.indexOf(target) === i ? name : `${name}-${i + 1}`;
  });
}
