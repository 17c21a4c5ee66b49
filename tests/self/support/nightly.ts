import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { journalOf, type OpenEntry } from '../../../fixtures/tenant/journal.ts';
import { type IdentityProvider, startIdentityProvider } from './identity-provider/provider.ts';
import { type Ended, type Environment, type Started, start } from './process.ts';
import { type ChildRun, contract, emptyFolder, root } from './run.ts';
import { startTenant, type Tenant, type TenantOptions } from './tenant.ts';

/** An embedded tenant with its identity provider, and what a nightly run at it needs. */
export interface Nightly {
  readonly provider: IdentityProvider;
  readonly tenant: Tenant;
  /** Where its runs write, one after another. */
  readonly folder: string;
  readonly env: Record<string, string>;
  /** What must never be written down. */
  readonly secrets: readonly string[];
  /** Starts a run at the tenant. */
  run(args?: readonly string[], env?: Environment): Started<ChildRun>;
  /** Starts "npm run acknowledge". */
  acknowledge(): Started<Ended>;
  /** The creates that its journal holds open: not known to be undone. */
  openCreates(): readonly OpenEntry[];
  close(): Promise<void>;
}

/** What the embedded tenant is known to do otherwise than the page says. */
const declared = fileURLToPath(
  new URL('../../../fixtures/deviations/embedded-tenant.example.json', import.meta.url),
);

/** Starts both, with an application's secret and a user's stored sign-in side by side. */
export async function startNightly(options: Partial<TenantOptions> = {}): Promise<Nightly> {
  const provider = await startIdentityProvider({
    clientSecret: 'canary-client-secret~Zx9.7f3e1d5b9a',
  });
  const { tenantId, userId, keys, clientId, clientSecret, origin } = provider;
  const tenant = await startTenant({ tenantId, userId, keys, throttleEvery: 11, ...options });
  const folder = emptyFolder();
  const stored = join(folder, 'stored-sign-in.json');
  writeFileSync(stored, provider.storedSignIn(), { mode: 0o600 });
  const nightlyEnv = {
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
  };
  return {
    provider,
    tenant,
    folder,
    secrets: [clientSecret],
    env: nightlyEnv,
    run: (args, env) => contract({ ...nightlyEnv, ...env }, args, folder),
    acknowledge: () =>
      start(
        process.execPath,
        [
          join(root, 'node_modules/jiti/lib/jiti-cli.mjs'),
          join(root, 'fixtures/tenant/acknowledge.ts'),
        ],
        folder,
        nightlyEnv,
      ),
    openCreates: () => journalOf(join(folder, 'contract-report'), tenantId).read().open,
    close: async () => {
      await tenant.close();
      await provider.close();
    },
  };
}
