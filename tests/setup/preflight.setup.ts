import { test as base } from '@playwright/test';
import { configurationIn } from '../../fixtures/configuration/configuration.ts';
import { documentedRequests } from '../../fixtures/requests/documented.ts';
import { openService } from '../../fixtures/run/open-service.ts';
import { announceCreates } from '../../fixtures/run/progress.ts';
import { wantedOf } from '../../fixtures/run/run.ts';
import { readDeviations } from '../judge/known-deviations.ts';

const test = base.extend<object, { ready: undefined }>({
  // Signs in and sends nothing else; of worker scope and automatic for the reason fixtures/test.ts gives.
  ready: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures' names from this pattern
    async ({}, use, { config }) => {
      const configuration = configurationIn(config);
      const { target, deviations } = configuration;
      const service = await openService(configuration);
      announceCreates(documentedRequests(wantedOf(configuration, service)), target);
      await service.close();
      console.log(`target   ${service.baseUrl}`);
      console.log(`declared ${readDeviations(deviations, target.name).length} deviations`);
      console.log('ready    nothing was sent');
      await use(undefined);
    },
    { scope: 'worker', auto: true, timeout: 0 },
  ],
});

test('the configuration signs in', () => {});
