import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { Journal } from '../../../fixtures/tenant/journal.ts';
import { startIdentityProvider } from './identity-provider/provider.ts';
import { type Environment, start } from './process.ts';
import { contract, emptyFolder, reportFolder, root } from './run.ts';
import { startTenant } from './tenant.ts';

/** An embedded tenant with its identity provider, and what a nightly run at it needs. */
export type Nightly = Awaited<ReturnType<typeof startNightly>>;

/** What the embedded tenant is known to do otherwise than the page says. */
const declared = fileURLToPath(
  new URL('../../../fixtures/deviations/embedded-tenant.example.json', import.meta.url),
);

/** The line of the workflow that runs a night. */
function workflowLine(): string {
  const { jobs } = parse(readFileSync(join(root, '.github/workflows/nightly.yml'), 'utf8'));
  const lines: string[] = jobs.contract.steps.flatMap(({ run = '' }) => run);
  return lines.find((line) => /\btest$/.test(line)) ?? 'exit 99';
}

/** Starts both, with an application's secret and a user's stored sign-in side by side. */
export async function startNightly() {
  const provider = await startIdentityProvider({
    clientSecret: 'canary-client-secret~Zx9.7f3e1d5b9a',
  });
  const { tenantId, userId, clientId, clientSecret, origin } = provider;
  const tenant = await startTenant(provider);
  const own = emptyFolder();
  const stored = join(own, 'stored-sign-in.json');
  writeFileSync(stored, provider.storedSignIn(), { mode: 0o600 });
  const env: Record<string, string> = {
    GRAPH_BASE_URL: tenant.baseUrl,
    GRAPH_USER_ID: userId,
    GRAPH_LIVE_TENANT: tenantId,
    GRAPH_STORED_SIGN_IN: stored,
    AZURE_TENANT_ID: tenantId,
    AZURE_CLIENT_ID: clientId,
    AZURE_CLIENT_SECRET: clientSecret,
    AZURE_AUTHORITY_HOST: origin,
    CONTRACT_DEVIATIONS: declared,
    CONTRACT_SEED: '7',
    CONTRACT_SAMPLES: '1',
  };
  const jiti = join(root, 'node_modules/jiti/lib/jiti-cli.mjs');
  const commands = join(root, 'tests/setup/commands.ts');
  return {
    ...{ provider, tenant, env },
    /** Where its runs write, one after another. */
    folder: own,
    run: (args?: readonly string[], more?: Environment, folder = own) =>
      contract({ ...env, ...more }, args, folder),
    /** Starts a run as the job of the workflow does: by its own line, in a shell. */
    runAsJob: () =>
      start('bash', ['-e', '-c', workflowLine()], root, {
        ...env,
        CONTRACT_REPORT: reportFolder(own),
      }),
    /** Starts a command beside a run. */
    command: (name: string, more?: Environment) =>
      start(process.execPath, [jiti, commands, name], own, { ...env, ...more }),
    /** The creates that a journal holds open: not known to be undone. */
    openCreates: (folder = own) => new Journal(reportFolder(folder), tenantId).read().open,
    close: async () => {
      await tenant.close();
      await provider.close();
    },
  };
}
