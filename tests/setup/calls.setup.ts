import { expect } from '@playwright/test';
import { test } from '../../fixtures/test.ts';

// The calls themselves are fired by the fixture, before this test begins (fixtures/test.ts says why).
test('every documented call is fired once', ({ fired }) => {
  expect(fired).toBeDefined();
});
