import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { schemaErrors } from '../../../schemas/validate.ts';
import { leaksIn, leaksInText } from '../support/leaks.ts';
import type { Nightly } from '../support/nightly.ts';
import { recordingsIn, reportFolder, reportIn, root } from '../support/run.ts';

/** What else is looked at when a night is over, by its name in nights.json. */
export const checks: Readonly<Record<string, (nightly: Nightly, output: string) => void>> = {
  usual: ({ folder, tenant }) => {
    expect(reportIn(folder).summary['known deviation']).toBe(2);
    const removals = tenant.requests.filter((line) => line.startsWith('DELETE'));
    expect(removals.every((line) => line.endsWith('/$ref'))).toBe(true);
    expect(JSON.stringify(recordingsIn(folder))).toContain('Retry-After');
  },
  // What is left is in every file, and who reads them by a program finds its fields explained.
  told: ({ folder }) => {
    const read = (name: string) => readFileSync(join(reportFolder(folder), name), 'utf8');
    for (const name of ['index.html', 'report.md', 'report.json', 'junit.xml'])
      expect(read(name), name).toContain('4 references were left in the tenant');
    expect(read('history.jsonl')).toContain('"left":4');
    const fields = readFileSync(join(root, 'docs/fields.md'), 'utf8');
    for (const [name, value] of Object.entries(reportIn(folder).cleanUp ?? {}))
      for (const each of name === 'left' ? Object.keys(Object(value)[0]) : [name])
        expect(fields).toContain(`\`${each}\``);
  },
  secret: ({ folder, env, provider }, output) => {
    const stored = readFileSync(env.GRAPH_STORED_SIGN_IN ?? '', 'utf8');
    const kept = [...stored.matchAll(/"secret":\s*"([^"]+)"/g)].map(([, secret = '']) => secret);
    const secrets = [provider.clientSecret, ...provider.tokens(), ...kept];
    expect(secrets.length).toBeGreaterThan(4);
    expect(leaksInText('output', output, secrets)).toEqual([]);
    expect(leaksIn(reportFolder(folder), secrets)).toEqual([]);
    const journal = join(reportFolder(folder), 'journal', `${provider.tenantId}.jsonl`);
    expect(readFileSync(journal, 'utf8')).not.toMatch(/eyJ|Bearer/);
    expect(output).not.toMatch(/eyJ[\w-]{20,}\.[\w-]{20,}/);
  },
  // What was interrupted shows nothing that only a whole run shows.
  'nothing whole': ({ folder }) => {
    const outcomes = new Set(reportIn(folder).verdicts.map(({ outcome }) => outcome));
    expect(outcomes).toContain('error');
    for (const kept of ['conforms', 'known deviation'] as const)
      expect(outcomes).not.toContain(kept);
    const history = readFileSync(join(reportFolder(folder), 'history.jsonl'), 'utf8');
    expect(history).toContain('"status":"INCONCLUSIVE","states":{}');
    const [lines = []] = recordingsIn(folder);
    expect(lines.at(-1)).toMatchObject({ complete: false, interrupted: true });
    expect(lines.flatMap((line) => schemaErrors('recording', line))).toEqual([]);
  },
};

/** Of each requirement and route what fails. */
export function failingIn(folder: string): string[] {
  return reportIn(folder).verdicts.flatMap(({ requirement, routes }) =>
    routes.flatMap(({ route, outcome, failing }) =>
      failing ? [`${requirement} ${route} ${outcome}`] : [],
    ),
  );
}
