import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { directoryObjects } from '../../../fixtures/requests/bodies.ts';
import { routes } from '../../../schemas/operation.ts';
import { start } from '../support/process.ts';
import { emptyFolder, root } from '../support/run.ts';

/** All default bodies of seed 1, both routes: a change of it breaks the seeds in people's reports. */
const pinned = 'd1a16a593de3c476dd7900af0b0daa91cdc3c8956f8a2d68fd3c68cff5bdace7';

test('the bodies of seed 1 are the pinned ones', () => {
  const hash = createHash('sha256');
  for (const route of routes)
    for (const { bytes } of directoryObjects(1, route, undefined)) hash.update(bytes);
  expect(hash.digest('hex')).toBe(pinned);
});

const elsewhere: readonly Readonly<Record<string, string>>[] = [
  { TZ: 'UTC' },
  { TZ: 'Pacific/Kiritimati' },
  { TZ: 'America/St_Johns' },
  { LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8' },
  { LC_ALL: 'C', LANG: 'C', TZ: 'Asia/Tokyo' },
];

for (const env of elsewhere)
  test(`they are the same bytes under ${JSON.stringify(env)}`, async () => {
    const folder = emptyFolder();
    const script = join(folder, 'bodies.ts');
    const from = (path: string) => JSON.stringify(join(root, path));
    writeFileSync(
      script,
      `import { createHash } from 'node:crypto';
      import { directoryObjects } from ${from('fixtures/requests/bodies.ts')};
      const hash = createHash('sha256');
      for (const route of ['me', 'users'])
        for (const { bytes } of directoryObjects(1, route, undefined)) hash.update(bytes);
      const { locale, timeZone } = new Intl.DateTimeFormat().resolvedOptions();
      console.log(JSON.stringify({ digest: hash.digest('hex'), locale, timeZone }));`,
    );
    const jiti = join(root, 'node_modules/jiti/lib/jiti-cli.mjs');
    const { output } = await start(process.execPath, [jiti, script], folder, env);
    const { digest, locale, timeZone } = JSON.parse(output);
    expect(digest).toBe(pinned);
    // The child is really elsewhere: an ignored variable would prove nothing.
    if (env.TZ !== undefined) expect(timeZone).toBe(env.TZ);
    // Only Linux takes its locale from there.
    if (env.LC_ALL?.startsWith('tr') && process.platform === 'linux') expect(locale).toBe('tr-TR');
  });
