import { test as base } from '@playwright/test';
import { readConfiguration } from '../../fixtures/configuration/configuration.ts';
import { documentedRequests } from '../../fixtures/requests/documented.ts';
import { announce } from '../../fixtures/run/run.ts';
import { openService } from '../../fixtures/run/service.ts';
import { readDeviations } from '../judge/known-deviations.ts';

const test = base.extend<object, { ready: string[] }>({
  // Signs in and fires nothing; of worker scope and automatic for the reason fixtures/test.ts gives.
  ready: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures' names from this pattern
    async ({}, use) => {
      const configuration = readConfiguration(process.env);
      const { target, seed, samples } = configuration;
      const service = await openService(configuration);
      const { userId, baseUrl, notApplicable } = service;
      const routes = target.routes.filter((route) => notApplicable[route] === undefined);
      announce(documentedRequests({ routes, userId, seed, samples }), target);
      const declared = readDeviations(configuration.deviations, target.name).length;
      await service.close();
      await use([
        `target   ${baseUrl}`,
        `declared ${declared} deviations`,
        'ready    nothing was fired',
      ]);
    },
    { scope: 'worker', auto: true, timeout: 0 },
  ],
});

test('the configuration signs in', ({ ready }) => {
  for (const line of ready) console.log(line);
});
