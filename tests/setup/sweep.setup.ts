import { join } from 'node:path';
import { test as base } from '@playwright/test';
import type { APIRequest } from 'playwright';
import {
  configurationIn,
  type RunConfiguration,
} from '../../fixtures/configuration/configuration.ts';
import { openService } from '../../fixtures/run/open-service.ts';
import { clientOf } from '../../fixtures/run/run.ts';
import { holdTenant, tellOpen } from '../../fixtures/tenant/hold.ts';
import { Journal } from '../../fixtures/tenant/journal.ts';
import type { CleanUp } from '../../schemas/files/clean-up.ts';

// Of worker scope and automatic for the reason fixtures/test.ts gives: no step ever holds a token.
const test = base.extend<object, { result: CleanUp | undefined }>({
  result: [
    async ({ playwright }, use, { config }) =>
      use(await sweep(configurationIn(config), playwright.request)),
    { scope: 'worker', auto: true, timeout: 0 },
  ],
});

test('what was created is taken back', ({ result }) => {
  if (result?.fails !== undefined) throw new Error(result.fails);
});

/** Undoes what earlier runs left in the tenant. @throws SignInError or ConfigurationError where nothing can be undone. */
async function sweep(configuration: RunConfiguration, playwright: APIRequest) {
  const { report, target } = configuration;
  // The configuration was refused where it names none.
  const { liveTenant = '' } = target;
  // The result of the night before stays what it was.
  const folder = join(report, 'cleanup');
  if (new Journal(report, liveTenant).read().open.length === 0)
    return tellOpen(configuration, '', folder);
  const service = await openService(configuration).catch((error) => {
    tellOpen(configuration, undefined, folder);
    throw error;
  });
  const client = clientOf(configuration, service, playwright);
  return holdTenant(liveTenant, configuration, service)
    .end(client, folder)
    .finally(() => client.close())
    .finally(() => service.close());
}
