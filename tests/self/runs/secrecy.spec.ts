import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { altered } from '../../../fixtures/http/authorization.ts';
import type { MockRequest, MockResponse } from '../../../fixtures/mock/defect.ts';
import { type Defect, startMock } from '../../../fixtures/mock/server.ts';
import { leaksIn, leaksInText } from '../support/leaks.ts';
import { contract, emptyFolder, pointedAt } from '../support/run.ts';

const canary = 'canary.Zx9-QmVhcmVyIGNhbmFyeQ_7f3e1d5b9a.secret-Part~42';
const secrets = [canary, altered(canary)];

/** Everything a run can be asked to write; a few requirements, because without our reporter each red one costs a worker. */
const loudly = [
  '--grep=create-answered|create-status|odata-type|error-schema',
  '--trace=on',
  '--reporter=list,line,json,junit,html,blob,github',
];

/** An answer that tells the caller's own headers in every place an answer has. */
function echoing(answer: MockResponse, { headers }: MockRequest): MockResponse {
  const given = headers.authorization ?? '';
  const body = Buffer.from(
    JSON.stringify({
      id: given,
      '@odata.type': given,
      deletedDateTime: given,
      seen: headers,
      base64: Buffer.from(given).toString('base64'),
    }),
  );
  const kept = answer.headers.filter(([name]) => name !== 'Content-Length');
  return {
    status: answer.status,
    reason: `Hello ${given}`,
    headers: [
      ...kept,
      ['X-Echo', given],
      ['Location', `/${given}`],
      ['Content-Length', String(body.length)],
    ],
    body,
  };
}

const servers: Record<string, () => Defect> = {
  'echoes the token in body, headers and reason': () => echoing,
  'resets every connection': () => (answer) => ({ ...answer, wire: 'reset' }),
  'drops every connection': () => (answer) => ({ ...answer, wire: 'drop' }),
  'never answers': () => (answer) => ({ ...answer, wire: 'hang' }),
  'answers garbage':
    () =>
    (answer, { headers }) => ({
      ...answer,
      wire: { raw: Buffer.from(`nonsense ${headers.authorization}\r\n\r\n`) },
    }),
  'redirects to another host with the token':
    () =>
    (answer, { headers }) => ({
      ...answer,
      status: 307,
      headers: [['Location', `http://elsewhere.invalid/${headers.authorization}`]],
      body: Buffer.alloc(0),
    }),
};

for (const [name, defect] of Object.entries(servers)) {
  for (const args of [[], loudly]) {
    test(`no secret is written where a server ${name}${args.length > 0 ? ', with every report and trace' : ''}`, async () => {
      const mock = await startMock({ token: canary, defect: defect() });
      const env = {
        ...pointedAt(mock),
        CONTRACT_SAMPLES: '2',
        CONTRACT_TIMEOUT_MS: '300',
        DEBUG: 'pw:api,pw:protocol*',
      };
      const folder = emptyFolder();
      const { code, output } = await contract({ ...env, GITHUB_ACTIONS: 'true' }, args, folder);
      await mock.close();
      expect(code).toBe(1);
      expect(leaksInText('output', output, secrets)).toEqual([]);
      expect(leaksIn(folder, secrets)).toEqual([]);
    });
  }
}

test('no secret is written where nobody listens', async () => {
  const mock = await startMock({ token: canary });
  await mock.close();
  const { output, folder } = await contract(
    { ...pointedAt(mock), CONTRACT_SAMPLES: '2', DEBUG: 'pw:api' },
    loudly,
  );
  expect(leaksInText('output', output, secrets)).toEqual([]);
  expect(leaksIn(folder, secrets)).toEqual([]);
});

test('the search finds a secret where there is one: in a file, in base64', () => {
  const folder = emptyFolder();
  writeFileSync(join(folder, 'plain.txt'), `authorization: Bearer ${canary}`);
  writeFileSync(
    join(folder, 'base64.txt'),
    Buffer.from(`{"authorization":"Bearer ${canary}"}`).toString('base64'),
  );
  expect(leaksIn(folder, secrets).map((leak) => leak.replace(/^.*\/([^/]+): .*$/, '$1'))).toEqual(
    expect.arrayContaining(['plain.txt', 'base64.txt']),
  );
});
