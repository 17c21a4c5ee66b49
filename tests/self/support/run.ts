import { copyFileSync, mkdtempSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Report } from '../../report/model/model.ts';
import { type DefectiveOptions, startMock } from './mock.ts';
import { type Ended, type Environment, type OnOutput, type Started, start } from './process.ts';
import { unusedPort } from './unused-port.ts';

export const root = fileURLToPath(new URL('../../..', import.meta.url));

export interface ChildRun extends Ended {
  readonly folder: string;
}

export function playwright(
  args: readonly string[],
  folder: string,
  env: Environment = {},
  onOutput?: OnOutput,
): Started<ChildRun> {
  const cli = join(root, 'node_modules/@playwright/test/cli.js');
  const started = start(process.execPath, [cli, ...args], folder, env, onOutput);
  return Object.assign(
    started.then((ended) => ({ ...ended, folder })),
    { kill: started.kill },
  );
}

/** Limits that no answer of a mock reaches, however busy this machine is. */
const patient = { CONTRACT_SLOW_MS: '600000', CONTRACT_TIMEOUT_MS: '60000' };

/** A whole run that writes to the folder, Playwright's own reporters too. */
export function contract(
  env: Environment,
  args: readonly string[] = [],
  folder: string = emptyFolder(),
  onOutput?: OnOutput,
): Started<ChildRun> {
  const reports = {
    PLAYWRIGHT_HTML_OUTPUT_DIR: join(folder, 'html'),
    PLAYWRIGHT_BLOB_OUTPUT_DIR: join(folder, 'blob'),
    PLAYWRIGHT_JSON_OUTPUT_NAME: join(folder, 'out.json'),
  };
  const isAdded = args.some((arg) => arg.startsWith('--add-reporter'));
  const own = { ...patient, CONTRACT_REPORT: reportFolder(folder), ...(isAdded && reports) };
  const all = { ...own, ...env };
  return playwright(['test', '--config', root, ...args], folder, all, onOutput);
}

/** A suite of its own in a new folder, made of links: what it reads and writes beside it is no other's. */
export function linkedSuite(): string {
  const folder = emptyFolder();
  copyFileSync(join(root, 'playwright.config.ts'), join(folder, 'playwright.config.ts'));
  copyFileSync(join(root, 'package.json'), join(folder, 'package.json'));
  for (const name of ['fixtures', 'schemas', 'tests', 'node_modules'])
    symlinkSync(join(root, name), join(folder, name), 'junction');
  return folder;
}

export function contractOf(
  suite: string,
  env: Environment = {},
  args: readonly string[] = [],
  folder: string = emptyFolder(),
): Started<ChildRun> {
  return playwright(['test', '--config', suite, ...args], folder, { ...patient, ...env });
}

export async function contractAt(
  options: DefectiveOptions,
  env: Environment = {},
  args: readonly string[] = [],
  folder?: string,
): Promise<ChildRun> {
  const mock = await startMock(options);
  const run = await contract({ ...pointedAt(mock), ...env }, args, folder);
  await mock.close();
  return run;
}

export function pointedAt({
  baseUrl,
  token,
  userId,
}: Record<'baseUrl' | 'token' | 'userId', string>) {
  return { GRAPH_BASE_URL: baseUrl, GRAPH_ACCESS_TOKEN: token, GRAPH_USER_ID: userId };
}

export async function pointedAtNobody(token = 'a-token') {
  const baseUrl = `http://127.0.0.1:${await unusedPort()}/v1.0`;
  return pointedAt({ baseUrl, token, userId: 'somebody' });
}

export function emptyFolder(): string {
  return mkdtempSync(join(tmpdir(), 'contract-run-'));
}

export function reportFolder(folder: string, part?: string): string {
  return join(folder, 'contract-report', ...(part === undefined ? [] : ['partial', part]));
}

export function reportIn(folder: string, part?: string): Report {
  return JSON.parse(readFileSync(join(reportFolder(folder, part), 'report.json'), 'utf8'));
}

export function recordingsIn(folder: string): unknown[][] {
  const exchanges = join(folder, 'contract-report/exchanges');
  return readdirSync(exchanges).map((name) =>
    readFileSync(join(exchanges, name), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  );
}
