import { randomBytes, randomUUID } from 'node:crypto';
import type { Fault } from './faults.ts';

/** What a token request is made with, or the endpoint it is made at. */
export type Credential =
  | 'client secret'
  | 'client certificate'
  | 'federation'
  | 'device code'
  | 'refresh token'
  | 'managed identity'
  | 'GitHub'
  | 'Azure Pipelines';

/** What a test may choose; everything else is random or harmless. */
export interface ProviderOptions {
  readonly clientSecret?: string;
  /** PEM certificates registered for the application. */
  readonly certificates?: readonly string[];
  readonly lifetimeSeconds?: number;
  /** The provider's clock in milliseconds: its Date header, and the times in its tokens. */
  readonly now?: () => number;
  /** Polls that are answered with authorization_pending. */
  readonly devicePolls?: number;
  /** Whether refusals repeat the request, as a careless or hostile server does. */
  readonly echo?: boolean;
  /** Whether access tokens are opaque, as those of personal accounts are. */
  readonly opaque?: boolean;
  readonly faults?: Partial<Record<Credential, Fault>>;
}

/** Whose assertion is accepted, about whom and for whom: a federated credential. */
export interface FederatedCredential {
  readonly issuer: string;
  readonly subject: string;
  readonly audience: string;
}

/** All that one provider knows. */
export interface State extends Required<Omit<ProviderOptions, 'faults'>> {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  readonly tenantId: string;
  readonly clientId: string;
  readonly userId: string;
  readonly servicePrincipalId: string;
  readonly federated: readonly FederatedCredential[];
  readonly platformSecrets: Readonly<Record<'gitHub' | 'pipelines' | 'managedIdentity', string>>;
  readonly serviceConnectionId: string;
  readonly faults: Map<string, Fault>;
  /** Device codes that were given out, with the polls still to be answered with "pending". */
  readonly deviceCodes: Map<string, number>;
  readonly refreshTokens: Set<string>;
}

export function newState(origin: string, options: ProviderOptions): State {
  const random = () => randomBytes(24).toString('base64url');
  return {
    clientSecret: `secret~${random()}`,
    certificates: [],
    lifetimeSeconds: 3600,
    now: Date.now,
    devicePolls: 1,
    echo: false,
    opaque: false,
    ...options,
    origin,
    tenantId: randomUUID(),
    clientId: randomUUID(),
    userId: randomUUID(),
    servicePrincipalId: randomUUID(),
    federated: ['/cluster', '/github', '/pipelines'].map((path) => ({
      issuer: `${origin}${path}`,
      subject: 'repo:owner@1/repo@2:environment:nightly',
      audience: 'api://AzureADTokenExchange',
    })),
    platformSecrets: {
      gitHub: `github-${random()}`,
      pipelines: `pipelines-${random()}`,
      managedIdentity: `identity-${random()}`,
    },
    serviceConnectionId: randomUUID(),
    faults: new Map(Object.entries(options.faults ?? {})),
    deviceCodes: new Map(),
    refreshTokens: new Set(),
  };
}
