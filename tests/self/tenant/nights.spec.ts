import { cpSync, rmSync } from 'node:fs';
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
/** Creates that are carried out and never answered, once two were. */
const silent =
  (withId: boolean): Behaviour =>
  ({ body, nth }) =>
    nth > 2 && body.includes('"id"') === withId ? { wire: 'hang' } : undefined;
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
const refused = removals({ status: 403, isCarriedOut: false });
const kill = (_: Nightly, run: Started<Ended>) => run.kill();
const signal = (name: NodeJS.Signals) => (_: Nightly, run: Started<Ended>) => run.kill(name);
/** As GitHub's runner ends a step: each signal to its first process alone, but the last. */
const cancel = (_: Nightly, run: Started<Ended>) => {
  run.kill('SIGINT');
  const more = [setTimeout(() => run.kill('SIGTERM'), 7_500), setTimeout(() => run.kill(), 10_000)];
  run.finally(() => more.forEach(clearTimeout));
};
const journal = ({ folder }: Nightly) => join(folder, 'contract-report/journal');
const well = { exit: 0, says: /^PASSED/m, saysNot: /left in the tenant|^left /m, left: 0, open: 0 };
const interrupted = /^INCONCLUSIVE the run was interrupted after \d+ requests/m;

// biome-ignore format: a night a line
const rehearsals: Record<string, Night[]> = {
  'clean-up is refused': [
    { night: 'every removal is refused', tenant: refused, exit: 1, says: /6 references were left in the tenant \(its removal was answered 403\): "npm run sweep"/, left: 6, open: 6 },
    { night: 'again', tenant: refused, exit: 1, says: /12 references were left in the tenant/, left: 12, open: 12 },
    { night: 'it is allowed again', ...well, says: /^cleanup {2}18 undone/m },
  ],
  'the example is answered 503, and nobody knows whether it was carried out': [
    { night: 'a bare 503', tenant: example({ status: 503 }), exit: 1, says: /^left {5}documented-example.*\(answered 503\)$/m, left: 1, open: 1 },
    { night: 'it is named, and fails no more', exit: 0, says: /^left {5}documented-example.*\(answered 503\)$/m, left: 1, open: 1 },
    { night: 'somebody has looked', how: 'acknowledge', exit: 0, says: /^acknowledged: documented-example, created .* client-request-id /, left: 1, open: 0 },
    { night: 'it is named no more', ...well, left: 1 },
    { night: 'and there is nothing else', how: 'acknowledge', exit: 0, says: /^nothing is open$/m, left: 1, open: 0 },
  ],
  'what was put off created nothing': [
    { night: '503 with Retry-After', tenant: example({ status: 503, retryAfter: '0', isCarriedOut: false }), exit: 3, says: /^INCONCLUSIVE .*deferred/m, saysNot: /^left /m, left: 0, open: 0 },
  ],
  'a create that is carried out and never answered': [
    { night: 'its id was sent', tenant: hasId, env: { CONTRACT_TIMEOUT_MS: '500' }, exit: 1, says: /undone by the id that was sent/, left: 0, open: 0 },
  ],
  'nobody consented': [
    { night: 'everything is refused', tenant: () => ({ status: 403, isCarriedOut: false }), exit: 1, says: /^FAILED .*403/m, left: 0, open: 0 },
  ],
  'cancelled as a runner does it': [
    { night: 'SIGINT to the first process of the step', how: 'job', midway: cancel, exit: 3, says: interrupted, left: 0, open: 0 },
    { night: 'the step behind it', how: 'sweep', exit: 0, says: /^cleanup {2}0 undone, 0 left behind/m, left: 0, open: 0 },
    { night: 'while a create without id is in flight', how: 'job', tenant: hasNone, midway: cancel, exit: 1, says: /^left {5}documented-example/m, left: 1, open: 1 },
    { night: 'while removals hang', how: 'job', tenant: removals({ wire: 'hang', isCarriedOut: false }), midway: cancel, exit: 1, says: /the run was ended before it could be undone/, left: 4, open: 4 },
    { night: 'the next night', exit: 0, says: /^cleanup {2}\d+ undone, 1 left behind/m, left: 1, open: 1 },
  ],
  'ended early in other ways': [
    { night: 'SIGTERM', midway: signal('SIGTERM'), exit: 3, says: interrupted, left: 0, open: 0 },
    { night: 'SIGHUP', midway: signal('SIGHUP'), exit: 3, says: interrupted, left: 0, open: 0 },
    { night: '--global-timeout', args: ['--global-timeout=6000'], tenant: ({ nth }) => (nth === 3 ? { wire: 'hang' } : undefined), exit: 3, says: interrupted, left: 0, open: 0 },
  ],
  'killed while a create with an id is in flight': [
    { night: 'kill -9', tenant: hasId, midway: kill, exit: null, says: /^writes/m, left: 3, open: 3 },
    { night: 'nobody has tried to undo it', how: 'acknowledge', exit: 0, says: /^kept open: .*: "npm run sweep" has not tried to undo it yet$/m, left: 3, open: 3 },
    { night: 'nobody can sign in', before: ({ provider }) => provider.setFault('client secret', 7000222), exit: 3, says: /^left .*\(nobody could sign in to undo it\)$/m, left: 3, open: 3 },
    { night: 'a sweep', before: ({ provider }) => provider.setFault('client secret', undefined), how: 'sweep', exit: 0, says: /^cleanup {2}3 undone, 0 left behind/m, left: 0, open: 0 },
  ],
  'killed while a create without an id is in flight': [
    { night: 'kill -9', tenant: hasNone, midway: kill, exit: null, says: /^writes/m, left: 5, open: 5 },
    { night: 'a sweep', how: 'sweep', exit: 1, says: /^left {5}documented-example, created .* \(the run ended before its response\)$/m, left: 1, open: 1 },
    { night: 'the next night names it', exit: 0, says: /^left {5}documented-example/m, left: 1, open: 1 },
  ],
  'a lost machine takes the journal with it': [
    { night: 'kill -9', midway: kill, exit: null, says: /^writes/m, left: 3, open: 3 },
    { night: 'nobody knows of it', before: (nightly) => rmSync(journal(nightly), { recursive: true }), ...well, left: 3 },
  ],
  'the artifact is restored on another machine': [
    { night: 'kill -9', midway: kill, exit: null, says: /^writes/m, left: 3, open: 3 },
    { night: 'a rerun there', how: 'elsewhere', ...well, says: /^cleanup {2}9 undone, 0 left behind/m, open: 3 },
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
  const all = { CONTRACT_SAMPLES: '2', ...env };
  if (how === 'acknowledge') started = nightly.acknowledge();
  else if (how === 'job') started = nightly.runAsJob(all);
  else if (how === 'sweep') started = nightly.run(['--project=cleanup'], all);
  else if (how === 'elsewhere') {
    const folder = emptyFolder();
    cpSync(journal(nightly), join(folder, 'contract-report/journal'), { recursive: true });
    started = nightly.run(args, all, folder);
  } else started = nightly.run(args, all);
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
