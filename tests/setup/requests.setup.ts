import { expect } from '@playwright/test';
import { test } from '../../fixtures/test.ts';

// The requests themselves are sent by the fixture, before this test begins (fixtures/test.ts says why).
test('every documented request is sent once', ({ sent }) => {
  expect(sent).toBeDefined();
});
