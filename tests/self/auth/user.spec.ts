import { chmod, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { claimsOf } from '../../../fixtures/auth/jwt.ts';
import { at, expect, graph, sentenceOf, signInBy, test } from '../support/sign-in.ts';

/** The refresh tokens that a stored sign-in holds. */
async function refreshTokensIn(path: string): Promise<string[]> {
  const cache: { RefreshToken: Record<string, { secret: string }> } = JSON.parse(
    await readFile(path, 'utf8'),
  );
  return Object.values(cache.RefreshToken).map(({ secret }) => secret);
}

const modeOf = async (path: string): Promise<number> => (await stat(path)).mode & 0o777;

test('a device code signs a person in, and is kept for the nights to come', async ({
  provide,
  folder,
}) => {
  const provider = await provide({ devicePolls: 2, deviceIntervalSeconds: 0.01 });
  const file = join(folder, 'new', 'stored');
  const env = at(provider, { GRAPH_SIGN_IN: 'device-code', GRAPH_STORED_SIGN_IN: file });
  const said: string[] = [];
  const identity = await signInBy(env, { say: (line) => said.push(line) });
  expect(identity).toMatchObject({ method: 'device code', kind: 'delegated' });
  const token = await identity.token();
  expect(claimsOf(token)).toMatchObject({ aud: graph, idtyp: 'user', oid: provider.userId });
  expect(said).toHaveLength(1);
  expect(said[0]).toMatch(
    new RegExp(`^To sign in, open ${provider.origin}/device and enter the code [A-Z0-9]{9}\\.$`),
  );
  // Two polls were told to wait.
  expect(provider.tokenRequests).toBe(3);
  expect(await modeOf(file)).toBe(0o600);
  expect(await readdir(join(folder, 'new'))).toEqual(['stored']);
  const [first = ''] = await refreshTokensIn(file);
  expect(identity.secrets()).toEqual(expect.arrayContaining([first, token]));
  // At a desk again: nobody is asked twice.
  const again = await signInBy(env, { say: (line) => said.push(line) });
  expect(again.kind).toBe('delegated');
  expect(said).toHaveLength(1);
  // And at night, with nobody at the desk.
  const night = await signInBy(at(provider, { GRAPH_STORED_SIGN_IN: file, CI: 'true' }));
  expect(night).toMatchObject({ method: 'stored sign-in', kind: 'delegated' });
  const [rotated = ''] = await refreshTokensIn(file);
  expect(rotated).not.toBe(first);
  expect(night.secrets()).toEqual(expect.arrayContaining([rotated]));
  expect(await modeOf(file)).toBe(0o600);
});

test('a device sign-in without a file is good for the run, and says so', async ({ provide }) => {
  let now = Date.now();
  const provider = await provide({ devicePolls: 0, deviceIntervalSeconds: 0.01, now: () => now });
  const said: string[] = [];
  const env = at(provider, { GRAPH_SIGN_IN: 'device-code' });
  const identity = await signInBy(env, { say: (line) => said.push(line), now: () => now });
  const first = await identity.token();
  expect(identity.notes()).toEqual([expect.stringContaining('kept for this run only')]);
  now += 3_400_000;
  expect(await identity.token()).not.toBe(first);
  expect(said).toHaveLength(1);
});

test('a stored sign-in made by another MSAL signs in, and is renewed from the file', async ({
  provide,
  folder,
}) => {
  let now = Date.now();
  const provider = await provide({ now: () => now });
  const file = join(folder, 'stored');
  await writeFile(file, provider.storedSignIn(), { mode: 0o600 });
  const identity = await signInBy(at(provider, { GRAPH_STORED_SIGN_IN: file }), {
    now: () => now,
  });
  const first = await identity.token();
  expect(provider.tokenRequests).toBe(1);
  now += 3_400_000;
  expect(await identity.token()).not.toBe(first);
  expect(provider.requests.at(-1)).toMatch(/refresh_token$/);
});

test('a person who stored a sign-in that ended is asked again at the desk', async ({
  provide,
  folder,
}) => {
  const provider = await provide({
    devicePolls: 0,
    deviceIntervalSeconds: 0.01,
    faults: { 'refresh token': 700082 },
  });
  const file = join(folder, 'stored');
  await writeFile(file, provider.storedSignIn(), { mode: 0o600 });
  const said: string[] = [];
  const env = at(provider, { GRAPH_SIGN_IN: 'device-code', GRAPH_STORED_SIGN_IN: file });
  const identity = await signInBy(env, { say: (line) => said.push(line) });
  expect(identity.kind).toBe('delegated');
  expect(said).toHaveLength(1);
});

test('nobody is asked at the desk where the server is away', async ({ provide, folder }) => {
  const provider = await provide({ faults: { 'refresh token': 'unavailable' } });
  const file = join(folder, 'stored');
  await writeFile(file, provider.storedSignIn(), { mode: 0o600 });
  const said: string[] = [];
  const env = at(provider, { GRAPH_SIGN_IN: 'device-code', GRAPH_STORED_SIGN_IN: file });
  const sentence = await sentenceOf(signInBy(env, { say: (line) => said.push(line) }));
  expect(sentence).toMatch(/is not available \(status 503\): try again later/);
  expect(said).toEqual([]);
});

for (const [fault, says] of [
  [70019, /nobody entered the code in time: try again/],
  [65004, /declined to consent: try again/],
  [7000218, /not a public client: switch on "Allow public client flows"/],
  ['html', /responded with HTML/],
  ['empty object', /responded without a token/],
] as const)
  test(`a device code that ends with ${fault}`, async ({ provide, folder }) => {
    const provider = await provide({
      deviceIntervalSeconds: 0.01,
      faults: { 'device code': fault },
    });
    const file = join(folder, 'stored');
    const env = at(provider, { GRAPH_SIGN_IN: 'device-code', GRAPH_STORED_SIGN_IN: file });
    const sentence = await sentenceOf(signInBy(env, { say: () => {} }), ['device-']);
    expect(sentence).toMatch(says);
    expect(await readdir(folder)).toEqual([]);
  });

for (const mode of [0o640, 0o604, 0o622, 0o666])
  test(`a stored sign-in of mode ${mode.toString(8)} is refused before anybody is asked`, async ({
    provide,
    folder,
  }) => {
    const provider = await provide();
    const file = join(folder, 'stored');
    await writeFile(file, provider.storedSignIn());
    await chmod(file, mode);
    const env = at(provider, { GRAPH_STORED_SIGN_IN: file });
    const sentence = await sentenceOf(signInBy(env), ['1.refresh-']);
    expect(sentence).toMatch(/can be read by others: run chmod 600/);
    expect(provider.requests).toEqual([]);
  });

test('a stored sign-in behind a link stays behind it', async ({ provide, folder }) => {
  const provider = await provide();
  const [file, link] = [join(folder, 'real'), join(folder, 'link')];
  await writeFile(file, provider.storedSignIn(), { mode: 0o600 });
  await symlink(file, link);
  const before = await refreshTokensIn(file);
  await signInBy(at(provider, { GRAPH_STORED_SIGN_IN: link }));
  expect(await refreshTokensIn(file)).not.toEqual(before);
  expect(await readdir(folder)).toEqual(['link', 'real']);
  await expect(readFile(link, 'utf8')).resolves.toBe(await readFile(file, 'utf8'));
});

test('files that hold no sign-in of ours', async ({ provide, folder }) => {
  const provider = await provide();
  const other = await provide();
  const file = join(folder, 'stored');
  const env = at(provider, { GRAPH_STORED_SIGN_IN: file });
  const holding = async (text: string): Promise<string> => {
    await writeFile(file, text, { mode: 0o600 });
    return sentenceOf(signInBy(env), ['canary', '1.refresh-']);
  };
  expect(await sentenceOf(signInBy(env))).toMatch(/there is no sign-in in .+: sign in again/);
  expect(await holding('')).toMatch(/there is no sign-in in/);
  expect(await holding('canary')).toMatch(/does not hold a stored sign-in: sign in at a desk/);
  expect(await holding('{}')).toMatch(/no user of tenant \S+ is signed in in/);
  expect(await holding('{"Account": {"a": 5}, "RefreshToken": "canary"}')).toMatch(
    /holds a stored sign-in that cannot be read|no user of tenant/,
  );
  expect(await holding(other.storedSignIn())).toMatch(/no user of tenant \S+ is signed in in/);
  const cache = JSON.parse(provider.storedSignIn());
  expect(await holding(JSON.stringify({ ...cache, RefreshToken: {} }))).toMatch(
    /holds nothing for application \S+: sign in again/,
  );
  expect(provider.requests).toEqual([]);
  await mkdir(join(folder, 'a folder'), { mode: 0o700 });
  const atFolder = at(provider, { GRAPH_STORED_SIGN_IN: join(folder, 'a folder') });
  expect(await sentenceOf(signInBy(atFolder))).toMatch(/cannot be read \(EISDIR\): check the path/);
});

test('two people in one file are one too many', async ({ provide, folder }) => {
  const provider = await provide();
  const file = join(folder, 'stored');
  const cache = JSON.parse(provider.storedSignIn());
  const [[key, account] = ['', {}]] = Object.entries<object>(cache.Account);
  const second = { ...account, home_account_id: 'second.person', local_account_id: 'second' };
  cache.Account = { [key]: account, [`second-${key}`]: second };
  await writeFile(file, JSON.stringify(cache), { mode: 0o600 });
  const sentence = await sentenceOf(signInBy(at(provider, { GRAPH_STORED_SIGN_IN: file })));
  expect(sentence).toMatch(/2 users are signed in in .+: sign in again .+ into a new file/);
});
