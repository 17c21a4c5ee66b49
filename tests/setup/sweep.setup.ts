import { test as base } from '@playwright/test';
import { configurationIn } from '../../fixtures/configuration/run-context.ts';
import { sweep } from '../../fixtures/run/run.ts';
import type { CleanUp } from '../../schemas/files/clean-up.ts';

// Of worker scope and automatic for the reason fixtures/test.ts gives: no step ever holds a token.
const test = base.extend<object, { result: CleanUp }>({
  result: [
    async ({ playwright }, use, { config }) => {
      const configuration = configurationIn(config);
      // The configuration was refused where it names none.
      const { liveTenant = '' } = configuration.target;
      await use(await sweep(configuration, liveTenant, playwright.request));
    },
    { scope: 'worker', auto: true, timeout: 0 },
  ],
});

test('what was created is taken back', ({ result: { fails } }) => {
  if (fails !== undefined) throw new Error(fails);
});
