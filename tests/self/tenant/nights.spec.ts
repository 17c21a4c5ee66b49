import { cpSync, existsSync, readdirSync, readFileSync, rmSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from '@playwright/test';
import { lockFolder } from '../../../fixtures/tenant/lock.ts';
import { schemaErrors } from '../../../schemas/validate.ts';
import { type Nightly, startNightly } from '../support/nightly.ts';
import type { Ended, Started } from '../support/process.ts';
import { emptyFolder, recordingsIn, reportFolder, reportIn } from '../support/run.ts';
import { type Behaviour, usual } from '../support/tenant.ts';

/** What happens in a night, and what everybody sees of it. */
interface Night {
  readonly night: string;
  /** How it is started: a run by itself, the job's line, a command, on a new machine from the artifact. */
  readonly how?: 'job' | 'preflight' | 'sweep' | 'acknowledge' | 'elsewhere';
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** What the tenant does otherwise. */
  readonly tenant?: Behaviour;
  /** What happens before, and to the run while its second create is not answered, or one that never is. */
  readonly before?: (nightly: Nightly) => unknown;
  readonly midway?: (nightly: Nightly, run: Started<Ended>) => unknown;
  readonly after?: (nightly: Nightly) => unknown;
  readonly exit: number | null;
  /** Of a run the first line of its result, and what else it says. */
  readonly says: RegExp;
  readonly also?: RegExp;
  readonly never?: RegExp;
  /** References in the tenant, and entries that the journal holds open, when it is over. */
  readonly left: number;
  readonly open: number;
}

type Otherwise = ReturnType<Behaviour>;
const refused = (status: number) => ({ status, isCarriedOut: false });
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
const creates =
  (from: number, answer: Otherwise): Behaviour =>
  ({ nth }) =>
    nth >= from ? answer : undefined;
const kill = (_: Nightly, run: Started<Ended>) => run.kill();
const signal = (name: NodeJS.Signals) => (_: Nightly, run: Started<Ended>) => run.kill(name);
/** As GitHub's runner ends a step: each signal to its first process alone, but the last. */
async function cancel({ folder }: Nightly, run: Started<Ended>): Promise<void> {
  run.kill('SIGINT');
  const waits = (ms: number) => Promise.race([run.then(() => false), setTimeout(ms, true)]);
  const isSlow = await waits(7_500);
  expect(existsSync(join(reportFolder(folder), 'report.json')), 'a report in time').toBe(true);
  if (isSlow) run.kill('SIGTERM');
  if (isSlow && (await waits(2_500))) run.kill();
}
/** Another run while this one is suspended, perhaps for longer than its lock lasts. */
const another =
  (exit: number, says: RegExp, outlasts = false) =>
  async (nightly: Nightly, run: Started<Ended>) => {
    run.kill('SIGSTOP');
    const folder = lockFolder(nightly.provider.tenantId);
    if (outlasts) for (const name of readdirSync(folder)) utimesSync(join(folder, name), 1, 1);
    const { code, output } = await nightly.run();
    run.kill('SIGCONT');
    expect(output).toMatch(says);
    expect(code).toBe(exit);
  };
const secret =
  (fault?: number) =>
  ({ provider }: Nightly) =>
    provider.setFault('client secret', fault);
const lose =
  (name: string) =>
  ({ folder }: Nightly) =>
    rmSync(join(reportFolder(folder), name), { recursive: true });

const well = { exit: 0, says: /^PASSED /, never: /left in the tenant|^left /m, left: 0, open: 0 };
const interrupted = /^INCONCLUSIVE the run was interrupted after \d+ requests?/;
const undone = (n: number) => new RegExp(`^cleanup {2}${n} undone, 0 left behind, 0 of other`, 'm');

// biome-ignore format: a night a line
const rehearsals: Record<string, Night[]> = {
  'as usual: throttled now and then, what deviates is declared': [
    { night: 'it is announced', how: 'preflight', exit: 0, says: /^ready {4}nothing was sent$/m, also: /^writes {3}4 creates among 59 requests in tenant [0-9a-f-]{36}, journalled and undone afterwards$/m, left: 0, open: 0, after: ({ tenant }) => expect(tenant.requests).toEqual([]) },
    { night: 'nobody says which tenant', before: ({ env }) => delete env.GRAPH_LIVE_TENANT, how: 'sweep', exit: 2, says: /^GRAPH_LIVE_TENANT is missing: it names the journal\.$/m, left: 0, open: 0, after: ({ env, provider }) => (env.GRAPH_LIVE_TENANT = provider.tenantId) },
    { night: 'the first', ...well, also: undone(4), after: usually },
    { night: 'one thing changes', tenant: ({ nth, route }) => (nth > 0 && route === 'users' ? refused(409) : undefined), exit: 1, says: /^FAILED /, also: undone(2), left: 0, open: 0, after: ({ folder }) => expect(failingIn(folder)).toEqual(['create-status users changed deviation', 'example-exchange users changed deviation']) },
    { night: 'the history is deleted', before: lose('history.jsonl'), ...well, also: /^since +the first run of this target/m },
  ],
  'clean-up is refused': [
    { night: 'every removal is refused', tenant: removals(refused(403)), exit: 1, says: /^FAILED +4 references were left in the tenant \(its removal was answered 403\): "npm run sweep"/, left: 4, open: 4 },
    { night: 'it is allowed again', ...well, also: undone(8) },
    { night: 'somebody else has removed it already', tenant: removals({ status: 404 }), ...well, also: undone(4) },
  ],
  'the example is answered 503, and nobody knows whether it was carried out': [
    { night: 'a bare 503', tenant: example({ status: 503 }), exit: 1, says: /^FAILED /, also: /^left {5}documented-example.*\(answered 503\)$/m, left: 1, open: 1 },
    { night: 'it is named, and fails no more', exit: 0, says: /^PASSED /, also: /^left {5}documented-example.*\(answered 503\)$/m, left: 1, open: 1 },
    { night: 'somebody has looked', how: 'acknowledge', exit: 0, says: /^acknowledged: documented-example, created .* client-request-id /, left: 1, open: 0 },
    { night: 'and there is nothing else', how: 'acknowledge', exit: 0, says: /^nothing is open$/m, left: 1, open: 0 },
  ],
  'a create that is carried out and never answered': [
    { night: 'its id was sent', tenant: hasId, env: { CONTRACT_TIMEOUT_MS: '500' }, exit: 1, says: /^FAILED /, also: /undone by the id that was sent/, left: 0, open: 0 },
  ],
  'who may not create': [
    { night: 'nobody consented', tenant: () => refused(403), exit: 1, says: /^FAILED .*403/, left: 0, open: 0 },
    { night: 'throttled beyond what a run waits for', tenant: creates(3, { ...refused(429), retryAfter: '9999' }), exit: 3, says: /^INCONCLUSIVE .*throttled the run for too long/, also: undone(2), left: 0, open: 0 },
  ],
  'the token is withdrawn in the middle': [
    { night: 'refused at request 16', tenant: ({ n }) => (n < 16 ? undefined : refused(401)), exit: 1, says: /^FAILED /, also: /^requests .* the target refused the run's token from request 15 on$/m, left: 4, open: 4 },
    { night: 'a sweep with a good one', how: 'sweep', exit: 0, says: undone(4), left: 0, open: 0 },
  ],
  'nobody can sign in': [
    { night: 'the secret has expired', before: secret(7000222), exit: 3, says: /^INCONCLUSIVE The sign-in \(client-secret\) failed.*expired/, left: 0, open: 0, after: ({ tenant }) => expect(tenant.requests).toEqual([]) },
  ],
  'cancelled as a runner does it': [
    { night: 'while a create without id is in flight', how: 'job', tenant: hasNone, midway: cancel, exit: 1, says: /^FAILED /, also: /^left {5}documented-example/m, left: 1, open: 1 },
    { night: 'while removals hang', how: 'job', tenant: removals({ wire: 'hang', isCarriedOut: false }), midway: cancel, exit: 1, says: /^FAILED /, also: /the run was ended before it could be undone/, left: 3, open: 3 },
    { night: 'the next night', exit: 0, says: /^PASSED /, also: /^cleanup {2}\d+ undone, 1 left behind/m, left: 1, open: 1 },
  ],
  'ended early in other ways': [
    { night: 'SIGTERM', midway: signal('SIGTERM'), exit: 3, says: interrupted, also: undone(2), left: 0, open: 0, after: showsNothingWhole },
    { night: 'judged again', args: ['--project=contract', '--no-deps'], exit: 3, says: interrupted, left: 0, open: 0, after: showsNothingWhole },
    { night: 'SIGHUP', midway: signal('SIGHUP'), exit: 3, says: interrupted, left: 0, open: 0 },
    { night: '--global-timeout', args: ['--global-timeout=8000'], tenant: ({ nth }) => (nth === 2 ? { wire: 'hang' } : undefined), exit: 3, says: interrupted, left: 0, open: 0 },
  ],
  'killed while a create with an id is in flight': [
    { night: 'kill -9', tenant: hasId, midway: kill, exit: null, says: /^writes/m, left: 2, open: 2 },
    { night: 'nobody has tried to undo it', how: 'acknowledge', exit: 0, says: /^kept open: .*: "npm run sweep" has not tried to undo it yet$/m, left: 2, open: 2 },
    { night: 'nobody can sign in', before: secret(7000222), exit: 3, says: /^INCONCLUSIVE /, also: /^left .*\(nobody could sign in to undo it\)$/m, left: 2, open: 2 },
    { night: 'a rerun on another machine, from the artifact', before: secret(), how: 'elsewhere', ...well, also: undone(6) },
  ],
  'killed while a create without an id is in flight': [
    { night: 'kill -9', tenant: hasNone, midway: kill, exit: null, says: /^writes/m, left: 3, open: 3 },
    { night: 'a sweep', how: 'sweep', exit: 1, says: /^left {5}documented-example, created .* \(the run ended before its response\)$/m, left: 1, open: 1 },
  ],
  'a machine is lost, and its journal with it': [
    { night: 'kill -9', tenant: hasId, midway: kill, exit: null, says: /^writes/m, left: 2, open: 2 },
    { night: 'nobody knows what it created', before: lose('journal'), ...well, left: 2 },
  ],
  'the main process alone is killed': [
    { night: 'its worker undoes what it created', midway: signal('SIGKILL'), exit: null, says: /^writes/m, left: 0, open: 0 },
  ],
  'two at once': [
    { night: 'the second is kept out', midway: another(2, /^\S+ is held by run \S+ \(process \d+ on .* the tenant is free in \d+ s\.\n$/), ...well, also: undone(4) },
    { night: 'the first is suspended for longer than its lock lasts', midway: another(0, undone(6), true), exit: 1, says: /^FAILED .*another run holds the tenant now, because this one was suspended/, also: /^cleanup {2}0 undone, 1 left behind/m, left: 0, open: 1 },
    { night: 'the next night', ...well, also: undone(5) },
  ],
  'an application alone': [
    { night: 'it has no /me', before: ({ env }) => delete env.GRAPH_STORED_SIGN_IN, exit: 0, says: /^PASSED .*on 1 of 2 routes/, left: 0, open: 0, after: ({ tenant }) => expect(tenant.requests.filter((line) => line.includes('/me/'))).toEqual([]) },
  ],
};

/** Of each requirement and route what fails. */
function failingIn(folder: string): string[] {
  return reportIn(folder).verdicts.flatMap(({ requirement, routes }) =>
    routes.flatMap(({ route, outcome, failing }) =>
      failing ? [`${requirement} ${route} ${outcome}`] : [],
    ),
  );
}

function usually({ folder, tenant }: Nightly): void {
  expect(reportIn(folder).summary['known deviation']).toBe(2);
  const removals = tenant.requests.filter((line) => line.startsWith('DELETE'));
  expect(removals.every((line) => line.endsWith('/$ref'))).toBe(true);
  expect(JSON.stringify(recordingsIn(folder))).toContain('Retry-After');
}

/** What was interrupted shows nothing that only a whole run shows. */
function showsNothingWhole({ folder }: Nightly): void {
  const outcomes = new Set(reportIn(folder).verdicts.map(({ outcome }) => outcome));
  expect(outcomes).toContain('error');
  for (const kept of ['conforms', 'known deviation'] as const) expect(outcomes).not.toContain(kept);
  const history = readFileSync(join(reportFolder(folder), 'history.jsonl'), 'utf8');
  expect(history).toContain('"status":"INCONCLUSIVE","states":{}');
  const [lines = []] = recordingsIn(folder);
  expect(lines.at(-1)).toMatchObject({ complete: false, interrupted: true });
  expect(lines.flatMap((line) => schemaErrors('recording', line))).toEqual([]);
}

/** Runs a night, and waits for its end. Out: the folder it wrote to, too. */
async function run(nightly: Nightly, { how, args = [], env, tenant, midway }: Night) {
  let started: Started<Ended> | undefined;
  let meanwhile: unknown;
  nightly.tenant.behave((request) => {
    const answer = tenant?.(request) ?? usual(request);
    const isSilent = tenant === hasId || tenant === hasNone;
    const isDue = isSilent ? answer?.wire === 'hang' : request.nth === 2;
    if (!isDue || !midway || !started || meanwhile !== undefined) return answer;
    meanwhile = midway(nightly, started) ?? 'done';
    return { delay: 1_000, ...answer };
  });
  const folder = how === 'elsewhere' ? emptyFolder() : nightly.folder;
  for (const name of how === 'elsewhere' ? ['journal', 'history.jsonl'] : [])
    cpSync(join(reportFolder(nightly.folder), name), join(reportFolder(folder), name), {
      recursive: true,
    });
  rmSync(join(reportFolder(folder), 'report.json'), { force: true });
  if (how === 'job') started = nightly.runAsJob();
  else if (how === undefined || how === 'elsewhere') started = nightly.run(args, env, folder);
  else started = nightly.command(how);
  const ended = await started;
  await meanwhile;
  return { ...ended, folder };
}

for (const [what, nights] of Object.entries(rehearsals))
  test(what, async () => {
    const nightly = await startNightly();
    for (const night of nights) {
      night.before?.(nightly);
      const { code, output, folder } = await run(nightly, night);
      const [result = output] = /^(PASSED|FAILED|INCONCLUSIVE) .*/m.exec(output) ?? [];
      expect(result, `${night.night}\n${output}`).toMatch(night.says);
      if (night.also) expect(output, night.night).toMatch(night.also);
      if (night.never) expect(output, night.night).not.toMatch(night.never);
      expect(code, `${night.night}\n${output}`).toBe(night.exit);
      const rest = () => [nightly.tenant.references.size, nightly.openCreates(folder).length];
      await expect
        .poll(rest, { message: night.night, timeout: 15_000 })
        .toEqual([night.left, night.open]);
      await night.after?.(nightly);
    }
    await nightly.close();
  });
