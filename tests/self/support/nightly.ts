import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type IdentityProvider, startIdentityProvider } from './identity-provider/provider.ts';
import { emptyFolder } from './run.ts';
import { startTenant, type Tenant, type TenantOptions } from './tenant.ts';

/** An embedded tenant with its identity provider, and the environment of a nightly run at it. */
export interface Nightly {
  readonly provider: IdentityProvider;
  readonly tenant: Tenant;
  readonly folder: string;
  readonly env: Record<string, string>;
  /** What must never be written down. */
  readonly secrets: readonly string[];
  close(): Promise<void>;
}

/** What the embedded tenant is known to do otherwise than the page says. */
const declared = fileURLToPath(
  new URL('../../../fixtures/deviations/embedded-tenant.example.json', import.meta.url),
);

/** Starts both, with an application's secret and a person's stored sign-in side by side. */
export async function startNightly(manners: Partial<TenantOptions> = {}): Promise<Nightly> {
  const provider = await startIdentityProvider({
    clientSecret: 'canary-client-secret~Zx9.7f3e1d5b9a',
  });
  const { tenantId, userId, keys, clientId, clientSecret, origin } = provider;
  const tenant = await startTenant({ tenantId, userId, keys, throttleEvery: 11, ...manners });
  const folder = emptyFolder();
  const stored = join(folder, 'stored-sign-in.json');
  writeFileSync(stored, provider.storedSignIn(), { mode: 0o600 });
  return {
    provider,
    tenant,
    folder,
    secrets: [clientSecret],
    env: {
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
    },
    close: async () => {
      await tenant.close();
      await provider.close();
    },
  };
}
