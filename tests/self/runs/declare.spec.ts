import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { type Defect, startMock } from '../support/mock.ts';
import { start } from '../support/process.ts';
import { contract, emptyFolder, pointedAt, reportFolder, root } from '../support/run.ts';

const few = { CONTRACT_SAMPLES: '1' };
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
  let defect = answers204;
  const mock = await startMock({ defect: (...all) => defect(...all) });
  const folder = emptyFolder();
  const CONTRACT_DEVIATIONS = join(folder, 'deviations.json');
  writeFileSync(CONTRACT_DEVIATIONS, '{"deviations":[]}');
  const env = { ...pointedAt(mock), ...few, CONTRACT_DEVIATIONS };
  let seed = 0;
  // Each run has ids of its own: the target has those of the one before.
  const run = () => contract({ ...env, CONTRACT_SEED: String(seed++) }, [], folder);

  const failed = await run();
  expect(failed.output).toMatch(
    /^FAILED {3}create-status on both routes: expected 201, received 204/m,
  );
  expect((await declare(folder, env, '')).output).toContain('A reason is missing');
  const declared = await declare(folder, env, 'OData 4.01 11.4.6.1');
  expect([declared.code, declared.output]).toEqual([0, expect.stringContaining('1 deviation')]);
  expect(JSON.parse(readFileSync(CONTRACT_DEVIATIONS, 'utf8')).deviations).toHaveLength(1);

  const known = await run();
  expect(known.code, known.output).toBe(0);
  expect(known.output).toMatch(/^PASSED .*2 known deviations/m);
  expect(known.output).toContain(`deviations are known from ${CONTRACT_DEVIATIONS}`);

  defect = (response) => response;
  const stale = await run();
  expect(stale.code).toBe(1);
  expect(stale.output).toContain(
    `create-status on both routes: it conforms now: remove entry 1 of ${CONTRACT_DEVIATIONS}`,
  );
  expect((await declare(folder, env, '')).code).toBe(0);
  expect((await run()).code).toBe(0);
  await mock.close();
});

test('a file that cannot be written is said in one sentence, and one in a missing folder is made', async () => {
  const mock = await startMock({ defect: answers204 });
  const folder = emptyFolder();
  await contract({ ...pointedAt(mock), ...few }, [], folder);
  const into = (path: string) =>
    declare(folder, { ...pointedAt(mock), CONTRACT_DEVIATIONS: path }, 'why');
  const made = join(folder, 'a new folder', 'deviations.json');
  expect((await into(made)).code).toBe(0);
  expect(JSON.parse(readFileSync(made, 'utf8')).deviations).toHaveLength(1);

  const refused = await into(join(made, 'below-a-file.json'));
  expect(refused.code).toBe(2);
  expect(refused.output).toMatch(/ cannot be written \(EEXIST: .+\): nothing was declared\.$/m);
  expect(refused.output).not.toMatch(/^ +at /m);
  await mock.close();
});

test('declaring without a report is said in one sentence', async () => {
  const { code, output } = await declare(emptyFolder(), {}, 'why');
  expect(code).toBe(2);
  expect(output).toMatch(/report\.json cannot be read \(ENOENT: [a-z ]+\): .*npm run contract/);
});
