import type { Judged, Sending, Verdict } from '../../../schemas/files/report.ts';
import type { Change } from '../../history/history.ts';
import { counted, printable } from '../../judge/text.ts';
import type { Cause } from './causes.ts';
import type { Counts } from './counts.ts';
import type { Report } from './model.ts';
import { entryText, sentenceOf } from './wording.ts';

interface Grounds {
  readonly judged: Judged;
  readonly causes: readonly Cause[];
  readonly counts: Counts;
  readonly changes: readonly Change[];
  /** Why nothing that was judged counts; undefined: it does. */
  readonly never: string | undefined;
  /** Whether what deviates does not fail the run, because it is not new. */
  readonly isForgiven: boolean;
  /** What the run left in a tenant, where it fails for it. */
  readonly left: string | undefined;
}

/** Whether a run passed, and why (docs/verdicts.md): what every report says first. */
export function statusOf(run: Grounds): Pick<Report, 'status' | 'word' | 'reason'> {
  const [word, reason] = wordAndReason(run);
  return { status: `${word}: ${printable(reason).replaceAll(/\s+/g, ' ')}`, word, reason };
}

function wordAndReason(run: Grounds): [Report['word'], string] {
  const { judged, causes, counts, never, isForgiven, left } = run;
  const failing = never === undefined ? causes.filter(({ fails }) => fails) : [];
  const { collapse } = judged.sending;
  const open = openIn(judged.verdicts);
  if (left !== undefined || (failing.length > 0 && !isForgiven))
    return ['FAILED', whyFailed(run, isForgiven ? [] : failing)];
  if (never !== undefined) return ['INCONCLUSIVE', never];
  if (open) {
    const why = collapse ? collapseText(collapse) : open.reason;
    const unchecked = `${why}; ${uncheckedText(judged.verdicts)}`;
    return ['INCONCLUSIVE', `${unchecked}${counts.checked > 0 ? `; ${counts.tally}` : ''}`];
  }
  if (counts.checked === 0)
    return [
      'INCONCLUSIVE',
      `nothing was judged: ${judged.verdicts[0]?.reason ?? 'nothing is asked'}`,
    ];
  const old = `nothing new fails, ${counted(failing.length, 'finding')} failed before; `;
  return ['PASSED', `${failing.length > 0 ? old : ''}${counts.tally}`];
}

/** The first result that says that a requirement was not checked. */
function openIn(verdicts: readonly Verdict[]) {
  return verdicts.flatMap(({ routes }) => routes).find(({ outcome }) => outcome === 'error');
}

function uncheckedText(verdicts: readonly Verdict[]): string {
  const open = verdicts.filter(({ routes }) => routes.some(({ outcome }) => outcome === 'error'));
  return `${counted(open.length, 'requirement was', 'requirements were')} not checked`;
}

/** The first of what makes a run fail, in the order in which it explains the rest; what is new before what is not. */
function whyFailed({ judged, changes, left }: Grounds, failing: readonly Cause[]): string {
  const { verdicts, sending } = judged;
  const open = openIn(verdicts);
  const rest = uncheckedText(verdicts);
  if (sending.collapse && open) return `${collapseText(sending.collapse)}; ${rest}`;
  const isNew = ({ verdict: { requirement } }: Cause) =>
    changes.some(
      (each) =>
        each.requirement === requirement && ['found', 'broke', 'changed'].includes(each.kind),
    );
  const reasons = failing.toSorted((a, b) => Number(isNew(b)) - Number(isNew(a))).map(causeText);
  const [first, ...more] = [...reasons, ...(left ? [left] : [])];
  return [
    first,
    ...(more.length > 0 ? [counted(more.length, 'more finding')] : []),
    ...(open ? [rest] : []),
  ].join('; ');
}

function causeText({ verdict }: Cause): string {
  const { declared } = verdict;
  const over = `; ${entryText(declared)} ended on ${declared?.over}: fix the target, or give it another last day`;
  return `${sentenceOf(verdict)}${declared?.over ? over : ''}`;
}

type Collapse = NonNullable<Sending['collapse']>;

/** "the server stopped answering during malformed-json on /me (dropped); it probably crashed" */
export function collapseText({ request, failure, isGone }: Collapse): string {
  const crashed = isGone ? '; it probably crashed' : '';
  return `the server stopped answering during ${request} (${failure})${crashed}`;
}

/** Why nothing that was judged says anything of the contract: the token is refused, or nothing answers; undefined: it does. */
export function inconclusiveBy({ run, verdicts }: Judged): string | undefined {
  const answered = verdicts.find(({ requirement }) => requirement === 'create-answered');
  if (answered && isAlways(answered) && answered.kind === 'no-response')
    return `the target did not answer: ${answered.received.replace(/^no whole response: /, '')}${answered.detail ? ` (${answered.detail})` : ''} in all ${answered.requests} creates`;
  const [unreachable] = verdicts.filter(({ failureCode }) => failureCode !== undefined);
  const isSilent = verdicts.every(({ routes }) => routes.every(({ requests }) => requests === 0));
  if (unreachable && isSilent) {
    const hint = hints[unreachable.failureCode ?? ''];
    return `nothing was judged, because ${unreachable.reason}${hint ? `; ${hint}` : ''}`;
  }
  const status = verdicts.find(({ requirement }) => requirement === 'create-status');
  if (status === undefined || !isAlways(status) || status.status !== 401) return undefined;
  const by = run.configuration['signed in by'];
  return `the target refuses the token: 401 to all ${status.requests} creates${by ? `; it was signed in by ${by}` : ''}`;
}

function isAlways({ requests, failingRequests, outcome }: Verdict): boolean {
  return outcome === 'deviates' && requests > 0 && failingRequests === requests;
}

/** What to do, by what kept the target from being reached. */
const hints: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'is it started? CONTRACT_WAIT_MS waits for one that is starting',
  ENOTFOUND: 'is the name right, or does it need a proxy? HTTPS_PROXY names one',
  EPROTO: 'does it speak https?',
  UNTRUSTED: 'NODE_EXTRA_CA_CERTS names a file of certificates to trust',
};
