import { expect } from '@playwright/test';
import { replay as test } from '../../fixtures/test.ts';

// The fixture sends them, as in requests.setup.ts.
test('every recorded request is sent again', ({ sent }) => {
  expect(sent).toBeDefined();
});
