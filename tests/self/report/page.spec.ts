import { AxeBuilder } from '@axe-core/playwright';
import { test as base, expect } from '@playwright/test';
import type { Browser } from 'playwright';
import { reportPage } from '../../report/formats/html/page.ts';
import { openBrowser, openPage, unfold } from '../support/browser.ts';
import { pageOfRun } from '../support/eight-runs.ts';

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

test('the page of the eighth run says what is new first, without script or request', async ({
  chromium,
}) => {
  const { page, requests, messages } = await openPage(chromium, reportPage(pageOfRun(8)), {
    javaScriptEnabled: false,
  });
  await expect(page.locator('h1')).toHaveText(
    'FAILED date-instant on /me: expected the instant that was sent, received another instant; 1 more finding',
  );
  const lines = await page.locator('header p').allInnerTexts();
  expect(lines.slice(1, 3)).toEqual([
    expect.stringMatching(
      /^\d+ requirements on 2 routes: 2 deviate, 1 warning, \d+ conform, 1 known deviation \(\d+ verdicts on 241 requests\)$/,
    ),
    '1 new, 1 flaky, 2 slower since the run of 2026-11-22',
  ]);
  const headings = await page.locator('h2').allInnerTexts();
  expect(headings.slice(0, 3)).toEqual(['Fix first 3', 'New 1', 'Slower 2']);
  const card = page.locator('article').first();
  await expect(card.locator('h3')).toContainText('date-instant');
  // Of what is new there is no "since".
  await expect(card.locator('dd.since')).toHaveCount(0);
  await expect(card.locator('mark')).toContainText('2017-01-01T00:00:34.0507931Z');
  await expect(card.locator('.curl')).toContainText('Authorization: Bearer $GRAPH_ACCESS_TOKEN');
  await expect(page.locator('.sparkline').nth(4)).toHaveAttribute(
    'aria-label',
    'conforms in 3 runs, then deviates in 2 runs, then conforms in 3 runs',
  );
  expect([requests, messages]).toEqual([[], []]);
});

test('what breaks in the fourth run is still broken in the fifth and fixed in the sixth', async ({
  chromium,
}) => {
  const seen: string[][] = [];
  for (const n of [3, 4, 5, 6, 7]) {
    const { page } = await openPage(chromium, reportPage(pageOfRun(n)));
    const headings = await page.locator('h2').allInnerTexts();
    seen.push(headings.filter((each) => /^(New|Still|Fixed)/.test(each)));
  }
  expect(seen).toEqual([['Fixed 1'], ['New 1'], ['Still failing 1'], ['Fixed 2'], []]);
});

test('every finding and requirement has an anchor, and every source its address', async ({
  chromium,
}) => {
  const { page } = await openPage(chromium, reportPage(pageOfRun(8)));
  for (const link of await page.locator('h2:has-text("Fix first") + ol a').all()) {
    const anchor = await link.getAttribute('href');
    await expect(page.locator(`[id="${anchor?.slice(1)}"]`)).toHaveCount(1);
  }
  await expect(page.locator('tr#date-instant')).toHaveCount(1);
  const addresses = page.locator('tr#content-length a');
  await expect(addresses).toHaveAttribute(
    'href',
    'https://www.rfc-editor.org/rfc/rfc9110#section-8.6',
  );
});

test('at 390 px the sentence of a requirement stays, and its id may go', async ({ chromium }) => {
  const viewport = { width: 390, height: 844 };
  const { page } = await openPage(chromium, reportPage(pageOfRun(8)), { viewport });
  await expect(page.locator('tr#create-status .text')).toBeVisible();
  await expect(page.locator('tr#create-status code')).toBeHidden();
});

test('no WCAG A or AA violation, in both colour schemes', async ({ chromium }) => {
  for (const colorScheme of ['light', 'dark'] as const)
    for (const n of [1, 5, 6, 8]) {
      const { page } = await openPage(chromium, reportPage(pageOfRun(n)), { colorScheme });
      await unfold(page);
      const { violations } = await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
        .analyze();
      const found = violations.map(
        ({ id, nodes }) => `${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`,
      );
      expect(found, `run ${n}, ${colorScheme}`).toEqual([]);
    }
});

test('at 360 px the page does not scroll sideways', async ({ chromium }) => {
  const viewport = { width: 360, height: 740 };
  const { page } = await openPage(chromium, reportPage(pageOfRun(8)), { viewport });
  await unfold(page);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
});

test('on paper everything is open, and the page is read with the keyboard alone', async ({
  chromium,
}) => {
  const { page } = await openPage(chromium, reportPage(pageOfRun(8)));
  await page.keyboard.press('Tab');
  expect(await page.evaluate('document.activeElement.textContent')).toContain('To the table');
  const folded = page.locator('details.card dl').last();
  await expect(folded).toBeHidden();
  await page.emulateMedia({ media: 'print' });
  await expect(folded).toBeVisible();
  expect((await page.pdf()).length).toBeGreaterThan(10_000);
});
