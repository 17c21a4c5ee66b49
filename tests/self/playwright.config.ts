import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from '@playwright/test';
import { readLongHeads } from '../../fixtures/configuration/process.ts';
import { hasBrowser } from './support/browser.ts';

// The suite's own tests: nothing of the caller's target may reach them.
for (const name of Object.keys(process.env))
  if (/^(GRAPH|CONTRACT|AZURE)_/.test(name)) delete process.env[name];

// The clients that are tested run in workers of this configuration.
readLongHeads();

// The suite needs no browser; the tests of its page do. CI installs one, and must not do without.
const browserless = !hasBrowser() && !process.env.CI;
if (browserless && process.env.TEST_WORKER_INDEX === undefined)
  console.log('no Chromium here: the page is not tested (npx playwright install chromium)');

export default defineConfig({
  testIgnore: browserless ? '**/report/page*.spec.ts' : [],
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
