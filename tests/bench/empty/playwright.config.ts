import { defineConfig } from '@playwright/test';

// The floor: what Playwright costs before anybody judges anything.
export default defineConfig({
  testDir: '.',
  workers: 1,
  reporter: 'line',
  outputDir: '../../../test-results/empty',
});
