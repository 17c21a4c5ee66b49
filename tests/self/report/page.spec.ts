import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import { test as base, expect } from '@playwright/test';
import type { Browser, BrowserContextOptions, Page } from 'playwright';
import { reportPage } from '../../report/formats/html/page.ts';
import { openBrowser } from '../support/browser.ts';
import { pageOfRun } from '../support/eight-runs.ts';
import { emptyFolder } from '../support/run.ts';

const test = base.extend<object, { chromium: Browser }>({
  chromium: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures' names from this pattern
    async ({}, use) => {
      const browser = await openBrowser();
      await use(browser);
      await browser.close();
    },
    { scope: 'worker' },
  ],
});

interface Opened {
  readonly page: Page;
  /** Everything the page asked for, itself left out. */
  readonly requests: string[];
  readonly complaints: string[];
}

async function open(
  browser: Browser,
  html: string,
  options: BrowserContextOptions = {},
): Promise<Opened> {
  const file = join(emptyFolder(), 'index.html');
  writeFileSync(file, html);
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const requests: string[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('console', (message) => complaints.push(message.text()));
  page.on('dialog', (dialog) => {
    complaints.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.goto(pathToFileURL(file).href);
  return { page, requests: requests.filter((url) => !url.endsWith('/index.html')), complaints };
}

test('the page of the eighth night says what is new first, without script or request', async ({
  chromium,
}) => {
  const { page, requests, complaints } = await open(chromium, reportPage(pageOfRun(8)), {
    javaScriptEnabled: false,
  });
  await expect(page.locator('h1')).toHaveText(
    '1 broke since the run of 2026-11-22 · 2 known deviations · 0 stale · 1 flaky · 2 slower',
  );
  const headings = await page.locator('h2').allInnerTexts();
  expect(headings.slice(0, 2)).toEqual(['Broke 1', 'Slower 2']);
  const card = page.locator('article').first();
  await expect(card.locator('h3')).toContainText('date-instant');
  await expect(card.locator('dd.since')).toHaveText('2026-11-23, now for the first time');
  await expect(card.locator('mark')).toContainText('2017-01-01T00:00:34.0507931Z');
  await expect(card.locator('.curl')).toContainText('Authorization: Bearer $GRAPH_ACCESS_TOKEN');
  await expect(page.locator('.strip').nth(4)).toHaveAttribute(
    'aria-label',
    'conforms in 3 runs, then deviates in 2 runs, then conforms in 3 runs',
  );
  expect([requests, complaints]).toEqual([[], []]);
});

test('what breaks on the fourth night is still broken on the fifth and fixed on the sixth', async ({
  chromium,
}) => {
  const seen: string[][] = [];
  for (const n of [3, 4, 5, 6, 7]) {
    const { page } = await open(chromium, reportPage(pageOfRun(n)));
    const headings = await page.locator('h2').allInnerTexts();
    seen.push(headings.filter((each) => /^(Broke|Still|Fixed)/.test(each)));
  }
  expect(seen).toEqual([['Fixed 1'], ['Broke 2'], ['Still broken 2'], ['Fixed 2'], []]);
});

test('no WCAG A or AA violation, in both colour schemes', async ({ chromium }) => {
  for (const colorScheme of ['light', 'dark'] as const)
    for (const n of [1, 5, 6, 8]) {
      const { page } = await open(chromium, reportPage(pageOfRun(n)), { colorScheme });
      await page.evaluate(
        'for (const each of document.querySelectorAll("details")) each.open = true',
      );
      const { violations } = await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
        .analyze();
      const found = violations.map(
        ({ id, nodes }) => `${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`,
      );
      expect(found, `night ${n}, ${colorScheme}`).toEqual([]);
    }
});

test('at 360 px the page does not scroll sideways', async ({ chromium }) => {
  const viewport = { width: 360, height: 740 };
  const { page } = await open(chromium, reportPage(pageOfRun(8)), { viewport });
  await page.evaluate('for (const each of document.querySelectorAll("details")) each.open = true');
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
});

test('on paper everything is open, and the page is read with the keyboard alone', async ({
  chromium,
}) => {
  const { page } = await open(chromium, reportPage(pageOfRun(8)));
  await page.keyboard.press('Tab');
  expect(await page.evaluate('document.activeElement.textContent')).toContain('To the table');
  const folded = page.locator('details.card dl').last();
  await expect(folded).not.toBeInViewport();
  const before = await page.evaluate('document.body.scrollHeight');
  await page.emulateMedia({ media: 'print' });
  expect(await page.evaluate('document.body.scrollHeight')).toBeGreaterThan(Number(before));
  expect((await page.pdf()).length).toBeGreaterThan(10_000);
});
