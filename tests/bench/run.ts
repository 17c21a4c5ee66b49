import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** `npm run bench`: a whole run on the embedded mock, and judging it again, ÷ an empty Playwright run. */
const root = fileURLToPath(new URL('../..', import.meta.url));
const ROUNDS = 5;

/** What is measured: the arguments of Playwright's command line, and what the ratio may be. */
const measured = [
  { name: 'a whole run', args: ['--config', root], most: 2.2, aim: 1.8 },
  {
    name: 'judging it again',
    args: ['--config', root, '--project=contract', '--no-deps'],
    most: 1.5,
    aim: 1.3,
  },
] as const;

// Below our own packages, which it imports, where git looks at nothing.
const empty = join(root, 'test-results/bench-empty');
mkdirSync(empty, { recursive: true });
const report = mkdtempSync(join(tmpdir(), 'contract-bench-'));
try {
  writeFileSync(
    join(empty, 'playwright.config.ts'),
    // Playwright's own output folder would be the one above, which it empties.
    `export default { workers: 1, reporter: 'line', outputDir: ${JSON.stringify(join(report, 'empty'))} };`,
  );
  writeFileSync(
    join(empty, 'empty.spec.ts'),
    "import { test } from '@playwright/test';\ntest('nothing', () => {});",
  );
  // Clocks here are noisy: each ratio is of runs that follow one another, and its median counts.
  const ratios = measured.map((): number[] => []);
  const floors: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const floor = await timed(['--config', empty]);
    floors.push(floor);
    for (const [i, { args }] of measured.entries())
      ratios[i]?.push((await timed([...args])) / floor);
  }
  console.log(`an empty Playwright run: ${(median(floors) / 1_000).toFixed(2)} s`);
  for (const [i, { name, most, aim }] of measured.entries())
    console.log(
      `${name} ÷ an empty Playwright run: ${median(ratios[i] ?? []).toFixed(2)} (at most ${most}, aim ${aim})`,
    );
} finally {
  for (const folder of [empty, report]) rmSync(folder, { recursive: true });
}

/** Milliseconds of a run of Playwright. @throws Error where it does not pass. */
async function timed(args: readonly string[]): Promise<number> {
  const { PATH = '', HOME = '' } = process.env;
  const begun = performance.now();
  const cli = join(root, 'node_modules/@playwright/test/cli.js');
  const run = spawn(process.execPath, [cli, 'test', ...args], {
    cwd: report,
    env: { PATH, HOME, CONTRACT_REPORT: join(report, 'report') },
    stdio: 'ignore',
  });
  const [code] = await once(run, 'close');
  if (code !== 0) throw new Error(`playwright test ${args.join(' ')} ended with ${code}`);
  return performance.now() - begun;
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}
