import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { Defect } from '../support/mock.ts';
import { start } from '../support/process.ts';
import { recordedRun, rejudge } from '../support/recorded-run.ts';
import { emptyFolder, reportFolder, root } from '../support/run.ts';

const answers204: Defect = (response) =>
  response.status === 201
    ? { ...response, status: 204, headers: [], body: Buffer.alloc(0) }
    : response;

/** `npm run declare`, as npm starts it. */
function declare(folder: string, env: Record<string, string>, reason: string) {
  const command = [join(root, 'node_modules/jiti/lib/jiti-cli.mjs'), 'tests/setup/declare.ts'];
  const all = { CONTRACT_REPORT: reportFolder(folder), ...env };
  return start(process.execPath, [...command, reason], root, all);
}

test('204: failed, declared, known, fixed, stale, removed', async () => {
  const folder = emptyFolder();
  const [wrong, right] = [await recordedRun(answers204), await recordedRun()];
  const env = { CONTRACT_DEVIATIONS: join(folder, 'a new folder', 'deviations.json') };
  const file = env.CONTRACT_DEVIATIONS;
  const run = (recording: string, more = env) => rejudge([recording], more, folder);

  expect((await rejudge([wrong], {}, folder)).output).toMatch(
    /^FAILED {3}create-status on both routes: expected 201, received 204/m,
  );
  expect((await declare(folder, env, '')).output).toContain('A reason is missing');
  const declared = await declare(folder, env, 'OData 4.01 11.4.6.1');
  expect([declared.code, declared.output]).toEqual([0, expect.stringContaining('1 deviation')]);
  expect(JSON.parse(readFileSync(file, 'utf8')).deviations).toHaveLength(1);

  const refused = await declare(
    folder,
    { CONTRACT_DEVIATIONS: join(file, 'below-a-file.json') },
    'why',
  );
  expect(refused.code).toBe(2);
  expect(refused.output).not.toMatch(/^ +at /m);

  const known = await run(wrong);
  expect(known.code, known.output).toBe(0);
  expect(known.output).toMatch(/^PASSED .*2 known deviations/m);
  expect(known.output).toContain(`deviations are known from ${file}`);

  const stale = await run(right);
  expect(stale.code).toBe(1);
  expect(stale.output).toContain(
    `create-status on both routes: it conforms now: remove entry 1 of ${file}`,
  );
  expect((await declare(folder, env, '')).code).toBe(0);
  expect((await run(right)).code).toBe(0);
});

test('declaring without a report is said in one sentence', async () => {
  const { code, output } = await declare(emptyFolder(), {}, 'why');
  expect(code).toBe(2);
  expect(output).toMatch(/report\.json cannot be read \(ENOENT: [a-z ]+\): .*npm run contract/);
});
