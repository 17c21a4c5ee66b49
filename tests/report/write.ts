import { join, relative } from 'node:path';
import { appendText, attempt, replaceFile } from '../../fixtures/configuration/files.ts';
import { readCleanUp } from '../../schemas/files/clean-up.ts';
import type { JudgedRun } from '../../schemas/files/report.ts';
import { appendRuns, readHistory } from '../history/history.ts';
import { printable } from '../judge/text.ts';
import { requirements } from '../requirements/index.ts';
import { isJudged } from '../requirements/requirement.ts';
import { annotations, reportJunit } from './formats/ci.ts';
import { reportPage } from './formats/html/page.ts';
import { reportMarkdown, summaryMarkdown } from './formats/markdown.ts';
import { reportTerminal, type TerminalOptions } from './formats/terminal.ts';
import type { Report } from './model/model.ts';
import { reportOf } from './model/report.ts';

export type WriteOptions = Omit<TerminalOptions, 'files' | 'isMany' | 'isDeclared'> &
  Readonly<{ report: string; history: string; failOnNew: boolean }>;

/** What cannot be written costs that file alone. */
export function writeReports(
  judged: readonly JudgedRun[],
  whole: boolean,
  errors: readonly string[],
  options: WriteOptions,
) {
  const { folder, history, failOnNew } = options;
  const before = judged.length > 0 ? readHistory(history) : { runs: [] };
  const { runs: earlier, fault: unreadable } = before;
  const judgeable = requirements.filter(isJudged).length;
  const names = new Set<string>();
  const made = judged.map((each, i) => {
    const own = `report-${each.run.target.replaceAll(/[^A-Za-z0-9.-]+/g, '-')}`;
    const unique = names.has(own) ? `${own}-${i + 1}` : own;
    const file = judged.length > 1 ? unique : 'report';
    names.add(file);
    const cleanUp = readCleanUp(options.report, each.run.run);
    const rest = { failOnNew, whole, judgeable, cleanUp, unreadable };
    return reportOf(each, { earlier, file, recording: relative(folder, each.path), ...rest });
  });
  const reports = made.map(({ report }) => report);
  const files = new Set<string>();
  // Playwright's own, where nobody sent it elsewhere.
  const { PLAYWRIGHT_HTML_OUTPUT_DIR, PLAYWRIGHT_HTML_REPORT } = process.env;
  const html = PLAYWRIGHT_HTML_OUTPUT_DIR || PLAYWRIGHT_HTML_REPORT ? [] : ['html/index.html'];
  let isWritten = true;
  const write = (name: string, text: string) => {
    const fault = replaceFile(join(folder, name), text);
    if (fault === undefined) files.add(name);
    else isWritten = false;
    say('report  ', fault);
  };
  if (reports.length > 0) write('index.html', reportPage(reports, html));
  for (const report of reports) {
    write(`${report.file}.md`, reportMarkdown(report));
    write(`${report.file}.json`, `${JSON.stringify(report, null, 2)}\n`);
  }
  // Also where nothing was judged: nobody must find that of an older run.
  if (reports.length + errors.length > 0) write('junit.xml', reportJunit(reports, errors));
  // A run that is judged again is no new run.
  const known = new Set(earlier.map(({ run }) => run));
  const isNew = ({ report }: (typeof made)[number]) => report.whole && !known.has(report.run);
  const records = made.filter(isNew).map(({ record }) => record);
  const fault = attempt(history, () => appendRuns(history, records, before));
  say('history ', fault && `${fault}: later runs are not compared with this one`);
  const isMany = reports.length > 1;
  const isDeclared = !isMany && relative(folder, options.report) === '';
  for (const report of reports)
    tell(report, { ...options, isMany, isDeclared, files: [...files, ...html] });
  return { reports, isWritten };
}

function tell(report: Report, options: TerminalOptions) {
  const { GITHUB_STEP_SUMMARY: summary, GITHUB_ACTIONS } = process.env;
  if (summary) say('summary  GITHUB_STEP_SUMMARY', appendText(summary, summaryMarkdown(report)));
  if (GITHUB_ACTIONS) for (const line of annotations(report)) console.log(line);
  console.log(reportTerminal(report, options));
}

function say(what: string, fault: string | undefined) {
  if (fault) console.log(`${what} ${printable(fault)}`);
}
