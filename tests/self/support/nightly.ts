import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { Journal, type OpenEntry } from '../../../fixtures/tenant/journal.ts';
import { type IdentityProvider, startIdentityProvider } from './identity-provider/provider.ts';
import { type Ended, type Environment, type Started, start } from './process.ts';
import { type ChildRun, contract, emptyFolder, root } from './run.ts';
import { startTenant, type Tenant } from './tenant.ts';

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
  run(args?: readonly string[], env?: Environment, folder?: string): Started<ChildRun>;
  /** Starts a run as the job of the workflow does: by its own line, in a shell. */
  runAsJob(env: Environment): Started<ChildRun>;
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

/** The line of the workflow that runs a night. */
export function workflowLine(): string {
  const { jobs } = parse(readFileSync(join(root, '.github/workflows/nightly.yml'), 'utf8'));
  const lines: string[] = jobs.contract.steps.flatMap(({ run = '' }) => run);
  return lines.find((line) => /\btest$/.test(line)) ?? 'exit 99';
}

/** Starts both, with an application's secret and a user's stored sign-in side by side. */
export async function startNightly(): Promise<Nightly> {
  const provider = await startIdentityProvider({
    clientSecret: 'canary-client-secret~Zx9.7f3e1d5b9a',
  });
  const { tenantId, userId, keys, clientId, clientSecret, origin } = provider;
  const tenant = await startTenant({ tenantId, userId, keys });
  const own = emptyFolder();
  const stored = join(own, 'stored-sign-in.json');
  writeFileSync(stored, provider.storedSignIn(), { mode: 0o600 });
  const env = {
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
  const report = join(own, 'contract-report');
  const jiti = join(root, 'node_modules/jiti/lib/jiti-cli.mjs');
  const acknowledge = join(root, 'fixtures/tenant/acknowledge.ts');
  return {
    provider,
    tenant,
    folder: own,
    secrets: [clientSecret],
    env,
    run: (args, more, folder = own) => contract({ ...env, ...more }, args, folder),
    runAsJob: (more) => {
      const started = start('bash', ['-e', '-c', workflowLine()], root, {
        ...env,
        ...more,
        CONTRACT_REPORT: report,
      });
      const { kill } = started;
      return Object.assign(
        started.then((ended) => ({ ...ended, folder: own })),
        { kill },
      );
    },
    acknowledge: () => start(process.execPath, [jiti, acknowledge], own, env),
    openCreates: () => new Journal(report, tenantId).read().open,
    close: async () => {
      await tenant.close();
      await provider.close();
    },
  };
}
