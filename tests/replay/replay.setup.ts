import { expect } from '@playwright/test';
import { replay as test } from '../../fixtures/test.ts';

// Fired by the fixture, as in calls.setup.ts.
test('every recorded request is sent again', ({ sent }) => {
  expect(sent).toBeDefined();
});
