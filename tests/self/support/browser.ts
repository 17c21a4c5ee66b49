import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright';
import { emptyFolder } from './run.ts';

/** Debian's package, where there is one; elsewhere Playwright's own. */
const debian = '/usr/bin/chromium';

/** Whether there is a browser to test with; .ci/run installs one, a bare machine may have none. */
export function hasBrowser(): boolean {
  return existsSync(debian) || existsSync(chromium.executablePath());
}

export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    ...(existsSync(debian) && { executablePath: debian }),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
}

/** Opens HTML from a file, as a user does; with what it requested, and wrote to the console or in dialogs. */
export async function openPage(
  browser: Browser,
  html: string,
  options: BrowserContextOptions = {},
) {
  const file = join(emptyFolder(), 'index.html');
  writeFileSync(file, html);
  const url = pathToFileURL(file).href;
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const requests: string[] = [];
  const messages: string[] = [];
  page.on('request', (request) => void (request.url() !== url && requests.push(request.url())));
  page.on('console', (message) => messages.push(message.text()));
  page.on('dialog', (dialog) => {
    messages.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.goto(url);
  return { page, requests, messages };
}

export async function unfold(page: Page): Promise<void> {
  await page.evaluate('for (const each of document.querySelectorAll("details")) each.open = true');
}
