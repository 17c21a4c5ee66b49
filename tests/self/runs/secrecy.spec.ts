import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { alteredTokens } from '../../../fixtures/http/authorization.ts';
import { withBody, withLine } from '../mutants/defects/rewrite.ts';
import { leaksIn, leaksInText } from '../support/leaks.ts';
import type { Defect } from '../support/mock.ts';
import { contract, contractAt, emptyFolder, pointedAtNobody } from '../support/run.ts';

const canary = 'canary.Zx9-QmVhcmVyIGNhbmFyeQ_7f3e1d5b9a.secret-Part~42';
const secrets = [canary, ...alteredTokens(canary)];

const loudly = '--add-reporter=list,line,json,junit,blob,github';

/** Repeats the client's own headers in every place a response has. */
const echoing: Defect = (response, { headers }) => {
  const given = headers.authorization ?? '';
  const base64 = Buffer.from(given).toString('base64');
  const object = { id: given, '@odata.type': given, deletedDateTime: given, seen: headers, base64 };
  const changed = withLine(withBody(response, JSON.stringify(object)), 'X-Echo', given);
  return { ...withLine(changed, 'Location', `/${given}`), reason: `Hello ${given}` };
};

/** The token as servers write it that escape what they repeat. */
const escaping: Defect = (response, { headers }) => {
  const given = headers.authorization ?? '';
  const object = {
    id: encodeURIComponent(given),
    '@odata.type': given.replaceAll(/[^a-z0-9]/gi, (c) => `&#${c.charCodeAt(0)};`),
    deletedDateTime: JSON.stringify(JSON.stringify(given)),
    base64: Buffer.from(`a text before ${given}`).toString('base64'),
    url: Buffer.from(given).toString('base64url'),
  };
  const changed = withBody(response, JSON.stringify(object));
  return withLine(changed, 'Location', `/${encodeURIComponent(given)}`);
};

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
const silences = (['reset', 'drop', 'hang'] as const).map(
  (wire): Defect =>
    (response) => ({ ...response, wire }),
);
const inTurn =
  (defects: readonly Defect[]): Defect =>
  (response, request) =>
    defects[request.n % defects.length]?.(response, request) ?? response;

const loudest = {
  CONTRACT_SAMPLES: '2',
  CONTRACT_TIMEOUT_MS: '300',
  DEBUG: 'pw:api,pw:protocol*',
  NODE_DEBUG: 'http,net,tls,undici',
  GITHUB_ACTIONS: 'true',
};
const onTrace = ['--trace=on', loudly];

// biome-ignore format: a row a line
const servers: readonly (readonly [what: string, run: () => ReturnType<typeof contractAt>])[] = [
  ['a server repeats the token in every place, as it is or escaped', () => contractAt({ token: canary, defect: inTurn(echoes) }, loudest, onTrace)],
  ['a server never answers', () => contractAt({ token: canary, defect: inTurn(silences) }, loudest, [...onTrace, '--grep=create-answered|odata-type'])],
  ['nobody listens', async () => contract({ ...loudest, ...(await pointedAtNobody(canary)) }, onTrace)],
];
for (const [what, run] of servers)
  test(`no secret is written where ${what}, with every report and trace`, async () => {
    const { code, output, folder } = await run();
    expect([1, 3]).toContain(code);
    if (what === 'nobody listens')
      expect([code, output]).toEqual([
        3,
        expect.stringMatching(
          /^INCONCLUSIVE the target could not .*ECONNREFUSED.*; is it started.*\ncounted .* \(\d+ not checked, \d+ untested\)$/m,
        ),
      ]);
    expect(leaksInText('output', output, secrets)).toEqual([]);
    expect(leaksIn(folder, secrets)).toEqual([]);
  });

test('the search finds a secret where there is one: in a file, in base64, in other characters', () => {
  const folder = emptyFolder();
  const written = {
    plain: `authorization: Bearer ${canary}`,
    base64: Buffer.from(`{"authorization":"Bearer ${canary}"}`).toString('base64'),
    percent: [...canary].map((c) => `%25${c.charCodeAt(0).toString(16)}`).join(''),
    wide: Buffer.from(canary, 'utf16le'),
  };
  for (const [name, text] of Object.entries(written)) writeFileSync(join(folder, name), text);
  const found = leaksIn(folder, secrets).map((leak) => leak.replace(/^.*\/([^/]+): .*$/, '$1'));
  expect(found).toEqual(expect.arrayContaining(Object.keys(written)));
});
