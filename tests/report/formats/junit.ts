import type { Report, Verdict } from '../../../schemas/files/report.ts';
import { placeTitle, verdictMessage, wrongIn } from '../../judge/wording.ts';
import { type Markup, markup } from './markup.ts';

/**
 * contract-report/junit.xml: a suite for each target and route, a case for each requirement by its
 * id, so that Azure DevOps and GitLab follow it from run to run. What fails is a failure, what
 * nobody could judge from outside is skipped, and nothing is an error.
 */
export function reportJunit(reports: readonly Report[], errors: readonly string[] = []): string {
  const suites = reports.flatMap((report) =>
    (['me', 'users', 'both'] as const).map((route) => suite(report, route)),
  );
  return String(markup`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="Create registeredDevices">
${suites}${errors.length > 0 && brokenRun(errors)}</testsuites>
`);
}

function suite({ target, startedAt, verdicts }: Report, route: Verdict['route']): Markup | '' {
  const mine = verdicts.filter((verdict) => verdict.route === route);
  if (mine.length === 0) return '';
  const name = `${target} · ${placeTitle(route)}`;
  return markup`<testsuite name="${name}" timestamp="${startedAt}" tests="${mine.length}" failures="${mine.filter(({ failing }) => failing).length}" errors="0" skipped="${mine.filter(isSkipped).length}">
${mine.map(
  (
    verdict,
  ) => markup`<testcase name="${verdict.requirement}" classname="${name}">${inside(verdict)}</testcase>
`,
)}</testsuite>
`;
}

/** What kept the run from being judged is one case of its own. */
function brokenRun(errors: readonly string[]): Markup {
  return markup`<testsuite name="the run itself" tests="1" failures="1" errors="0" skipped="0">
<testcase name="run" classname="the run itself"><failure message="${errors[0]}">${errors.join('\n\n')}</failure></testcase>
</testsuite>
`;
}

function isSkipped({ outcome }: Verdict): boolean {
  return outcome === 'untested' || outcome === 'not applicable';
}

function inside(verdict: Verdict): Markup | '' {
  if (isSkipped(verdict)) return markup`<skipped message="${verdict.reason}"/>`;
  if (!verdict.failing)
    return verdict.outcome === 'conforms'
      ? ''
      : markup`<system-out>${verdictMessage(verdict)}</system-out>`;
  return markup`<failure type="${verdict.outcome}" message="${verdict.outcome === 'error' ? `not checked: ${verdict.reason}` : wrongIn(verdict)}">${verdictMessage(verdict)}</failure>`;
}
