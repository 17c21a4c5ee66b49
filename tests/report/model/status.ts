import type { JudgedRun, Judgement, Sending, Verdict } from '../../../schemas/files/report.ts';
import type { Change } from '../../history/compare.ts';
import { counted, printable } from '../../judge/text.ts';
import { type Cause, hintOf, pageHint } from './causes.ts';
import hints from './hints.json' with { type: 'json' };
import type { Report } from './model.ts';
import { sentenceOf } from './wording.ts';

/** Where the answers say nothing of the contract, no verdict does. */
export function counting(judged: JudgedRun): JudgedRun {
  const reason = whyNothingCounts(judged);
  if (reason === undefined) return judged;
  const none = { failing: true, received: '', requests: 0, failingRequests: 0 };
  const error = { ...none, outcome: 'error', reason } as const;
  const verdicts = judged.verdicts.map((verdict): Verdict => {
    if (verdict.expected === undefined || verdict.outcome === 'not applicable') return verdict;
    const routes = verdict.routes.map((each) => ({ ...each, ...error }));
    return { ...verdict, ...error, routes };
  });
  return { ...judged, verdicts };
}

function whyNothingCounts({ run, verdicts, exchangeOf }: JudgedRun) {
  const always = (id: string) =>
    verdicts.find(
      ({ requirement, outcome, requests, failingRequests }) =>
        requirement === id && outcome === 'deviates' && failingRequests === requests,
    );
  const lost = verdicts.find(({ failureCode }) => failureCode !== undefined);
  if (lost && verdicts.every(({ requests }) => requests === 0))
    return joined(lost.reason, new Map(Object.entries(hints)).get(lost.failureCode ?? ''));
  const answered = always('create-answered');
  const { failure, response } = exchangeOf(answered?.exchange) ?? {};
  // What is cut off, or no HTTP, was answered: that breaks the contract.
  if (answered?.kind === 'no-response' && !response && failure?.kind !== 'unreadable') {
    const all = `none of ${answered.requests} creates got a whole response`;
    return `the target did not answer: ${all}, the first: ${answered.exchange?.failure}`;
  }
  const refused = always('create-status');
  if (refused?.status !== 401) return undefined;
  const by = run.configuration['signed in by'];
  return joined(
    `the target refuses the token: 401 to all ${refused.requests} creates`,
    by && `the token came from ${by === 'token' ? 'GRAPH_ACCESS_TOKEN' : by}`,
    pageHint(exchangeOf(refused.exchange)),
  );
}

type Part = string | number | boolean | null | undefined;

function joined(...parts: readonly Part[]) {
  return parts.flatMap((each) => (each ? String(each).replace(/\.$/, '') : [])).join('; ');
}

type StatusContext = Readonly<{
  checked: number;
  result: string;
  news: readonly Change[];
  failOnNew: boolean;
  /** What the run left in a tenant, where it fails for it. */
  left: string | undefined;
}>;

export function statusOf(
  { verdicts, sending }: JudgedRun,
  causes: readonly Cause[],
  { checked, result, news, failOnNew, left }: StatusContext,
) {
  const say = (word: Report['word'], ...parts: readonly Part[]) => {
    const reason = printable(joined(...parts)).replaceAll(/\s+/g, ' ');
    return { status: `${word}: ${reason}`, word, reason };
  };
  const { collapse, skipped = 0 } = sending;
  const failing = causes.filter(({ fails }) => fails);
  const isNew = ({ verdict }: Cause) =>
    news.some(({ requirement }) => requirement === verdict.requirement);
  const blamed = failOnNew && !failing.some(isNew) ? [] : failing;
  const isOpen = ({ outcome, isNotKept }: Judgement) => outcome === 'error' || isNotKept;
  const errors = verdicts.filter(({ routes }) => routes.some(isOpen));
  const error = errors[0]?.routes.find(isOpen);
  const why = error && (collapse && checked > 0 ? collapseText(collapse) : error.reason);
  const { length } = errors.filter(isOpen);
  const unchecked =
    length > 0 && `${counted(length, 'requirement was', 'requirements were')} not checked`;
  if (blamed.length > 0 || left !== undefined) {
    if (collapse && error) return say('FAILED', why, unchecked);
    const sentences = blamed.map(({ verdict }) => sentenceOf(verdict));
    const [first, ...more] = [...sentences, left].filter(Boolean);
    const rest = more.length > 0 && counted(more.length, 'more finding');
    const hint = blamed[0] && hintOf(blamed[0]);
    return say('FAILED', first, hint, rest, unchecked);
  }
  if (checked === 0)
    return say('INCONCLUSIVE', why ?? `nothing was judged: ${verdicts[0]?.reason}`);
  if (error) return say('INCONCLUSIVE', why, unchecked, result);
  const old = `nothing new fails, ${counted(failing.length, 'finding')} failed before`;
  const unsent = `${counted(skipped, 'request was', 'requests were')} not sent: ${sending.reason}`;
  return say('PASSED', failing.length > 0 && old, result, skipped > 0 && unsent);
}

function collapseText(collapse: NonNullable<Sending['collapse']>) {
  const { request, failure, isGone } = collapse;
  const crashed = isGone ? '; it probably crashed' : '';
  return `the server stopped answering during ${request} (${failure})${crashed}`;
}
