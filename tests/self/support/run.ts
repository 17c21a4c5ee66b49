import { copyFileSync, mkdtempSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Report } from '../../report/model/model.ts';
import { type DefectiveOptions, startMock } from './mock.ts';
import { type Ended, type Environment, type OnOutput, type Started, start } from './process.ts';
import { unusedPort } from './unused-port.ts';

/** The folder of this repository. */
export const root = fileURLToPath(new URL('../../..', import.meta.url));

/** A whole run as a user starts it, and the folder it wrote to. */
export interface ChildRun extends Ended {
  readonly folder: string;
}

/** Starts Playwright's command line in a folder. */
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

/** Where Playwright's own reporters write: beside the configuration unless they are told otherwise. */
function reportsIn(folder: string): Environment {
  return {
    PLAYWRIGHT_HTML_OUTPUT_DIR: join(folder, 'html'),
    PLAYWRIGHT_BLOB_OUTPUT_DIR: join(folder, 'blob'),
    PLAYWRIGHT_JSON_OUTPUT_NAME: join(folder, 'out.json'),
  };
}

/** Limits that no answer of a mock reaches, however busy this machine is. */
const patient = { CONTRACT_SLOW_MS: '600000', CONTRACT_TIMEOUT_MS: '60000' };

/** Starts `playwright test` with our configuration, to write to the folder; `env` is all else that the run is configured by. */
export function contract(
  env: Environment,
  args: readonly string[] = [],
  folder: string = emptyFolder(),
  onOutput?: OnOutput,
): Started<ChildRun> {
  const reports = args.some((arg) => arg.startsWith('--add-reporter')) ? reportsIn(folder) : {};
  const all = { ...patient, CONTRACT_REPORT: reportFolder(folder), ...reports, ...env };
  return playwright(['test', '--config', root, ...args], folder, all, onOutput);
}

/**
 * A suite of its own in a new folder, made of links: what its configuration reads and writes beside it
 * is no other's. Out: the folder.
 */
export function linkedSuite(): string {
  const folder = emptyFolder();
  copyFileSync(join(root, 'playwright.config.ts'), join(folder, 'playwright.config.ts'));
  copyFileSync(join(root, 'package.json'), join(folder, 'package.json'));
  for (const name of ['fixtures', 'schemas', 'tests', 'node_modules'])
    symlinkSync(join(root, name), join(folder, name), 'junction');
  return folder;
}

/** Starts a suite as its user does who stands in another folder, with nothing but `env`. */
export function contractOf(
  suite: string,
  env: Environment = {},
  args: readonly string[] = [],
  folder: string = emptyFolder(),
): Started<ChildRun> {
  return playwright(['test', '--config', suite, ...args], folder, { ...patient, ...env });
}

/** A whole run against a mock that lives as long as the run. */
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

/** The environment of a run against a server. */
export function pointedAt(server: {
  baseUrl: string;
  token: string;
  userId: string;
}): Record<string, string> {
  return {
    GRAPH_BASE_URL: server.baseUrl,
    GRAPH_ACCESS_TOKEN: server.token,
    GRAPH_USER_ID: server.userId,
  };
}

/** The environment of a run against a port where nothing listens. */
export async function pointedAtNobody(token = 'a-token'): Promise<Record<string, string>> {
  const baseUrl = `http://127.0.0.1:${await unusedPort()}/v1.0`;
  return pointedAt({ baseUrl, token, userId: 'somebody' });
}

/** A new folder for a run to write to; the system's temporary folder is cleaned by its owner. */
export function emptyFolder(): string {
  return mkdtempSync(join(tmpdir(), 'contract-run-'));
}

/** The report folder of the runs of a folder; `part`: of the partial runs of that name. */
export function reportFolder(folder: string, part?: string): string {
  return join(folder, 'contract-report', ...(part === undefined ? [] : ['partial', part]));
}

export function reportIn(folder: string, part?: string): Report {
  return JSON.parse(readFileSync(join(reportFolder(folder, part), 'report.json'), 'utf8'));
}

/** The lines of every recording in the folder. */
export function recordingsIn(folder: string): unknown[][] {
  const exchanges = join(folder, 'contract-report/exchanges');
  return readdirSync(exchanges).map((name) =>
    readFileSync(join(exchanges, name), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  );
}
