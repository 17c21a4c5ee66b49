import { appendFileSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CollectedRun, ComparedRun } from '../../schemas/files/history.ts';
import { appendRun, pruneHistory, readHistory } from '../history/file.ts';
import { recordOf } from '../history/record.ts';
import { compareRuns } from './compared-runs.ts';
import { annotations } from './formats/github.ts';
import { reportPage } from './formats/html/page.ts';
import { reportJunit } from './formats/junit.ts';
import { comparisonMarkdown, fixesMarkdown, reportMarkdown } from './formats/markdown.ts';
import { reportTerminal } from './formats/terminal.ts';

/** Things to fix that a job's summary names. */
const summaryFixes = 5;

export interface WriteOptions {
  /** The folder of the reports. */
  readonly folder: string;
  /** The file of the history. */
  readonly history: string;
  /** Whether only what is new or changed since the previous run fails. */
  readonly failOnNew: boolean;
  readonly colour: boolean;
}

/**
 * Writes every report: files, history, GitHub's summary and the terminal. Judges nothing.
 * `errors`: what went wrong beside the verdicts. Out: whether the runs fail; undefined: there are none.
 */
export function writeReports(
  collected: readonly CollectedRun[],
  errors: readonly string[],
  { folder, history, failOnNew, colour }: WriteOptions,
): boolean | undefined {
  const reports = collected.map(({ report }) => report);
  // Also where nothing could be judged: what reads the file must not find that of an older run.
  if (reports.length + errors.length > 0)
    write(join(folder, 'junit.xml'), reportJunit(reports, errors));
  if (collected.length === 0) return undefined;
  const compared = compareRuns(collected, readHistory(history));
  for (const { report, whole } of collected) if (whole) appendRun(history, recordOf(report));
  pruneHistory(history);
  const names = namesOf(reports.map(({ target }) => target));
  for (const [i, run] of compared.runs.entries()) {
    writeRun(run, join(folder, names[i] ?? ''));
    console.log(reportTerminal(run, folder, colour));
  }
  for (const line of compared.unreadable)
    console.log(`history  not readable, still in the file: ${line}`);
  write(join(folder, 'index.html'), reportPage(compared));
  if (collected.some(({ isInterrupted }) => isInterrupted)) return true;
  return failOnNew ? compared.newlyFailing > 0 : reports.some(({ failing }) => failing);
}

/** `path`: of the run's own files, without their ending. */
function writeRun(run: ComparedRun, path: string): void {
  const comparison = comparisonMarkdown(run);
  write(`${path}.json`, `${JSON.stringify(run.report, null, 2)}\n`);
  write(`${path}.md`, reportMarkdown(run, comparison));
  const { GITHUB_STEP_SUMMARY, GITHUB_ACTIONS } = process.env;
  const summary = [comparison, ...fixesMarkdown(run.report, summaryFixes), ''].join('\n\n');
  if (GITHUB_STEP_SUMMARY) appendFileSync(GITHUB_STEP_SUMMARY, summary);
  if (GITHUB_ACTIONS) for (const line of annotations(run)) console.log(line);
}

/** Replaced in one step: who reads meanwhile sees the old file or the new one. */
function write(path: string, text: string): void {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(`${path}.${process.pid}`, text);
  renameSync(`${path}.${process.pid}`, path);
}

/** `report` for one run; of several each by its target, and by its number where two have the same. */
function namesOf(targets: readonly string[]): string[] {
  if (targets.length === 1) return ['report'];
  return targets.map((target, i) => {
    const name = `report-${target.replaceAll(/[^A-Za-z0-9.-]+/g, '-')}`;
    return targets.indexOf(target) === i ? name : `${name}-${i + 1}`;
  });
}
