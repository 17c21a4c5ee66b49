import { mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { claimsOf } from '../../../fixtures/auth/jwt.ts';
import type { Environment } from '../../../fixtures/configuration/variables.ts';
import type { IdentityProvider } from '../support/identity-provider/provider.ts';
import { at, expect, graph, sentenceOf, test } from '../support/sign-in.ts';

const atDesk = (provider: IdentityProvider, file?: string): Environment =>
  at(provider, { GRAPH_SIGN_IN: 'device-code', ...(file && { GRAPH_STORED_SIGN_IN: file }) });
const withStored = (provider: IdentityProvider, file: string): Environment =>
  at(provider, { GRAPH_STORED_SIGN_IN: file });

/** The one refresh token of a stored sign-in, which its owner alone can read. */
async function refreshTokenIn(path: string): Promise<string> {
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  const [, token = ''] = /"(1\.refresh-[^"]+)"/.exec(await readFile(path, 'utf8')) ?? [];
  return token;
}

test('a device code signs a user in, and is stored for later runs', async ({
  signing: { provide, folder, shown, signInBy },
}) => {
  const provider = await provide();
  const file = join(folder, 'new', 'stored');
  const identity = await signInBy(atDesk(provider, file));
  expect(identity).toMatchObject({ method: 'device-code', kind: 'delegated' });
  const token = await identity.token();
  expect(claimsOf(token)).toMatchObject({ aud: graph, idtyp: 'user' });
  const asked = `^To sign in, open ${provider.origin}/device and enter the code [A-Z0-9]{9}\\.$`;
  expect(shown).toEqual([expect.stringMatching(new RegExp(asked))]);
  expect(provider.tokenRequests()).toBe(2);
  expect(await readdir(join(folder, 'new'))).toEqual(['stored']);
  const first = await refreshTokenIn(file);
  expect(identity.secrets()).toEqual([token]);
  expect((await signInBy(atDesk(provider, file))).kind).toBe('delegated');
  expect(shown).toHaveLength(1);
  const nightly = await signInBy({ ...withStored(provider, file), CI: 'true' });
  expect(nightly).toMatchObject({ method: 'stored', kind: 'delegated' });
  expect(await refreshTokenIn(file)).not.toBe(first);
});

test('a device sign-in without a file lasts for the run, and says so', async ({
  signing: { provide, clock, shown, signInBy },
}) => {
  const identity = await signInBy(atDesk(await provide()));
  const first = await identity.token();
  clock.now += 3_400_000;
  expect(await identity.token()).not.toBe(first);
  expect(shown).toEqual([
    expect.stringContaining('To sign in, open'),
    expect.stringContaining('kept for this run only'),
  ]);
});

test('a stored sign-in is renewed from the file, and says where it could not be written', async ({
  signing: { provide, write, folder, clock, shown, signInBy },
}) => {
  const provider = await provide();
  const file = await write('stored', provider.storedSignIn());
  const identity = await signInBy(withStored(provider, file));
  const first = await identity.token();
  expect(provider.tokenRequests()).toBe(1);
  clock.now += 3_400_000;
  expect(await identity.token()).not.toBe(first);
  expect(provider.requests.at(-1)).toMatch(/refresh_token$/);
  expect(shown).toEqual([]);
  await mkdir(`${file}.${process.pid}`);
  await signInBy(withStored(provider, file));
  expect(shown).toEqual([expect.stringContaining('could not be written to the file of GRAPH_')]);
  expect(await readdir(folder)).toContain('stored');
});

test('a user whose stored sign-in has expired is asked again at the desk, once', async ({
  signing: { provide, write, shown, clock, signInBy },
}) => {
  const provider = await provide({ faults: { 'refresh token': 700082 } });
  const file = await write('stored', provider.storedSignIn());
  const identity = await signInBy(atDesk(provider, file));
  expect(identity.kind).toBe('delegated');
  clock.now += 3_600_000;
  expect(await sentenceOf(identity.token())).toMatch(/has expired.+: sign in again at a desk/);
  expect(shown).toHaveLength(1);
});
