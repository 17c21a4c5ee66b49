import { expect, test } from '@playwright/test';
import { readLongHeads } from '../../../fixtures/configuration/target/head-limit.ts';
import { withLine } from '../mutants/defects/rewrite.ts';
import { contractAt } from '../support/run.ts';

const read = (options?: string) => {
  const env: NodeJS.ProcessEnv = options === undefined ? {} : { NODE_OPTIONS: options };
  readLongHeads(env);
  readLongHeads(env);
  return env.NODE_OPTIONS;
};

test('what NODE_OPTIONS holds stays, and its own limit counts', () => {
  expect(read()).toBe('--max-http-header-size=65536');
  expect(read('--require=x.cjs')).toBe('--require=x.cjs --max-http-header-size=65536');
  expect(read('--max-http-header-size=20000')).toBe('--max-http-header-size=20000');
});

test('a run reads heads of 40,000 bytes', async () => {
  const { code, output } = await contractAt(
    { defect: (response) => withLine(response, 'X-Policy', 'x'.repeat(40_000)) },
    { CONTRACT_SAMPLES: '1' },
  );
  expect(code, output).toBe(0);
});
