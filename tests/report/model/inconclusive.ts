import type { Judged, Verdict } from '../../../schemas/files/report.ts';

/**
 * Why nothing that was judged says anything of the contract, where all that came back has one cause that
 * is not the contract's: the token is refused, or no create was ever answered. undefined: there is none.
 */
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
