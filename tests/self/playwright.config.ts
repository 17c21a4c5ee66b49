import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from '@playwright/test';

// The suite's own tests: nothing of the caller's target may reach them.
for (const name of Object.keys(process.env))
  if (/^(GRAPH|CONTRACT|AZURE)_/.test(name)) delete process.env[name];

export default defineConfig({
  testDir: '.',
  // Of its own for each run, so that two at once do not empty each other's folder.
  outputDir: join(
    tmpdir(),
    `contract-self-${process.ppid}-${process.env.TEST_WORKER_INDEX ? 'worker' : process.pid}`,
  ),
  fullyParallel: true,
  workers: 2,
  retries: 0,
  timeout: 120_000,
  reporter: [['dot'], ['./closing-line.ts']],
});
