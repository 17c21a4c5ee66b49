import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { Defect } from '../../../fixtures/mock/server.ts';
import { withBody } from '../mutants/defects/rewrite.ts';
import { contractAt, recordingsIn, reportIn } from '../support/run.ts';

const sequence = '\u001b[2J\u001b]0;owned\u0007';
const script = '<script>alert(document.cookie)</script><img src=x onerror=alert(1)>';

const object = (id: unknown) =>
  JSON.stringify({ '@odata.type': script, id, deletedDateTime: `${sequence}${script}` });

const attacks: Record<string, Defect> = {
  'JSON nested a hundred thousand levels deep': (response) =>
    withBody(
      response,
      `{"id":${'['.repeat(100_000)}${']'.repeat(100_000)},"@odata.type":{},"deletedDateTime":null}`,
    ),
  'megabytes that never end': (response) =>
    withBody(response, Buffer.alloc(8 * 1024 * 1024, '{"a":')),
  'terminal escapes, markup and control characters': (response) =>
    withBody(
      { ...response, reason: `ok ${script}`, headers: [['X-Note', script], ...response.headers] },
      object(`${sequence}\u0000\u202e${script}`),
    ),
  'a redirect to another host, with cookies': (response) => ({
    status: 302,
    headers: [
      ['Location', 'http://elsewhere.invalid/'],
      ['Set-Cookie', 'id=1; Path=/'],
      ['Content-Length', '0'],
    ],
    body: Buffer.alloc(0),
    ...(response.delay && { delay: response.delay }),
  }),
  'a fence that a Markdown block could end at': (response) =>
    withBody(response, object('```\n# not a heading\n`````')),
};

for (const [name, defect] of Object.entries(attacks))
  test(`a hostile response neither hangs nor moves anything: ${name}`, async () => {
    const seen: string[] = [];
    const { code, output, folder } = await contractAt(
      {
        defect: (response, request) => {
          seen.push(request.headers.cookie ?? '');
          return request.created > 0 ? defect(response, request) : response;
        },
      },
      { CONTRACT_SAMPLES: '4' },
    );
    expect(code).toBe(1);
    expect(reportIn(folder).failing).toBe(true);
    expect(recordingsIn(folder)[0]?.at(-1)).toHaveProperty('complete');
    expect(output).not.toContain('\u001b');
    expect(output).not.toContain('\u202e');
    const markdown = readFileSync(join(folder, 'contract-report/report.md'), 'utf8');
    expect(outsideFences(markdown)).not.toMatch(/<script|<img|# not a heading/);
    expect(markdown).not.toContain('\u001b');
    expect(seen.filter((cookie) => cookie !== '')).toEqual([]);
  });

/** The Markdown without its fenced blocks, in which markup is only text. */
function outsideFences(markdown: string): string {
  return markdown.replace(/^(`{3,})text\n[\s\S]*?\n\1$/gm, '');
}
