import { test as base, expect } from '@playwright/test';
import { configurationIn } from '../../fixtures/configuration/run-context.ts';
import { openService } from '../../fixtures/run/open-service.ts';
import { type CleanUp, leftLines } from '../../fixtures/tenant/clean-up.ts';
import { tenantSessionOf } from '../../fixtures/tenant/session.ts';

// Of worker scope and automatic for the reason fixtures/test.ts gives: no step ever holds a token.
const test = base.extend<object, { cleanedUp: CleanUp | undefined }>({
  cleanedUp: [
    async ({ playwright }, use, { config }) => {
      const configuration = configurationIn(config);
      const service = await openService(configuration);
      const tenancy = tenantSessionOf(configuration, service);
      const result = await tenancy?.cleanUpAndRelease(service, configuration, playwright.request);
      await service.close();
      await use(result);
    },
    { scope: 'worker', auto: true, timeout: 0 },
  ],
});

test('what was created is taken back', ({ cleanedUp }) => {
  expect(
    cleanedUp,
    'GRAPH_LIVE_TENANT names no tenant, so there is no journal to clean up from',
  ).toBeDefined();
  if (cleanedUp === undefined) return;
  const { undone, left, kept } = cleanedUp;
  console.log(
    `cleanup  ${undone} undone, ${left.length} left behind, ${kept} of other targets kept`,
  );
  for (const line of leftLines(cleanedUp)) console.log(line);
  expect(left, 'every create is undone').toEqual([]);
});
