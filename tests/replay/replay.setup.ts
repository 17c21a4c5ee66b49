import { expect } from '@playwright/test';
import { replay as test } from '../../fixtures/test.ts';

// Fired by the fixture, as in calls.setup.ts.
test('every recorded call is asked again', ({ fired }) => {
  expect(fired).toBeDefined();
});
