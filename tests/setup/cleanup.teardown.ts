import { test as base, expect } from '@playwright/test';
import {
  configurationIn,
  type RunConfiguration,
} from '../../fixtures/configuration/run-context.ts';
import type { Service } from '../../fixtures/http/service.ts';
import { openService } from '../../fixtures/run/open-service.ts';
import { type CleanUp, cleanUpLines, openLines } from '../../fixtures/tenant/clean-up.ts';
import { journalOf } from '../../fixtures/tenant/journal.ts';
import { tenantSessionOf } from '../../fixtures/tenant/session.ts';

// Of worker scope and automatic for the reason fixtures/test.ts gives: no step ever holds a token.
const test = base.extend<object, { cleanedUp: CleanUp | undefined }>({
  cleanedUp: [
    async ({ playwright }, use, { config }) => {
      const configuration = configurationIn(config);
      const service = await openServiceOrName(configuration);
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
  for (const line of cleanUpLines(cleanedUp)) console.log(line);
  const left = cleanedUp.left.map(({ entry: { call, route } }) => `${call} on ${route}`);
  expect(left, 'every create is undone').toEqual([]);
});

/** Signs in. Where that fails, what cannot be undone now is named. @throws what `openService` throws. */
async function openServiceOrName(configuration: RunConfiguration): Promise<Service> {
  try {
    return await openService(configuration);
  } catch (error) {
    const { report, target } = configuration;
    const { open } =
      target.liveTenant === undefined ? { open: [] } : journalOf(report, target.liveTenant).read();
    for (const line of openLines(open)) console.log(line);
    throw error;
  }
}
