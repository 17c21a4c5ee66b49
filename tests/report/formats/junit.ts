import type { Report, Row } from '../model/model.ts';
import { sentenceOf, textOf, verdictLines, wrongIn } from '../model/wording.ts';
import { type Markup, markup } from './markup.ts';

/** contract-report/junit.xml: a suite a target, a case a requirement. `errors`: what kept a run from being judged. */
export function reportJunit(reports: readonly Report[], errors: readonly string[] = []): string {
  return String(markup`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="Create registeredDevices">
${reports.map(suite)}${errors.length > 0 && brokenRun(errors)}</testsuites>
`);
}

function suite({ target, startedAt, verdicts }: Report): Markup {
  const failing = verdicts.filter((each) => each.failing).length;
  return markup`<testsuite name="${target}" timestamp="${startedAt}" tests="${verdicts.length}" failures="${failing}" errors="0" skipped="${verdicts.filter(isSkipped).length}">
${verdicts.map((row) => markup`<testcase name="${row.requirement}" classname="${target}">${inside(row)}</testcase>\n`)}</testsuite>
`;
}

function brokenRun(errors: readonly string[]): Markup {
  return markup`<testsuite name="the run itself" tests="1" failures="1" errors="0" skipped="0">
<testcase name="run" classname="the run itself"><failure message="${errors[0]}">${errors.join('\n\n')}</failure></testcase>
</testsuite>
`;
}

function isSkipped({ outcome }: Row): boolean {
  return outcome === 'untested' || outcome === 'not applicable';
}

function inside(row: Row): Markup | '' {
  if (isSkipped(row)) return markup`<skipped message="${row.reason}"/>`;
  if (row.outcome === 'conforms') return '';
  const text = textOf(sentenceOf(row), verdictLines(row));
  if (!row.failing) return markup`<system-out>${text}</system-out>`;
  return markup`<failure type="${row.outcome}" message="${wrongIn(row)}">${text}</failure>`;
}
