import { test } from '@playwright/test';

// The line is how tests/bench/whole-runs.ts sees that Playwright and its worker have started.
test('nothing', () => console.log('the empty test runs'));
