import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { alteredTokens } from '../../../fixtures/http/authorization.ts';
import { withBody, withLine } from '../mutants/defects/rewrite.ts';
import { leaksIn, leaksInText } from '../support/leaks.ts';
import type { Defect, MockRequest, MockResponse } from '../support/mock.ts';
import { contract, contractAt, emptyFolder, pointedAtNobody } from '../support/run.ts';

const canary = 'canary.Zx9-QmVhcmVyIGNhbmFyeQ_7f3e1d5b9a.secret-Part~42';
const secrets = [canary, ...alteredTokens(canary)];

/** Every report that Playwright can add. */
const loudly = '--add-reporter=list,line,json,junit,blob,github';

/** A response that repeats the client's own headers in every place a response has. */
function echoing(response: MockResponse, { headers }: MockRequest): MockResponse {
  const given = headers.authorization ?? '';
  const body = JSON.stringify({
    id: given,
    '@odata.type': given,
    deletedDateTime: given,
    seen: headers,
    base64: Buffer.from(given).toString('base64'),
  });
  return {
    ...withLine(withLine(withBody(response, body), 'X-Echo', given), 'Location', `/${given}`),
    reason: `Hello ${given}`,
  };
}

/** The token as servers write it that escape what they repeat. */
function escaping(response: MockResponse, { headers }: MockRequest): MockResponse {
  const given = headers.authorization ?? '';
  const body = JSON.stringify({
    id: encodeURIComponent(given),
    '@odata.type': given.replaceAll(/[^a-z0-9]/gi, (c) => `&#${c.charCodeAt(0)};`),
    deletedDateTime: JSON.stringify(JSON.stringify(given)),
    base64: Buffer.from(`a text before ${given}`).toString('base64'),
    url: Buffer.from(given).toString('base64url'),
  });
  return withLine(withBody(response, body), 'Location', `/${encodeURIComponent(given)}`);
}

/** Each is answered in turn, so that one run meets all of them. */
const echoes: readonly Defect[] = [
  escaping,
  echoing,
  (response, { headers }) => ({
    ...response,
    wire: { raw: Buffer.from(`nonsense ${headers.authorization}\r\n\r\n`) },
  }),
  (response, { headers }) => ({
    ...response,
    status: 307,
    headers: [['Location', `http://elsewhere.invalid/${headers.authorization}`]],
    body: Buffer.alloc(0),
  }),
];
const silences: readonly Defect[] = [
  (response) => ({ ...response, wire: 'reset' }),
  (response) => ({ ...response, wire: 'drop' }),
  (response) => ({ ...response, wire: 'hang' }),
];
const inTurn =
  (defects: readonly Defect[]): Defect =>
  (response, request) =>
    defects[request.n % defects.length]?.(response, request) ?? response;

// The embedded mock numbers every request; without our reporter there is none.
const servers: readonly (readonly [what: string, defect: Defect, args: readonly string[]])[] = [
  ['repeats the token in every place, as it is or escaped', inTurn(echoes), ['--trace=on', loudly]],
  ['never answers', inTurn(silences), ['--trace=on', loudly, '--grep=create-answered|odata-type']],
];
for (const [what, defect, args] of servers)
  test(`no secret is written where a server ${what}, with every report and trace`, async () => {
    const env = {
      CONTRACT_SAMPLES: '2',
      CONTRACT_TIMEOUT_MS: '300',
      DEBUG: 'pw:api,pw:protocol*',
      NODE_DEBUG: 'http,net,tls,undici',
      GITHUB_ACTIONS: 'true',
    };
    const { code, output, folder } = await contractAt({ token: canary, defect }, env, args);
    expect([1, 3]).toContain(code);
    expect(leaksInText('output', output, secrets)).toEqual([]);
    expect(leaksIn(folder, secrets)).toEqual([]);
  });

test('no secret is written where nobody listens', async () => {
  const env = { ...(await pointedAtNobody(canary)), CONTRACT_SAMPLES: '2', DEBUG: 'pw:api' };
  const { output, folder } = await contract(env, ['--trace=on', loudly]);
  expect(leaksInText('output', output, secrets)).toEqual([]);
  expect(leaksIn(folder, secrets)).toEqual([]);
});

test('no variable turns the checks off that only Playwright sets', async () => {
  const env = { TEST_WORKER_INDEX: '0', CONTRACT_SAMPLES: '1' };
  const { code, output } = await contract(env, ['--grep', 'craete-status']);
  expect(code).toBe(2);
  expect(output).toContain('did you mean create-status?');
});

test('the search finds a secret where there is one: in a file, in base64, in other characters', () => {
  const folder = emptyFolder();
  writeFileSync(join(folder, 'plain.txt'), `authorization: Bearer ${canary}`);
  writeFileSync(
    join(folder, 'base64.txt'),
    Buffer.from(`{"authorization":"Bearer ${canary}"}`).toString('base64'),
  );
  const percent = [...canary].map((c) => `%25${c.charCodeAt(0).toString(16)}`).join('');
  writeFileSync(join(folder, 'percent.txt'), percent);
  writeFileSync(join(folder, 'wide.txt'), Buffer.from(canary, 'utf16le'));
  expect(leaksIn(folder, secrets).map((leak) => leak.replace(/^.*\/([^/]+): .*$/, '$1'))).toEqual(
    expect.arrayContaining(['plain.txt', 'base64.txt', 'percent.txt', 'wide.txt']),
  );
});
