import type { Sending, Verdict } from '../../../schemas/files/report.ts';
import type { Change } from '../../history/history.ts';
import { counted, printable } from '../../judge/text.ts';
import type { Cause } from './causes.ts';
import type { Counts } from './counts.ts';
import type { Report } from './model.ts';
import { entryText, whereText, wrongIn } from './wording.ts';

/** What a status is made of. */
export interface Grounds {
  readonly causes: readonly Cause[];
  readonly counts: Counts;
  readonly verdicts: readonly Verdict[];
  readonly sending: Sending;
  readonly changes: readonly Change[];
  /** Whether what deviates does not fail the run, because it is not new. */
  readonly isForgiven: boolean;
  /** What the run left in a tenant, where it fails for it. */
  readonly left: string | undefined;
}

type Status = Pick<Report, 'status' | 'word' | 'reason'>;

/** Whether a run passed, and why: what every report says first. */
export function statusOf(run: Grounds): Status {
  const { verdicts, sending, isForgiven, left } = run;
  const deviates = sending.interrupted === true || verdicts.some(({ failing }) => failing);
  const word = (deviates && !isForgiven) || left !== undefined ? 'FAILED' : 'PASSED';
  const reason = word === 'FAILED' ? whyFailed(run) : whyPassed(run);
  return { status: `${word}: ${printable(reason).replaceAll(/\s+/g, ' ')}`, word, reason };
}

function whyPassed({ causes, counts }: Grounds): string {
  const failing = causes.filter(({ verdict }) => verdict.failing).length;
  const old =
    failing > 0 ? `nothing new fails, ${counted(failing, 'finding')} failed before; ` : '';
  return `${old}${counts.checkedText}: ${counts.resultsText}`;
}

/** The first of what makes a run fail, in the order in which it explains the rest. */
function whyFailed({
  causes,
  counts,
  verdicts,
  sending,
  changes,
  isForgiven,
  left,
}: Grounds): string {
  const open = verdicts.find(({ outcome }) => outcome === 'error');
  const { error } = counts.summary;
  const rest = `${counted(error, 'requirement was', 'requirements were')} not checked`;
  if (sending.collapse && error > 0) return `${collapseText(sending.collapse)}; ${rest}`;
  if (sending.interrupted) return `${open?.reason ?? 'the run was interrupted'}; ${rest}`;
  if (counts.checked === 0 && open) return nothingJudged(open);
  const isNew = ({ verdict: { requirement } }: Cause) =>
    changes.some(
      (each) =>
        each.requirement === requirement && ['found', 'broke', 'changed'].includes(each.kind),
    );
  const reasons = [
    ...causes
      .filter(({ verdict, isLast }) => !isForgiven && (verdict.failing || isLast))
      .toSorted((a, b) => Number(isNew(b)) - Number(isNew(a)))
      .map(causeText),
    ...(open ? [`${rest}: ${open.reason}`] : []),
    ...(left ? [left] : []),
  ];
  const more = reasons.length - 1;
  const first = reasons[0] ?? 'nothing was judged';
  return more > 0 ? `${first}; ${counted(more, 'more finding')}` : first;
}

function causeText({ verdict }: Cause): string {
  const { requirement, declared } = verdict;
  const over = declared?.over
    ? `; ${entryText(declared)} ended on ${declared.over}: fix the target, or give it another last day`
    : '';
  return `${requirement} on ${whereText(verdict)}: ${wrongIn(verdict)}${over}`;
}

type Collapse = NonNullable<Sending['collapse']>;

/** "the server stopped answering during malformed-json on /me (connection dropped); it probably crashed" */
export function collapseText({ request, failure, isGone }: Collapse): string {
  const crashed = isGone ? '; it probably crashed' : '';
  return `the server stopped answering during ${request} (${failureTexts[failure]})${crashed}`;
}

const failureTexts: Readonly<Record<Collapse['failure'], string>> = {
  unreachable: 'no connection',
  dropped: 'connection dropped',
  reset: 'connection reset',
  'cut off': 'response cut off',
  'timed out': 'no response in time',
  unreadable: 'not HTTP',
  undecodable: 'a body that cannot be decoded',
};

function nothingJudged({ reason, failureCode = '' }: Verdict): string {
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
