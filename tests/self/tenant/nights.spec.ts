import { cpSync, existsSync, readdirSync, rmSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from '@playwright/test';
import { lockFolder } from '../../../fixtures/tenant/lock.ts';
import { type Nightly, startNightly } from '../support/nightly.ts';
import type { Ended, Started } from '../support/process.ts';
import { emptyFolder, reportFolder } from '../support/run.ts';
import { type Answer, type Behaviour, usual } from '../support/tenant.ts';
import { checks, failingIn } from './night-checks.ts';
import table from './nights.json' with { type: 'json' };

/** What happens in a night, and what everybody sees of it. */
interface Night {
  readonly night: string;
  /** By itself, by the job's line, as a command, on a new machine from the artifact. */
  readonly how?: string;
  readonly args?: string[];
  readonly env?: Record<string, string>;
  /** Before: variables that are unset, a file that is lost, the sign-in refused. */
  readonly unset?: string[];
  readonly lose?: string;
  readonly fault?: number;
  /** Which requests the tenant answers otherwise, and how. */
  readonly tenant?: (string | object)[];
  /** What happens while the second create is not answered, or one that never is. */
  readonly midway?: string;
  /** Of the run that is started then: exit status, and what it says. */
  readonly another?: (number | string)[];
  readonly exit: number | null;
  /** Of a run the first line of its result; and what else it says. */
  readonly says: string;
  readonly also?: string;
  /** What no request begins with. */
  readonly unsent?: string;
  readonly fails?: string[];
  readonly check?: string;
  /** References in the tenant, and open entries of the journal, when it is over. */
  readonly left?: number;
  readonly open?: number;
}
const rehearsals: Readonly<Record<string, readonly Night[]>> = table;

const requests: Readonly<Record<string, (request: Parameters<Behaviour>[0]) => boolean>> = {
  everything: () => true,
  removals: ({ method }) => method === 'DELETE',
  'requests from the 16th on': ({ n }) => n >= 16,
  creates: ({ nth }) => nth > 0,
  'the second create': ({ nth }) => nth === 2,
  'creates from the third on': ({ nth }) => nth > 2,
  'creates on /users': ({ nth, route }) => nth > 0 && route === 'users',
  'the example on /me': ({ nth, route, body }) => nth > 0 && route === 'me' && !hasId(body),
  'later creates with an id': ({ nth, body }) => nth > 1 && hasId(body),
  'later creates without an id': ({ nth, body }) => nth > 1 && !hasId(body),
};
const hasId = (body: Buffer) => body.includes('"id"');

type Run = Started<Ended>;
const midways: Readonly<Record<string, (nightly: Nightly, run: Run, night: Night) => unknown>> = {
  cancel,
  kill: (_, run) => run.kill(),
  another,
  "another after the lock's life": (nightly, run, night) => {
    const folder = lockFolder(nightly.provider.tenantId);
    for (const name of readdirSync(folder)) utimesSync(join(folder, name), 1, 1);
    return another(nightly, run, night);
  },
};

/** As GitHub's runner ends a step: each signal to its first process alone, but the last. */
async function cancel({ folder }: Nightly, run: Run): Promise<void> {
  run.kill('SIGINT');
  const isLater = (ms: number) => Promise.race([run.then(() => false), setTimeout(ms, true)]);
  const isSlow = await isLater(7_500);
  expect(existsSync(join(reportFolder(folder), 'report.json')), 'a report in time').toBe(true);
  if (isSlow) run.kill('SIGTERM');
  if (isSlow && (await isLater(2_500))) run.kill();
}

/** Another run, while this one is suspended. */
async function another(nightly: Nightly, run: Run, night: Night): Promise<void> {
  run.kill('SIGSTOP');
  const { code, output } = await nightly.run();
  run.kill('SIGCONT');
  const [exit, says] = night.another ?? [];
  expect(output).toMatch(new RegExp(`${says}`, 'm'));
  expect(code).toBe(exit);
}

/** Runs a night in the folder of the last one, and waits for its end. Out: the folder it wrote to, too. */
async function run(nightly: Nightly, night: Night, last: string) {
  const { how, args = [], env, tenant: [which = '', otherwise] = [], midway } = night;
  let started: Run | undefined;
  let meanwhile: unknown;
  nightly.tenant.behave((request) => {
    const answer = requests[`${which}`]?.(request) ? (otherwise as Answer) : usual(request);
    const isDue = `${which}`.startsWith('later') ? answer?.wire === 'hang' : request.nth === 2;
    if (!isDue || !midway || !started || meanwhile !== undefined) return answer;
    const act = midways[midway] ?? (() => started?.kill(midway as NodeJS.Signals));
    meanwhile = act(nightly, started, night) ?? 'done';
    return { delay: 1_000, ...answer };
  });
  const folder = how === 'elsewhere' ? emptyFolder() : last;
  const [from, to] = [reportFolder(last), reportFolder(folder)];
  for (const name of how === 'elsewhere' ? ['journal', 'history.jsonl'] : [])
    cpSync(join(from, name), join(to, name), { recursive: true });
  rmSync(join(to, 'report.json'), { force: true });
  if (how === 'job') started = nightly.runAsJob();
  else if (how === undefined || how === 'elsewhere') started = nightly.run(args, env, folder);
  else started = nightly.command(how, env);
  const ended = await started;
  await meanwhile;
  return { ...ended, folder };
}

for (const [what, nights] of Object.entries(rehearsals))
  test(what, async () => {
    const nightly = await startNightly();
    const { env, provider, tenant } = nightly;
    let { folder } = nightly;
    for (const night of nights) {
      const { says, also = '', unset = [], lose, fault, unsent, left = 0, open = 0 } = night;
      const kept = { ...env };
      const seen = tenant.requests.length;
      for (const name of unset) delete env[name];
      if (lose) rmSync(join(reportFolder(folder), lose), { recursive: true });
      if (fault !== undefined) provider.setFault('client secret', fault || undefined);
      const ended = await run(nightly, night, folder);
      const { code, output } = ended;
      folder = ended.folder;
      const [result = output] = /^(PASSED|FAILED|INCONCLUSIVE) .*/m.exec(output) ?? [];
      expect(result, `${night.night}\n${output}`).toMatch(new RegExp(says, 'm'));
      expect(output, night.night).toMatch(new RegExp(also, 'm'));
      expect(code, `${night.night}\n${output}`).toBe(night.exit);
      if (code === 0 && left + open === 0) expect(output, night.night).not.toMatch(/^left /m);
      const rest = () => [tenant.references.size, nightly.openCreates(folder).length];
      await expect.poll(rest, { message: night.night, timeout: 15_000 }).toEqual([left, open]);
      if (unsent !== undefined)
        expect(tenant.requests.slice(seen).filter((line) => line.startsWith(unsent))).toEqual([]);
      if (night.fails) expect(failingIn(folder)).toEqual(night.fails);
      checks[night.check ?? '']?.(nightly, output);
      Object.assign(env, kept);
    }
    await nightly.close();
  });

test('more than twenty nights are rehearsed', () => {
  expect(Object.values(rehearsals).flat().length).toBeGreaterThan(20);
});
