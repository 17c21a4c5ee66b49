import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { onCreate } from '../mutants/defects/on.ts';
import { bare } from '../mutants/defects/rewrite.ts';
import { start } from '../support/process.ts';
import { recordedRun, rejudge } from '../support/recorded-run.ts';
import { emptyFolder, reportFolder, root } from '../support/run.ts';

function declare(folder: string, CONTRACT_DEVIATIONS: string, reason = 'OData 4.01 11.4.6.1') {
  const command = [join(root, 'node_modules/jiti/lib/jiti-cli.mjs'), 'tests/setup/declare.ts'];
  const env = { CONTRACT_REPORT: reportFolder(folder), CONTRACT_DEVIATIONS };
  return start(process.execPath, [...command, reason], root, env);
}

test('204: failed, declared, known, fixed, stale, removed', async () => {
  const folder = emptyFolder();
  const file = join(folder, 'a new folder', 'deviations.json');
  const [wrong, right] = [
    await recordedRun(onCreate((response) => bare(response, 204))),
    await recordedRun(),
  ];
  const run = (recording: string, env = { CONTRACT_DEVIATIONS: file }) =>
    rejudge([recording], env, folder);

  const failed = await rejudge([wrong], {}, folder);
  expect(failed.output).toMatch(
    /^FAILED {3}create-status on both routes: expected 201, received 204/m,
  );
  expect((await declare(folder, file, '')).output).toContain('A reason is missing');
  const declared = await declare(folder, file);
  expect([declared.code, declared.output]).toEqual([0, expect.stringContaining('1 deviation')]);
  expect(JSON.parse(readFileSync(file, 'utf8')).deviations).toHaveLength(1);
  const refused = await declare(folder, join(file, 'below-a-file.json'));
  expect([refused.code, refused.output]).toEqual([2, expect.not.stringMatching(/^ +at /m)]);

  const known = await run(wrong);
  expect(known.code, known.output).toBe(0);
  expect(known.output).toMatch(/^PASSED .*2 known deviations/m);
  expect(known.output).toContain(`deviations are known from ${file}`);
  const stale = await run(right);
  expect([stale.code, stale.output]).toEqual([
    1,
    expect.stringContaining(
      `create-status on both routes: it conforms now: "npm run declare" removes entry 1 of ${file}`,
    ),
  ]);
  expect((await declare(folder, file, '')).code).toBe(0);
  expect((await run(right)).code).toBe(0);
});

test('declaring without a report is said in one sentence', async () => {
  const { code, output } = await declare(emptyFolder(), 'd.json');
  expect(code).toBe(2);
  expect(output).toMatch(/report\.json cannot be read \(ENOENT: [a-z ]+\): .*npm run contract/);
});
