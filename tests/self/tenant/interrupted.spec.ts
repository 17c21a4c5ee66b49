import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from '@playwright/test';
import { schemaErrors } from '../../../schemas/validate.ts';
import { type Nightly, startNightly } from '../support/nightly.ts';
import type { Started } from '../support/process.ts';
import { type ChildRun, recordingsIn, reportIn } from '../support/run.ts';

/** A run at a tenant whose process is sent a signal when the tenant has the fifth create. */
async function startRun(signal: NodeJS.Signals): Promise<[Nightly, Started<ChildRun>]> {
  let run: Started<ChildRun> | undefined;
  const nightly = await startNightly({
    throttleEvery: 0,
    defect: (response, { created }) => {
      if (created === 5) run?.kill(signal);
      return response;
    },
  });
  run = nightly.run();
  return [nightly, run];
}

/** That everything was undone, and that nothing says of the run what only a whole one shows. */
function expectEndedInOrder(nightly: Nightly, { code, output, folder }: ChildRun): void {
  expect(code).not.toBe(0);
  expect(output).toMatch(/^cleanup {2}\d+ undone, 0 left behind/m);
  expect([...nightly.tenant.references]).toEqual([]);
  expect(nightly.openCreates()).toEqual([]);
  const [lines = []] = recordingsIn(folder);
  expect(lines.at(-1)).toMatchObject({ complete: false, interrupted: true });
  expect(lines.flatMap((line) => schemaErrors('recording', line))).toEqual([]);
  const { failing, verdicts } = reportIn(folder);
  expect(failing).toBe(true);
  const outcomes = new Set(verdicts.map(({ outcome }) => outcome));
  expect(outcomes).toContain('error');
  for (const kept of ['conforms', 'known deviation'] as const) expect(outcomes).not.toContain(kept);
  expect(output).toMatch(
    /^FAILED {3}the run was interrupted after \d+ requests, \d+ were not sent; \d+ requirements were not checked$/m,
  );
  expect(existsSync(join(folder, 'contract-report/history.jsonl'))).toBe(false);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  test(`${signal}: what was created is undone, and the report says how far the run came`, async () => {
    const [nightly, run] = await startRun(signal);
    expectEndedInOrder(nightly, await run);
    await nightly.close();
  });

test('a recording that was interrupted is an error when it is judged again, and enters no history', async () => {
  const [nightly, run] = await startRun('SIGINT');
  await run;
  const again = await nightly.run(['--project=contract', '--no-deps']);
  expect(again.code).toBe(1);
  expect(again.output).toMatch(/^FAILED {3}the run was interrupted after \d+ requests/m);
  expect(reportIn(again.folder).summary.conforms).toBe(0);
  expect(existsSync(join(again.folder, 'contract-report/history.jsonl'))).toBe(false);
  await nightly.close();
});

test('--global-timeout: Playwright does not wait for the worker, and what was created is undone all the same', async () => {
  const nightly = await startNightly({
    throttleEvery: 0,
    // 47 requests take longer than the run may.
    defect: async (response, { method }) => {
      if (method !== 'DELETE') await setTimeout(1_000);
      return response;
    },
  });
  expectEndedInOrder(nightly, await nightly.run(['--global-timeout=20000']));
  await nightly.close();
});

test('a main process that is killed leaves a worker that undoes what it created', async () => {
  const [nightly, run] = await startRun('SIGKILL');
  expect((await run).code).toBeNull();
  await expect
    .poll(() => [nightly.openCreates().length, nightly.tenant.references.size], {
      timeout: 60_000,
    })
    .toEqual([0, 0]);
  const removals = nightly.tenant.requests.filter((line) => line.startsWith('DELETE'));
  expect(new Set(removals).size).toBe(removals.length);
  await nightly.close();
});
