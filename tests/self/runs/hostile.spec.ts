import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import { bare, withBody, withHeader, withJson, withLine } from '../mutants/defects/rewrite.ts';
import type { Defect } from '../support/mock.ts';
import { contractAt, recordingsIn, reportFolder, reportIn } from '../support/run.ts';

const sequence = '\u001b[2J\u001b]0;owned\u0007';
const blanks = Buffer.alloc(100 * 1024 * 1024, ' ');
const bombs = [
  ['gzip', gzipSync(blanks)],
  ['br', brotliCompressSync(blanks, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } })],
] as const;
const long = 'x'.repeat(3 * 1024 * 1024);
const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;

const commands = [
  '##vso[task.complete]',
  '##[error]x',
  '\r\n::error::x',
  ' \u2028::stop-commands::x',
];

/** The n-th create is answered by the n-th of them, and so on in turn. */
const attacks: Record<string, Defect> = {
  'bodies that are small on the wire and large when they are decoded': (response, { n }) => {
    const [coding, bomb] = bombs[n % 2] ?? bombs[0];
    return withHeader(withBody(response, bomb), 'Content-Encoding', coding);
  },
  'texts of megabytes, which findings quote': (response, { created }) => {
    const text = long.slice(created);
    return withJson(response, { '@odata.type': text, [`${text}@odata.type`]: 1, id: '' });
  },
  'a header of a megabyte, and a hundred thousand headers': (response, { n }) => {
    const headers = n % 2 === 0 ? `Location: ${long}\r\n` : 'X: y\r\n'.repeat(100_000);
    const raw = Buffer.from(`HTTP/1.1 201 Created\r\n${headers}\r\n{}`);
    return { ...response, wire: { raw } };
  },
  'JSON nested a hundred thousand levels deep': (response) =>
    withBody(response, `{"id":${deep},"@odata.type":{},"deletedDateTime":null}`),
  'megabytes that never end': (response) =>
    withBody(response, Buffer.alloc(8 * 1024 * 1024, '{"a":')),
  'a redirect to another host, with cookies': (response) => {
    const redirect = withLine(bare(response, 302), 'Location', 'http://elsewhere.invalid/');
    return withLine(redirect, 'Set-Cookie', 'id=1; Path=/');
  },
  'commands for the log of a CI, in every place': (response) => {
    const text = `${sequence}${commands.join(' ')}\n::warning::y\n`;
    const line = commands.slice(0, 2).join(' ');
    const error = { code: text, message: text };
    const body = { '@odata.type': text, id: text, deletedDateTime: text, [text]: text, error };
    const changed = withHeader(withJson(response, body), 'Location', `/${line}`);
    return { ...withHeader(changed, 'request-id', line), reason: line };
  },
};

test(`hostile responses neither hang nor move anything: ${Object.keys(attacks).join('; ')}`, async () => {
  const cookies = new Set<string | undefined>();
  const all = Object.values(attacks);
  const defect: Defect = (response, request) => {
    cookies.add(request.headers.cookie);
    const attack = request.created > 0 ? all[request.n % all.length] : undefined;
    return attack?.(response, request) ?? response;
  };
  const env = { CONTRACT_SAMPLES: '18', GITHUB_ACTIONS: 'true' };
  const args = ['--add-reporter=list,line,junit'];
  const { code, output, folder } = await contractAt({ defect }, env, args);
  expect([code, reportIn(folder).word]).toEqual([1, 'FAILED']);
  expect(recordingsIn(folder)[0]?.at(-1)).toHaveProperty('complete');
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const isRecording = (name: string) => name.endsWith('.jsonl') && name.includes('exchanges');
  const bytesOf = (chosen: readonly string[]) =>
    chosen.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
  expect(bytesOf(names.filter(isRecording))).toBeLessThan(128 * 1024 * 1024);
  const reports = bytesOf(names.filter((name) => !isRecording(name)));
  expect(reports + output.length).toBeLessThan(16 * 1024 * 1024);
  const texts = ['report.md', 'junit.xml', 'index.html'].map((name) =>
    readFileSync(join(reportFolder(folder), name), 'utf8'),
  );
  for (const text of [output.replace(/^::(error|notice) title=[^\n]*$/gm, ''), ...texts]) {
    expect(text).not.toMatch(/##(vso)?\[/i);
    expect(text).not.toMatch(/^[^\S\n]*::/m);
    expect(text).not.toMatch(/[^\P{C}\n\t]|[\u2028\u2029]/u);
  }
  expect([...cookies]).toEqual([undefined]);
});

test('a target that never ends is left when the time of the run is over, and the run says so', async () => {
  const defect: Defect = (response) => ({ ...response, delay: 100 });
  const { code, output, folder } = await contractAt({ defect }, { CONTRACT_RUN_SECONDS: '1' });
  const reason = 'the run reached the 1 s that CONTRACT_RUN_SECONDS allows it';
  expect(code).toBe(3);
  expect(output).toMatch(new RegExp(`^requests \\d+ sent .*, \\d+ not sent: ${reason}$`, 'm'));
  expect(recordingsIn(folder)[0]?.at(-1)).toMatchObject({ complete: false, reason });
  const of = (id: string) => reportIn(folder).verdicts.find((each) => each.requirement === id);
  expect(of('create-status')?.outcome).toBe('conforms');
  expect(of('path-unknown')).toMatchObject({ outcome: 'error', reason });
});
