import { expect, test } from '@playwright/test';
import { annotations } from '../../report/formats/github.ts';
import { reportPage } from '../../report/formats/html/page.ts';
import { reportJunit } from '../../report/formats/junit.ts';
import { comparisonMarkdown } from '../../report/formats/markdown.ts';
import { openBrowser, openPage, unfold } from '../support/browser.ts';
import { pageOfRun, writtenExchange } from '../support/eight-runs.ts';
import { deviating } from '../support/written-runs.ts';

const script = `</pre></style></title><script>alert(1)</script><img src="http://127.0.0.1:9/x" onerror="alert(2)"><a href="javascript:alert(3)">`;
const escapes = '\u001b[2J\u001b]0;owned\u0007\u009b31m\u0000';
const direction = '\u202egnp.exe\u2066\u200f\u2028';
/** What moves the cursor of a terminal or reverses the direction of text. */
const control = /(?![\n\t])[\p{Cc}\p{Cf}]/u;
const breaking = `" onmouseover="alert(4)" x='\` ::error::x\r\n::warning::y %0A ]]> <!-- --> | \\`;
const hostile = [script, escapes, direction, breaking].join(' ');

/** The page of a run whose findings and exchange hold everything above, in 5 MB. */
function hostilePage() {
  const huge = writtenExchange(`${hostile}${'A'.repeat(5_000_000)}`, [
    ['X-Hostile', hostile],
    ...Array.from({ length: 500 }, (_, i) => [`X-${i}`, 'y'.repeat(2_000)] as const),
  ]);
  const found = deviating(hostile, {
    detail: hostile,
    reason: hostile,
    part: 'header',
    header: 'x-hostile',
  });
  return pageOfRun(8, { 'create-status': found, 'request-id': found }, huge);
}

test('hostile responses are text on the page: nothing runs, nothing is requested, nothing is huge', async () => {
  const html = reportPage(hostilePage());
  expect(html.length).toBeLessThan(300_000);
  expect(html).not.toMatch(control);
  const browser = await openBrowser();
  const { page, requests, messages } = await openPage(browser, html, {
    viewport: { width: 360, height: 740 },
  });
  await unfold(page);
  expect([requests, messages]).toEqual([[], []]);
  expect(
    await page
      .locator('script, img, iframe, [onmouseover], [onerror], a[href^=javascript]')
      .count(),
  ).toBe(0);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
  await expect(page.locator('h1')).toContainText('FAILED');
  // Should something slip through after all, the policy makes it inert.
  await page.evaluate(
    `document.body.insertAdjacentHTML('beforeend', '<img src="http://127.0.0.1:9/x" onerror="window.ran = true">')`,
  );
  expect(await page.evaluate('window.ran')).toBeUndefined();
  await browser.close();
});

test('hostile responses cannot steer GitHub, JUnit or Markdown', () => {
  const [run] = hostilePage().runs;
  if (run === undefined) throw new Error('no run');
  const lines = annotations(run);
  expect(lines.length).toBeGreaterThan(2);
  for (const line of lines) expect(line).toMatch(/^::(error|notice) title=[^:,\p{C}]+::\P{C}+$/u);
  const junit = reportJunit([run.report]);
  expect(junit).not.toContain('<script');
  expect(junit).not.toMatch(control);
  const markdown = comparisonMarkdown(run);
  expect(markdown).not.toMatch(/<(?!\/?code>)/);
  expect(markdown.split('\n').filter((line) => line.startsWith('::'))).toEqual([]);
});
