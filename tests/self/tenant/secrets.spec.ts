import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { withJson } from '../mutants/defects/rewrite.ts';
import { leaksIn, leaksInText } from '../support/leaks.ts';
import { startNightly } from '../support/nightly.ts';
import { reportFolder } from '../support/run.ts';

test('no secret of a run is written anywhere, nor a token that a response gives as an id, also with every trace and report', async () => {
  const nightly = await startNightly();
  const tokens = new Set<string>();
  nightly.tenant.behave(({ nth, headers, accept }) => {
    if (nth === 0) return undefined;
    const [scheme, token = ''] = headers.authorization?.split(' ') ?? [];
    tokens.add(token);
    const id = nth % 2 === 0 ? `${scheme} ${token}` : token;
    return { response: withJson(accept(), { id }) };
  });
  const loudly = ['--trace=on', '--grep=create-status|token-', '--add-reporter=list,json,junit'];
  const { output, folder } = await nightly.run(loudly, { DEBUG: 'pw:api' });
  expect(output).toMatch(/^left {5}documented-example/m);
  const stored = readFileSync(nightly.env.GRAPH_STORED_SIGN_IN ?? '', 'utf8');
  const kept = [...stored.matchAll(/"secret":\s*"([^"]+)"/g)].map(([, secret = '']) => secret);
  const secrets = [nightly.provider.clientSecret, ...tokens, ...kept];
  expect([tokens.size, kept.length > 1]).toEqual([2, true]);
  expect(leaksInText('output', output, secrets)).toEqual([]);
  expect(leaksIn(reportFolder(folder), secrets)).toEqual([]);
  const journal = join(reportFolder(folder), 'journal', `${nightly.provider.tenantId}.jsonl`);
  expect(readFileSync(journal, 'utf8')).not.toMatch(/eyJ|Bearer/);
  expect(output).not.toMatch(/eyJ[\w-]{20,}\.[\w-]{20,}/);
  await nightly.close();
});
