import { type ComparedRun, isSameAt, type Regression } from '../../schemas/files/history.ts';
import type { Report, Verdict } from '../../schemas/files/report.ts';
import { counted, printable } from '../judge/text.ts';
import { entryText } from '../judge/wording.ts';
import { countsOf, isNothingAnswered, resultsText } from './counts.ts';
import { type Fix, fixesOf, fixSentence } from './fix-first.ts';

/** Whether a run passed, and why: what every report says first. */
export interface Status {
  readonly word: 'PASSED' | 'FAILED';
  /** One sentence, without a full stop. */
  readonly reason: string;
}

type Run = Pick<ComparedRun, 'report' | 'regression' | 'fails'>;

/** The status of a run. */
export function statusOf(run: Run): Status {
  return run.fails
    ? { word: 'FAILED', reason: whyFailed(run) }
    : { word: 'PASSED', reason: whyPassed(run.report) };
}

/** The status in one line, whatever line breaks a target sent. */
export function statusLine(run: Run): string {
  const { word, reason } = statusOf(run);
  return `${word}: ${printable(reason).replaceAll(/\s+/g, ' ')}`;
}

function whyPassed(report: Report): string {
  const failing = fixesOf(report).filter(({ warning }) => !warning).length;
  const old =
    failing > 0 ? `nothing new fails, ${counted(failing, 'finding')} failed before; ` : '';
  const part = isPartial(report) ? ' checked' : '';
  return `${old}${checkedText(report)}${part}: ${resultsOf(report)}`;
}

/** The counts in one line that adds up: what was checked, what came of it, and how it was judged. */
export function countsLine(report: Report): string {
  const { checked, verdicts, notApplicable, notChecked } = countsOf(report);
  const { requests, deferred, cut } = report.sending;
  const beside = [
    ...(notApplicable > 0 ? [`${notApplicable} not applicable`] : []),
    ...(notChecked > 0 ? [`${notChecked} not checked`] : []),
    `${counted(verdicts, 'verdict')} on ${counted(requests, 'request')}`,
    ...(deferred === undefined ? [] : [`${deferred} deferred by the target and not judged`]),
    ...(cut === undefined ? [] : [`${cut} recorded in part and judged without their bodies`]),
  ];
  const results =
    checked === 0 ? 'no requirement was checked' : `${checkedText(report)}: ${resultsOf(report)}`;
  return `${results} (${beside.join(', ')})`;
}

/** "all conform", or how many do. */
function resultsOf(report: Report): string {
  const counts = countsOf(report);
  return counts.results.get('conforms') === counts.checked ? 'all conform' : resultsText(counts);
}

/** What was checked: "47 requirements on 2 routes", or which part of them. */
function checkedText(report: Report): string {
  const { checked, routes } = countsOf(report);
  const all = report.requirements;
  return isPartial(report)
    ? `${checked} of ${counted(all, 'requirement')}`
    : `${counted(checked, 'requirement')} on ${counted(routes, 'route')}`;
}

/** Whether the run, or the one that is judged again, was narrowed to some of the requirements. */
function isPartial({ verdicts, requirements, configuration }: Report): boolean {
  const judgeable = verdicts.filter(({ expected }) => expected !== '');
  const ids = new Set(judgeable.map(({ requirement }) => requirement));
  return ids.size < requirements || 'narrowed to' in configuration;
}

/** The first of what makes a run fail, in the order in which it explains the rest. */
function whyFailed({ report, regression }: Run): string {
  const { verdicts, sending } = report;
  const unchecked = verdicts.filter(({ outcome }) => outcome === 'error');
  const { notChecked } = countsOf(report);
  const rest = `${counted(notChecked, 'requirement was', 'requirements were')} not checked`;
  if (sending.collapse && notChecked > 0) return `${collapseText(sending.collapse)}; ${rest}`;
  if (sending.interrupted) return `${unchecked[0]?.reason ?? 'the run was interrupted'}; ${rest}`;
  if (isNothingAnswered(report)) return nothingAnswered(unchecked);
  const fixes = fixesOf(report)
    .filter(({ warning }) => !warning)
    .toSorted((a, b) => Number(isNew(b, regression)) - Number(isNew(a, regression)));
  const found = [
    ...fixes.map((fix) => fixText(fix)),
    ...(unchecked.length > 0 ? [`${rest}: ${unchecked[0]?.reason}`] : []),
  ];
  const more = found.length - 1;
  return more > 0
    ? `${found[0]}; ${counted(more, 'more finding')}`
    : (found[0] ?? 'nothing was judged');
}

/** Whether the previous run had it not. */
function isNew({ verdict }: Fix, { changes }: Regression): boolean {
  return changes.some(
    (each) => ['broke', 'changed'].includes(each.kind) && isSameAt(each, verdict),
  );
}

/** "The server stopped answering during malformed-json on /me (connection dropped); it probably crashed" */
export function collapseText({
  request,
  failure,
  isGone,
}: NonNullable<Report['sending']['collapse']>): string {
  const crashed = isGone ? '; it probably crashed' : '';
  return `the server stopped answering during ${request} (${failureTexts[failure]})${crashed}`;
}

const failureTexts: Readonly<
  Record<NonNullable<Report['sending']['collapse']>['failure'], string>
> = {
  unreachable: 'no connection',
  dropped: 'connection dropped',
  reset: 'connection reset',
  'cut off': 'response cut off',
  'timed out': 'no response in time',
  unreadable: 'not HTTP',
  undecodable: 'a body that cannot be decoded',
};

function nothingAnswered(unchecked: readonly Verdict[]): string {
  const { reason = '', failureCode = '' } = unchecked[0] ?? {};
  const hint = hints[failureCode];
  return `nothing was judged, because ${reason}${hint === undefined ? '' : `; ${hint}`}`;
}

/** What to do, by what kept the target from being reached. */
const hints: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'is it started? CONTRACT_WAIT_MS waits for one that is starting',
  ENOTFOUND: 'is the name right, or does it need a proxy? HTTPS_PROXY names one',
  EPROTO: 'does it speak https?',
  SELF_SIGNED: 'NODE_EXTRA_CA_CERTS names a file of certificates to trust',
  UNTRUSTED: 'NODE_EXTRA_CA_CERTS names a file of certificates to trust',
};

function fixText(fix: Fix): string {
  const { declared } = fix.verdict;
  const over =
    declared?.over === undefined
      ? ''
      : `; ${entryText(declared)} ended on ${declared.over}: fix the target, or give it another last day`;
  return `${fixSentence(fix)}${over}`;
}
