import { readdirSync, readFileSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { lockFolder, takeLock } from '../../../fixtures/tenant/lock.ts';
import { schemaErrors } from '../../../schemas/validate.ts';
import { withJson } from '../mutants/defects/rewrite.ts';
import { leaksIn, leaksInText } from '../support/leaks.ts';
import { type Nightly, startNightly } from '../support/nightly.ts';
import { contract, recordingsIn, reportIn } from '../support/run.ts';

let nightly: Nightly;
test.beforeEach(async () => {
  nightly = await startNightly();
});
test.afterEach(() => nightly.close());

const failing = (folder: string) =>
  reportIn(folder)
    .verdicts.flatMap(({ requirement, routes }) => routes.map((each) => ({ requirement, ...each })))
    .filter((each) => each.failing)
    .map(({ requirement, route, outcome }) => `${requirement} ${route} ${outcome}`);

test('a whole run: signed in, declared deviations known, throttling waited for, everything undone', async () => {
  const { code, output, folder } = await nightly.run();
  expect(output).toMatch(
    /writes {3}4 creates among 59 requests in tenant [0-9a-f-]{36}, journalled and undone afterwards/,
  );
  expect(output).toContain('sign-in  client-secret');
  expect(output).toContain('sign-in  stored');
  expect(failing(folder)).toEqual([]);
  expect(output).toContain('cleanup  4 undone, 0 left behind, 0 of other targets kept');
  expect(code).toBe(0);
  expect(reportIn(folder).summary['known deviation']).toBe(2);
  expect([...nightly.tenant.references]).toEqual([]);
  const removals = nightly.tenant.requests.filter((line) => line.startsWith('DELETE'));
  expect(removals.every((line) => line.endsWith('/$ref'))).toBe(true);
  expect(JSON.stringify(recordingsIn(folder))).toContain('Retry-After');
});

test('the same run with one thing changed fails, and only for that thing', async () => {
  nightly.tenant.behave(({ nth, route }) =>
    nth > 0 && route === 'users' ? { status: 409, isCarriedOut: false } : undefined,
  );
  const { code, folder } = await nightly.run();
  expect(code).toBe(1);
  expect(failing(folder)).toEqual([
    'create-status users changed deviation',
    'example-exchange users changed deviation',
  ]);
});

test('with an application alone, /me is not applicable and says why', async () => {
  const { GRAPH_STORED_SIGN_IN: _, ...env } = nightly.env;
  const { code, folder } = await contract(env);
  expect(code).toBe(0);
  const all = reportIn(folder).verdicts.flatMap(({ routes }) => routes);
  const me = all.filter(({ route }) => route === 'me');
  expect(new Set(me.map(({ outcome }) => outcome))).toEqual(new Set(['not applicable']));
  expect(me[0]?.reason).toContain('an application has no /me');
  expect(nightly.tenant.requests.some((line) => line.includes('/me/'))).toBe(false);
});

test('a preflight and a failed sign-in send nothing', async () => {
  const preflight = await nightly.run(['--project=preflight']);
  expect(preflight.code).toBe(0);
  expect(preflight.output).toContain('ready    nothing was sent');
  nightly.provider.setFault('client secret', 7000222);
  const expired = await nightly.run();
  expect(expired.code).toBe(3);
  expect(expired.output).toMatch(/^INCONCLUSIVE The sign-in \(client-secret\) failed.*expired/m);
  expect(nightly.tenant.requests).toEqual([]);
});

test('a run at a tenant that another run holds sends nothing to it, and says so', async () => {
  // Whatever folder the other run writes to.
  const lock = takeLock(lockFolder(nightly.provider.tenantId), 'a');
  const { code, output, folder } = await nightly.run();
  lock.release();
  expect(code).toBe(3);
  expect(output).toMatch(/^stopped {2}.* is held by run a \(process \d+ on /m);
  expect(nightly.tenant.requests).toEqual([]);
  const outcomes = reportIn(folder).verdicts.map(({ outcome }) => outcome);
  expect(new Set(outcomes)).toEqual(new Set(['error', 'untested']));
});

test('a run that is suspended for longer than its lock lasts stops, and the next night undoes the rest', async () => {
  let isStopped = () => {};
  const stopped = new Promise<void>((resolve) => {
    isStopped = resolve;
  });
  const suspended = nightly.run();
  nightly.tenant.behave(({ nth }) => {
    if (nth === 2) suspended.kill('SIGSTOP');
    if (nth === 2) isStopped();
    return undefined;
  });
  await stopped;
  const folder = lockFolder(nightly.provider.tenantId);
  for (const name of readdirSync(folder)) utimesSync(join(folder, name), 1, 1);
  const other = await nightly.run();
  expect(other.output).toContain('cleanup  6 undone, 0 left behind');
  suspended.kill('SIGCONT');
  const { code, output } = await suspended;
  expect(code).toBe(1);
  expect(output).toMatch(/another run holds the tenant now, because this one was suspended/);
  // Its answer came after the other run had removed its reference.
  expect(output).toMatch(/^cleanup {2}0 undone, 1 left behind/m);
  expect((await nightly.run()).output).toContain('cleanup  5 undone, 0 left behind');
  expect([nightly.openCreates(), [...nightly.tenant.references]]).toEqual([[], []]);
});

test('what was interrupted shows nothing that only a whole run shows, also when it is judged again', async () => {
  const run = nightly.runAsJob();
  nightly.tenant.behave(({ nth }) => {
    if (nth === 3) run.kill('SIGINT');
    return undefined;
  });
  await run;
  for (const args of [undefined, ['--project=contract', '--no-deps']]) {
    if (args) expect((await nightly.run(args)).code).toBe(3);
    const { word, verdicts } = reportIn(nightly.folder);
    expect(word).toBe('INCONCLUSIVE');
    const outcomes = new Set(verdicts.map(({ outcome }) => outcome));
    expect(outcomes).toContain('error');
    for (const kept of ['conforms', 'known deviation'] as const)
      expect(outcomes).not.toContain(kept);
    const history = join(nightly.folder, 'contract-report/history.jsonl');
    expect(readFileSync(history, 'utf8')).toContain('"status":"INCONCLUSIVE","states":{}');
  }
  const [lines = []] = recordingsIn(nightly.folder);
  expect(lines.at(-1)).toMatchObject({ complete: false, interrupted: true });
  expect(lines.flatMap((line) => schemaErrors('recording', line))).toEqual([]);
});

test('no secret of a run is written anywhere, nor a token that a response gives as an id, also with every trace and report', async () => {
  const tokens = new Set<string>();
  nightly.tenant.behave(({ nth, headers, accept }) => {
    if (nth === 0) return undefined;
    const [scheme, token = ''] = headers.authorization?.split(' ') ?? [];
    tokens.add(token);
    const id = nth % 2 === 0 ? `${scheme} ${token}` : token;
    return { response: withJson(accept(), { id }) };
  });
  const { output, folder } = await nightly.run(
    ['--trace=on', '--grep=create-status|token-', '--add-reporter=list,json,junit'],
    { DEBUG: 'pw:api' },
  );
  expect(output).toMatch(/^left {5}documented-example/m);
  const stored = readFileSync(nightly.env.GRAPH_STORED_SIGN_IN ?? '', 'utf8');
  const kept = [...stored.matchAll(/"secret":\s*"([^"]+)"/g)].map(([, secret = '']) => secret);
  const secrets = [...nightly.secrets, ...tokens, ...kept];
  expect([tokens.size, kept.length > 1]).toEqual([2, true]);
  const report = join(folder, 'contract-report');
  expect(leaksInText('output', output, secrets)).toEqual([]);
  expect(leaksIn(report, secrets)).toEqual([]);
  const journal = join(report, 'journal', `${nightly.provider.tenantId}.jsonl`);
  expect(readFileSync(journal, 'utf8')).not.toMatch(/eyJ|Bearer/);
  expect(output).not.toMatch(/eyJ[\w-]{20,}\.[\w-]{20,}/);
});
