import { join } from 'node:path';
import { appendText, attempt, replaceFile } from '../../fixtures/configuration/files.ts';
import { readCleanUp } from '../../schemas/files/clean-up.ts';
import type { Judged } from '../../schemas/files/report.ts';
import { appendRun, readHistory } from '../history/file.ts';
import { printable } from '../judge/text.ts';
import { requirements } from '../requirements/index.ts';
import { isJudged } from '../requirements/requirement.ts';
import { annotations } from './formats/github.ts';
import { reportPage } from './formats/html/page.ts';
import { reportJunit } from './formats/junit.ts';
import { reportMarkdown, summaryMarkdown } from './formats/markdown.ts';
import { reportTerminal, type TerminalOptions } from './formats/terminal.ts';
import type { Report } from './model/model.ts';
import { reportOf } from './model/report.ts';

export interface WriteOptions extends Omit<TerminalOptions, 'files'> {
  readonly report: string;
  readonly history: string;
  /** Whether only what is new or changed fails the run. */
  readonly failOnNew: boolean;
}

/** Makes and shows the report of each run; what cannot be written costs that file alone. `whole`: every requirement was judged. */
export function writeReports(
  judged: readonly Judged[],
  whole: boolean,
  errors: readonly string[],
  options: WriteOptions,
): { reports: readonly Report[]; isWritten: boolean } {
  const { folder, history, failOnNew } = options;
  const { runs: earlier, unreadable } = judged.length > 0 ? readHistory(history) : noHistory;
  const judgeable = requirements.filter(isJudged).length;
  const known = { earlier, failOnNew, whole, judgeable };
  const made = judged.map((each) =>
    reportOf(each, { ...known, cleanUp: readCleanUp(options.report, each.run.run) }),
  );
  const reports = made.map(({ report }) => report);
  const missing: string[] = [];
  const files: string[] = [];
  const write = (name: string, text: string) => {
    const fault = replaceFile(join(folder, name), text);
    if (fault === undefined) files.push(name);
    else missing.push(fault);
  };
  if (reports.length > 0) write('index.html', reportPage(reports, unreadable));
  for (const [i, report] of reports.entries()) {
    write(`${nameOf(i, reports)}.md`, reportMarkdown(report));
    write(`${nameOf(i, reports)}.json`, `${JSON.stringify(report, null, 2)}\n`);
  }
  // Also where nothing could be judged: what reads the file must not find that of an older run.
  if (reports.length + errors.length > 0) write('junit.xml', reportJunit(reports, errors));
  // Playwright's own, where nobody sent it elsewhere.
  if (!process.env.PLAYWRIGHT_HTML_OUTPUT_DIR && !process.env.PLAYWRIGHT_HTML_REPORT)
    files.push('html/index.html');
  say(missing, 'report  ');
  say(unreadable, 'history  not readable, and left as it is:');
  // A run that is judged again is no new run.
  const isNew = ({ report }: (typeof made)[number]) =>
    report.whole && !earlier.some(({ run }) => run === report.run);
  const fault = attempt(history, () => {
    for (const { record } of made.filter(isNew)) appendRun(history, record);
  });
  if (fault !== undefined) say([`${fault}: later runs are not compared with this one`], 'history ');
  for (const report of reports) tell(report, { ...options, files });
  return { reports, isWritten: missing.length === 0 };
}

const noHistory = { runs: [], unreadable: [] };

/** In GitHub the job's summary and annotations, and everywhere the terminal. */
function tell(report: Report, options: TerminalOptions): void {
  const { GITHUB_STEP_SUMMARY, GITHUB_ACTIONS } = process.env;
  if (GITHUB_STEP_SUMMARY) {
    const fault = appendText(GITHUB_STEP_SUMMARY, summaryMarkdown(report));
    if (fault !== undefined) say([fault], 'summary  GITHUB_STEP_SUMMARY');
  }
  if (GITHUB_ACTIONS) for (const line of annotations(report)) console.log(line);
  console.log(reportTerminal(report, options));
}

function say(lines: readonly string[], before: string): void {
  for (const line of lines) console.log(`${before} ${printable(line)}`);
}

/** `report` for one run; of several each by its target, and by its number where two have the same. */
function nameOf(index: number, reports: readonly Report[]): string {
  const names = reports.map(({ target }) => `report-${target.replaceAll(/[^A-Za-z0-9.-]+/g, '-')}`);
  const [name = ''] = names.splice(index, 1);
  if (names.length === 0) return 'report';
  return names.includes(name) ? `${name}-${index + 1}` : name;
}
