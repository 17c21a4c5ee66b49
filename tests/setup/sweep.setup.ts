import { join } from 'node:path';
import { test as base } from '@playwright/test';
import type { APIRequest } from 'playwright';
import {
  configurationIn,
  type RunConfiguration,
} from '../../fixtures/configuration/configuration.ts';
import { openService } from '../../fixtures/run/open-service.ts';
import { clientOf } from '../../fixtures/run/run.ts';
import { notSignedIn, TenantHold, tellOpen } from '../../fixtures/tenant/hold.ts';
import { journalOf } from '../../fixtures/tenant/journal.ts';
import type { CleanUp } from '../../schemas/files/clean-up.ts';

// Of worker scope and automatic for the reason fixtures/test.ts gives: no step ever holds a token.
const test = base.extend<object, { result: CleanUp }>({
  result: [
    async ({ playwright }, use, { config }) =>
      use(await sweep(configurationIn(config), playwright.request)),
    { scope: 'worker', auto: true, timeout: 0 },
  ],
});

test('what was created is taken back', ({ result: { fails } }) => {
  if (fails !== undefined) throw new Error(fails);
});

/** Undoes what earlier runs left in the tenant. @throws SignInError or ConfigurationError where nothing can be undone. */
async function sweep(configuration: RunConfiguration, playwright: APIRequest): Promise<CleanUp> {
  const { report, target } = configuration;
  // The configuration was refused where it names none.
  const { liveTenant = '' } = target;
  // The result of the night before stays what it was.
  const folder = join(report, 'cleanup');
  const tellAll = (why: string) => tellOpen(configuration, liveTenant, why, folder);
  if (journalOf(report, liveTenant).read().open.length === 0) return tellAll('');
  const service = await openService(configuration).catch((error) => {
    tellAll(notSignedIn);
    throw error;
  });
  const client = clientOf(configuration, service, playwright);
  try {
    return await new TenantHold(liveTenant, configuration, service).end(client, folder);
  } finally {
    await client.close();
    await service.close();
  }
}
