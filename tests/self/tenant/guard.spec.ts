import { expect, test } from '@playwright/test';
import { claimsOf } from '../../../fixtures/auth/jwt.ts';
import { assertTenant } from '../../../fixtures/tenant/guard.ts';
import { unsigned } from '../support/sign-in.ts';
import tokens from './tokens.json' with { type: 'json' };

const liveTenant = '72f9a1b3-0c5d-4e6f-8a7b-9c0d1e2f3a4b';
const now = Date.UTC(2026, 10, 23) / 1_000;
const here = 'https://graph.microsoft.us';

/** What a token says otherwise, times as seconds from now; null: nothing. */
interface Row {
  readonly aud?: string | null;
  readonly exp?: number | null;
  readonly nbf?: number;
}

/** Whether a token is sent to a service. */
function check({ exp = 3_600, nbf = -60, ...claims }: Row, at = `${here}/v1.0`): void {
  const times = { exp: exp === null ? null : now + exp, nbf: now + nbf };
  const token = unsigned({ aud: here, tid: liveTenant, ...claims, ...times });
  assertTenant(claimsOf(token), { baseUrl: at, liveTenant }, now);
}

test('a token is sent only where it is of the named tenant, for this service and still valid', () => {
  for (const row of tokens.sent) check(row);
  for (const { at, because, ...row } of tokens.refused)
    expect(() => check(row, at)).toThrow(
      new RegExp(`^The token ${literal(because)}.*: it was not sent`),
    );
  const opaque = () => assertTenant(undefined, { baseUrl: here, liveTenant }, now);
  expect(opaque).toThrow(
    /cannot be read, so nothing says that it belongs to .*: it was not sent\.$/,
  );
});

const literal = (text: string) => text.replaceAll(/[.()?]/g, '\\$&');
