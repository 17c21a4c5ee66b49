import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import type { Browser } from 'playwright';
import { reportPage } from '../../report/formats/html/page.ts';
import { openBrowser, openPage, unfold } from '../support/browser.ts';
import {
  deviating,
  reportOfRun,
  reportOn,
  runDate,
  writtenExchange,
  writtenRun,
} from '../support/written-runs.ts';

const pageOfRun = (n: number) => reportPage([reportOfRun(n)]);
const narrow = { viewport: { width: 360, height: 740 } };

let chromium: Browser;
test.beforeAll(async () => {
  chromium = await openBrowser();
});
test.afterAll(() => chromium.close());

test('the page of the eighth run says what fails first, without script or request', async () => {
  const { page, requests, messages } = await openPage(chromium, pageOfRun(8), {
    javaScriptEnabled: false,
  });
  await expect(page.locator('h1')).toHaveText(
    'FAILED date-instant on /me: expected the instant that was sent, received another instant in 61 of 103 creates, first pair-01; 1 more finding',
  );
  const lines = await page.locator('header p').allInnerTexts();
  expect(lines.slice(1, 3)).toEqual([
    expect.stringMatching(
      /: 2 deviate, 1 warning, \d+ conform, 1 known deviation \(11 untested, 241 requests\)$/,
    ),
    '1 new, 1 flaky since the run of 2026-11-22',
  ]);
  expect(await page.locator('h2').allInnerTexts()).toEqual([
    'Failing 2',
    'Warnings 1',
    'Known deviations 1',
    'Every requirement',
  ]);
  const card = page.locator('article:has-text("date-instant")');
  await expect(card.locator('dd').first()).toHaveCSS('outline-style', 'none');
  await expect(card.locator('.quiet').first()).toHaveCSS('font-family', 'system-ui');
  // Of the rule's own words none is a link.
  const rule = page.locator('details:has-text("odata-version") .rule');
  expect(await rule.locator('a').allTextContents()).toEqual(['OData 8.1.5', 'RFC 9110 §5.3']);
  await expect(card.locator('mark')).toContainText('2017-01-01T00:00:34.0507931Z');
  await expect(card.locator('.curl')).toContainText(
    `'Authorization: Bearer '"$GRAPH_ACCESS_TOKEN"`,
  );
  const marks = page.locator('tr#create-status .sparkline');
  await expect(marks).toHaveAttribute(
    'aria-label',
    'conforms in 3 runs, then deviates in 2 runs, then conforms in 3 runs',
  );
  expect(await marks.locator('title').allTextContents()).toContain(
    `deviates: ${runDate(4)} 02:00 UTC to ${runDate(5)} 02:00 UTC`,
  );
  expect([requests, messages]).toEqual([[], []]);
  await page.locator('input').check();
  await expect(page.locator('tr#create-status')).toBeHidden();
  await expect(page.locator('tr#date-instant')).toBeVisible();
});

const at = (target: string, overrides = {}) =>
  reportOn(writtenRun(runDate(1), overrides, { target }));

test('what is marked is seen without scrolling in its box', async () => {
  const many = Array.from({ length: 30 }, (_, i): [string, string] => [`X-${i}`, 'x']);
  const html = reportPage([reportOfRun(8, {}, writtenExchange(undefined, many))]);
  const { page } = await openPage(chromium, html, { viewport: { width: 1280, height: 9_000 } });
  await expect(page.locator('article:has-text("date-instant") mark')).toBeInViewport();
});

test('what is flaky and conforms now is folded behind all that is found', async () => {
  const { page } = await openPage(chromium, pageOfRun(7));
  const flaky = page.getByText(/^create-answered conforms now, but changed/);
  await expect(flaky).toBeHidden();
  await page.locator('section + details.card', { has: flaky }).locator('summary').click();
  await expect(flaky).toBeVisible();
});

test('no id of the page repeats, with several runs', async () => {
  const all = [reportOfRun(8), reportOfRun(7), at('b', { 'create-status': deviating('200') })];
  const { page } = await openPage(chromium, reportPage(all));
  const ids = await page.locator('[id]').evaluateAll((found) => found.map(({ id }) => id));
  expect(new Set(ids).size).toBe(ids.length);
});

test('every target leads to its own files', async () => {
  const [a, b] = ['a', 'b'].map((file) => ({
    ...at(file),
    file,
    recording: `../x #/${file}.jsonl`,
  }));
  if (!a || !b) throw new Error('two targets');
  const { page } = await openPage(chromium, reportPage([a, b], ['html/index.html']));
  const links = await page
    .locator('header p:has-text("Beside") a')
    .evaluateAll((all) => all.map((each) => each.getAttribute('href')));
  const linksOf = (file: string) => [
    `${file}.md`,
    `${file}.json`,
    'html/index.html',
    `../x%20%23/${file}.jsonl`,
  ];
  expect(links).toEqual(['a', 'b'].flatMap(linksOf));
});

test('targets stand side by side, the worst first, say where they differ, and are at most fifty', async () => {
  const targets = Array.from({ length: 60 }, (_, i) => at(`t${i}`));
  const worst = at('worst', { 'create-status': deviating('200') });
  const { page } = await openPage(chromium, reportPage([...targets, worst]));
  await expect(page.locator('h1')).toHaveCount(50);
  await expect(page.locator('h1').first()).toContainText('FAILED worst: create-status');
  await expect(page.locator('header')).toContainText('50 of 61 targets are shown');
  expect(await page.title()).toBe('FAILED: Create registeredDevices');
  expect(await page.locator('tr:has(.tag) code').allInnerTexts()).toEqual(['create-status']);
});

test('no WCAG A or AA violation, in both colour schemes', async () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    const { page } = await openPage(chromium, pageOfRun(8), { colorScheme });
    await unfold(page);
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
      .analyze();
    const found = violations.map(
      ({ id, nodes }) => `${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`,
    );
    expect(found, colorScheme).toEqual([]);
  }
});

test('at 360 px the page does not scroll sideways, and the sentence of a requirement stays', async () => {
  const { page } = await openPage(chromium, pageOfRun(8), narrow);
  await unfold(page);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
  await expect(page.locator('tr#create-status .text')).toBeVisible();
});

test('on paper everything is open, and the page is read with the keyboard alone', async () => {
  const { page } = await openPage(chromium, pageOfRun(8));
  await page.keyboard.press('Tab');
  expect(await page.evaluate('document.activeElement.textContent')).toContain('To the table');
  const folded = page.locator('details.card dl').last();
  await expect(folded).toBeHidden();
  await page.emulateMedia({ media: 'print' });
  await expect(folded).toBeVisible();
  expect((await page.pdf()).length).toBeGreaterThan(10_000);
});
