import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { type Nightly, startNightly } from '../support/nightly.ts';
import type { Ended, Started } from '../support/process.ts';
import { emptyFolder } from '../support/run.ts';
import { type Behaviour, usual } from '../support/tenant.ts';

/** What happens in a night, and what everybody sees of it. */
interface Night {
  readonly night: string;
  /** How it is started: a run by itself, the job's line, a command. */
  readonly how?: 'job' | 'sweep' | 'acknowledge' | 'elsewhere';
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** What the tenant does otherwise. */
  readonly tenant?: Behaviour;
  /** What happens to the run when the tenant gets its third create, or one that it never answers. */
  readonly midway?: (nightly: Nightly, run: Started<Ended>) => void;
  /** What happens before. */
  readonly before?: (nightly: Nightly) => void;
  readonly exit: number | null;
  readonly says: RegExp;
  readonly saysNot?: RegExp;
  /** References in the tenant, and entries that the journal holds open, when it is over. */
  readonly left: number;
  readonly open: number;
}

type Otherwise = ReturnType<Behaviour>;
/** Creates that are carried out and never answered, once one was. */
const silent =
  (withId: boolean): Behaviour =>
  ({ body, nth }) =>
    nth > 1 && body.includes('"id"') === withId ? { wire: 'hang' } : undefined;
const [hasId, hasNone] = [silent(true), silent(false)];
/** The page's example on /me, which carries no id. */
const example =
  (answer: Otherwise): Behaviour =>
  ({ nth, body, route }) =>
    nth > 0 && route === 'me' && !body.includes('"id"') ? answer : undefined;
const removals =
  (answer: Otherwise): Behaviour =>
  ({ method }) =>
    method === 'DELETE' ? answer : undefined;
const kill = (_: Nightly, run: Started<Ended>) => run.kill();
const signal = (name: NodeJS.Signals) => (_: Nightly, run: Started<Ended>) => run.kill(name);
/** As GitHub's runner ends a step: each signal to its first process alone, but the last. */
const cancel = (_: Nightly, run: Started<Ended>) => {
  run.kill('SIGINT');
  const more = [setTimeout(() => run.kill('SIGTERM'), 7_500), setTimeout(() => run.kill(), 10_000)];
  run.finally(() => more.forEach(clearTimeout));
};
const journal = (folder: string) => join(folder, 'contract-report/journal');
const well = { exit: 0, says: /^PASSED/m, saysNot: /left in the tenant|^left /m, left: 0, open: 0 };
const interrupted = /^INCONCLUSIVE the run was interrupted after \d+ requests?/m;

