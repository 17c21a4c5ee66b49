import { expect, test } from '@playwright/test';
import { bodyLimit } from '../../../fixtures/network/observed.ts';
import { annotations, reportJunit } from '../../report/formats/ci.ts';
import { reportPage } from '../../report/formats/html/page.ts';
import { reportMarkdown, summaryMarkdown } from '../../report/formats/markdown.ts';
import { reportTerminal } from '../../report/formats/terminal.ts';
import { openBrowser, openPage, unfold } from '../support/browser.ts';
import { deviating, reportOfRun, writtenExchange } from '../support/written-runs.ts';

const script = `</pre></style></title><script>alert(1)</script><img src="http://127.0.0.1:9/x" onerror="alert(2)"><a href="javascript:alert(3)">`;
const escapes = '\u001b[2J\u001b]0;owned\u0007\u009b31m\u0000';
const direction = '\u202egnp.exe\u2066\u200f\u2028';
/** What moves the cursor of a terminal or reverses the direction of text. */
const control = /(?![\n\t])[\p{Cc}\p{Cf}]/u;
const breaking = `" onmouseover="alert(4)" x='\` ::error::x\r\n::warning::y ##vso[task.complete] %0A ]]> <!-- --> | \\ @everyone &#64;all www.evil.invalid https://evil.invalid \n\`\`\`\n# heading`;
const hostile = [script, escapes, direction, breaking].join(' ');

function hostileReport() {
  const huge = writtenExchange(`${hostile}${'A'.repeat(bodyLimit)}`, [
    ['X-Hostile', hostile],
    ...Array.from({ length: 500 }, (_, i) => [`X-${i}`, 'y'.repeat(2_000)] as const),
  ]);
  const found = deviating(hostile, {
    detail: hostile,
    reason: hostile,
    part: 'header',
    header: 'x-hostile',
  });
  return reportOfRun(8, { 'create-status': found, 'request-id': found }, huge);
}

test('hostile responses are text on the page: nothing runs, nothing is requested, nothing is huge', async () => {
  const html = reportPage([hostileReport()]);
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

test('hostile responses cannot steer GitHub, JUnit, Markdown or a terminal', () => {
  const report = hostileReport();
  const lines = annotations(report);
  expect(lines.length).toBeGreaterThan(2);
  for (const line of lines) expect(line).toMatch(/^::(error|notice) title=[^:,\p{C}]+::\P{C}+$/u);
  const junit = reportJunit([report], [hostile]);
  expect(junit).not.toContain('<script');
  const terminal = reportTerminal(report, {
    folder: 'r',
    files: ['index.html'],
    colour: false,
    table: true,
    isMany: false,
    isDeclared: true,
  });
  const pages = [reportMarkdown(report), summaryMarkdown(report)];
  const texts = [junit, ...pages, terminal];
  for (const text of texts) {
    expect(text).not.toMatch(control);
    expect(text).not.toMatch(/##vso\[|^\s*::/m);
  }
  // Nothing is markup, an address or a name that GitHub links.
  for (const text of pages) {
    const outside = text.replace(/^(`{3,})text\n[\s\S]*?\n\1$/gm, '');
    expect(outside).not.toMatch(/<(?!\/?(code|details|summary)>)|^# heading/m);
    expect(outside).not.toMatch(/https?:\/\/|www\.|@\w|&#(64|x40);/);
  }
});
