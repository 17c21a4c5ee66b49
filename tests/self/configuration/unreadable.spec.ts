import { expect, test } from '@playwright/test';
import type { Environment } from '../../../fixtures/configuration/variables/variables.ts';
import { complaintAbout, expectOneSentence, secret } from '../support/configuration-error.ts';

const own = {
  GRAPH_BASE_URL: 'http://127.0.0.1:8080/v1.0',
  GRAPH_ACCESS_TOKEN: secret,
  GRAPH_USER_ID: 'ada@example.org',
};
const tenant = '98b7e341-e341-98b7-41e3-b79841e3b798';
const live = { ...own, GRAPH_BASE_URL: 'https://graph.microsoft.com/v1.0' };
const url = (GRAPH_BASE_URL: string): Environment => ({ ...own, GRAPH_BASE_URL });
const token = (GRAPH_ACCESS_TOKEN: string): Environment => ({ ...own, GRAPH_ACCESS_TOKEN });
const user = (GRAPH_USER_ID: string): Environment => ({ ...own, GRAPH_USER_ID });

// What a value holds is quoted in the sentence, and must not tear it apart nor let a secret out.
const torn: Readonly<Record<string, Environment>> = {
  'a URL with a line break': url('http://127.0.0.1/\nx'),
  'no URL over two lines': url('127.0.0.1\nv1.0'),
  'a seed with a line break': { CONTRACT_SEED: '1\n' },
  'routes on two lines': { CONTRACT_ROUTES: 'me\nusers' },
  'levels with a carriage return': { CONTRACT_LEVELS: 'stated\rx' },
  'a switch with a line break': { CONTRACT_STRICT: 'true\n' },
  'a tenant with a line break': { ...live, GRAPH_LIVE_TENANT: `${tenant}\n` },
  'a user with a line separator': user('ada\u2028'),
  'an unparsable URL with a password': url(`https://ada:${secret}@127.0.0.1:99999/v1.0`),
};
for (const [name, env] of Object.entries(torn))
  test(`the sentence about ${name} is still one sentence without a secret`, () => {
    expectOneSentence(complaintAbout(env));
  });

test('a token with a control character is not called one outside ASCII', () => {
  expect(complaintAbout(token(`${secret}\u0007`))).not.toContain('outside ASCII');
});