// biome-ignore format: a night a line
const rehearsals: Record<string, Night[]> = {
  'clean-up is refused': [
    { night: 'every removal is refused', tenant: removals({ status: 403, isCarriedOut: false }), exit: 1, says: /4 references were left in the tenant \(its removal was answered 403\): "npm run sweep"/, left: 4, open: 4 },
    { night: 'it is allowed again', ...well, says: /^cleanup {2}8 undone/m },
  ],
  'the example is answered 503, and nobody knows whether it was carried out': [
    { night: 'a bare 503', tenant: example({ status: 503 }), exit: 1, says: /^left {5}documented-example.*\(answered 503\)$/m, left: 1, open: 1 },
    { night: 'it is named, and fails no more', exit: 0, says: /^left {5}documented-example.*\(answered 503\)$/m, left: 1, open: 1 },
    { night: 'somebody has looked', how: 'acknowledge', exit: 0, says: /^acknowledged: documented-example, created .* client-request-id /, left: 1, open: 0 },
    { night: 'and there is nothing else', how: 'acknowledge', exit: 0, says: /^nothing is open$/m, left: 1, open: 0 },
  ],
  'a create that is carried out and never answered': [
    { night: 'its id was sent', tenant: hasId, env: { CONTRACT_TIMEOUT_MS: '500' }, exit: 1, says: /undone by the id that was sent/, left: 0, open: 0 },
  ],
  'nobody consented': [
    { night: 'everything is refused', tenant: () => ({ status: 403, isCarriedOut: false }), exit: 1, says: /^FAILED .*403/m, left: 0, open: 0 },
  ],
  'the token is withdrawn in the middle': [
    { night: 'refused at request 16', tenant: ({ n }) => (n < 16 ? undefined : { status: 401, isCarriedOut: false }), exit: 1, says: /^requests .* the target refused the run's token from request 15 on$/m, left: 4, open: 4 },
    { night: 'a sweep with a good one', how: 'sweep', exit: 0, says: /^cleanup {2}4 undone, 0 left behind/m, left: 0, open: 0 },
  ],
  'cancelled as a runner does it': [
    { night: 'while a create without id is in flight', how: 'job', tenant: hasNone, midway: cancel, exit: 1, says: /^left {5}documented-example/m, left: 1, open: 1 },
    { night: 'while removals hang', how: 'job', tenant: removals({ wire: 'hang', isCarriedOut: false }), midway: cancel, exit: 1, says: /the run was ended before it could be undone/, left: 4, open: 4 },
    { night: 'the next night', exit: 0, says: /^cleanup {2}\d+ undone, 1 left behind/m, left: 1, open: 1 },
  ],
  'ended early in other ways': [
    { night: 'SIGTERM', midway: signal('SIGTERM'), exit: 3, says: interrupted, left: 0, open: 0 },
    { night: 'SIGHUP', midway: signal('SIGHUP'), exit: 3, says: interrupted, left: 0, open: 0 },
    { night: '--global-timeout', args: ['--global-timeout=8000'], tenant: ({ nth }) => (nth === 2 ? { wire: 'hang' } : undefined), exit: 3, says: interrupted, left: 0, open: 0 },
  ],
  'killed while a create with an id is in flight': [
    { night: 'kill -9', tenant: hasId, midway: kill, exit: null, says: /^writes/m, left: 2, open: 2 },
    { night: 'nobody has tried to undo it', how: 'acknowledge', exit: 0, says: /^kept open: .*: "npm run sweep" has not tried to undo it yet$/m, left: 2, open: 2 },
    { night: 'nobody can sign in', before: ({ provider }) => provider.setFault('client secret', 7000222), exit: 3, says: /^left .*\(nobody could sign in to undo it\)$/m, left: 2, open: 2 },
    { night: 'a rerun on another machine, from the artifact', before: ({ provider }) => provider.setFault('client secret', undefined), how: 'elsewhere', ...well, says: /^cleanup {2}6 undone, 0 left behind/m, open: 2 },
  ],
  'killed while a create without an id is in flight': [
    { night: 'kill -9', tenant: hasNone, midway: kill, exit: null, says: /^writes/m, left: 3, open: 3 },
    { night: 'a sweep', how: 'sweep', exit: 1, says: /^left {5}documented-example, created .* \(the run ended before its response\)$/m, left: 1, open: 1 },
  ],
  'the main process alone is killed': [
    { night: 'its worker undoes what it created', midway: signal('SIGKILL'), exit: null, says: /^writes/m, left: 0, open: 0 },
  ],
};

/** Runs a night, and waits for its end. */
async function run(
  nightly: Nightly,
  { how, args = [], env, tenant, midway }: Night,
): Promise<Ended> {
  let started: Started<Ended> | undefined;
  let isDone = false;
  nightly.tenant.behave((request) => {
    const answer = tenant?.(request) ?? usual(request);
    const isDue =
      tenant === hasId || tenant === hasNone ? answer?.wire === 'hang' : request.nth === 3;
    if (isDue && !isDone && started !== undefined) {
      isDone = true;
      midway?.(nightly, started);
    }
    return answer;
  });
  const { folder } = nightly;
  const elsewhere = how === 'elsewhere' ? emptyFolder() : folder;
  if (elsewhere !== folder) cpSync(journal(folder), journal(elsewhere), { recursive: true });
  if (how === 'acknowledge') started = nightly.acknowledge();
  else if (how === 'job') started = nightly.runAsJob();
  else started = nightly.run(how === 'sweep' ? ['--project=cleanup'] : args, env, elsewhere);
  return started;
}

for (const [what, nights] of Object.entries(rehearsals))
  test(what, async () => {
    const nightly = await startNightly();
    for (const night of nights) {
      night.before?.(nightly);
      const { code, output } = await run(nightly, night);
      expect(output, night.night).toMatch(night.says);
      if (night.saysNot) expect(output, night.night).not.toMatch(night.saysNot);
      expect(code, `${night.night}\n${output}`).toBe(night.exit);
      const rest = () => [nightly.tenant.references.size, nightly.openCreates().length];
      await expect
        .poll(rest, { message: night.night, timeout: 15_000 })
        .toEqual([night.left, night.open]);
    }
    await nightly.close();
  });
