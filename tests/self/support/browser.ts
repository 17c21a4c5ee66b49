import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright';

/** Debian's package, where there is one; elsewhere Playwright's own. */
const debian = '/usr/bin/chromium';

/** Whether there is a browser to test with; .ci/run installs one, a bare machine may have none. */
export function hasBrowser(): boolean {
  return existsSync(debian) || existsSync(chromium.executablePath());
}

/** A Chromium that asks nobody for anything of its own. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    ...(existsSync(debian) && { executablePath: debian }),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
