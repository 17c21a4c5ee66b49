import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import { alteredTokens } from '../../../fixtures/http/authorization.ts';
import { withBody, withLine } from '../mutants/defects/rewrite.ts';
import { leaksIn, leaksInText } from '../support/leaks.ts';
import type { Defect, MockRequest, MockResponse } from '../support/mock.ts';
import { contract, contractAt, emptyFolder, pointedAtNobody } from '../support/run.ts';

const canary = 'canary.Zx9-QmVhcmVyIGNhbmFyeQ_7f3e1d5b9a.secret-Part~42';
const secrets = [canary, ...alteredTokens(canary)];

/** Everything a run can be asked to write; a few requirements, because without our reporter each failing one costs a worker. */
const loudly = [
  '--grep=create-answered|create-status|odata-type|error-schema',
  '--trace=on',
  '--add-reporter=list,line,json,junit,html,blob,github',
];

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

/** The token in other characters, in every property and in a header. */
function disguising(response: MockResponse, { headers }: MockRequest): MockResponse {
  const given = headers.authorization ?? '';
  const written = (write: (code: number) => string) =>
    [...given].map((character) => write(character.charCodeAt(0))).join('');
  const hex = (code: number) => code.toString(16).padStart(2, '0');
  const percent = written((code) => `%${hex(code)}`);
  const base64 = Buffer.from(`${'a text before '.repeat(9)}${given}`).toString('base64');
  const body = JSON.stringify({
    id: percent,
    '@odata.type': written((code) => `&#x${hex(code)};`),
    deletedDateTime: JSON.stringify(JSON.stringify(given.replaceAll('.', '\\u002e'))),
    lines: base64.replaceAll(/.{76}/g, '$&\r\n'),
    twice: encodeURIComponent(percent),
    decimal: written((code) => `&amp;#${code};`),
    hex: Buffer.from(given).toString('hex'),
    base64: Buffer.from(base64).toString('base64'),
    wide: [...given].join('\0'),
  });
  return withLine(withLine(withBody(response, body), 'X-Echo', percent), 'Location', `/${percent}`);
}

/** Compressed twice, and called plain JSON. */
function packing(response: MockResponse, request: MockRequest): MockResponse {
  const { body } = echoing(response, request);
  return { ...withBody(response, gzipSync(gzipSync(body))), status: 200 };
}

const servers: Record<string, Defect> = {
  'writes the token in other characters': disguising,
  'packs the token': packing,
  'echoes the token in body, headers and reason': echoing,
  'resets every connection': (response) => ({ ...response, wire: 'reset' }),
  'drops every connection': (response) => ({ ...response, wire: 'drop' }),
  'never answers': (response) => ({ ...response, wire: 'hang' }),
  'answers garbage': (response, { headers }) => ({
    ...response,
    wire: { raw: Buffer.from(`nonsense ${headers.authorization}\r\n\r\n`) },
  }),
  'redirects to another host with the token': (response, { headers }) => ({
    ...response,
    status: 307,
    headers: [['Location', `http://elsewhere.invalid/${headers.authorization}`]],
    body: Buffer.alloc(0),
  }),
};

for (const [name, defect] of Object.entries(servers)) {
  for (const args of [[], loudly]) {
    test(`no secret is written where a server ${name}${args.length > 0 ? ', with every report and trace' : ''}`, async () => {
      const env = {
        CONTRACT_SAMPLES: '2',
        CONTRACT_TIMEOUT_MS: '300',
        DEBUG: 'pw:api,pw:protocol*',
        NODE_DEBUG: 'http,net,tls,undici',
        GITHUB_ACTIONS: 'true',
      };
      const { code, output, folder } = await contractAt({ token: canary, defect }, env, args);
      expect(code).toBe(1);
      expect(leaksInText('output', output, secrets)).toEqual([]);
      expect(leaksIn(folder, secrets)).toEqual([]);
    });
  }
}

test('no secret is written where nobody listens', async () => {
  const env = { ...(await pointedAtNobody(canary)), CONTRACT_SAMPLES: '2', DEBUG: 'pw:api' };
  const { output, folder } = await contract(env, loudly);
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
