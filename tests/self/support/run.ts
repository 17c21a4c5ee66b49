import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Report } from '../../../schemas/files/report.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** A whole run as a user starts it, in an empty folder of its own and with nothing of our environment. */
export interface ChildRun {
  readonly code: number | null;
  readonly output: string;
  readonly folder: string;
}

/** A new folder for a run to write to; the system's temporary folder is cleaned by its owner. */
export function emptyFolder(): string {
  return mkdtempSync(join(tmpdir(), 'contract-run-'));
}

/** Where Playwright's own reporters write: beside the configuration unless they are told otherwise. */
function reportsIn(folder: string): Record<string, string> {
  return {
    PLAYWRIGHT_HTML_OUTPUT_DIR: join(folder, 'html'),
    PLAYWRIGHT_BLOB_OUTPUT_DIR: join(folder, 'blob'),
    PLAYWRIGHT_JSON_OUTPUT_NAME: join(folder, 'out.json'),
  };
}

/** Is told all that a run has printed so far, whenever there is more. */
export type Heard = (output: string) => void;

/** Runs `playwright test` with our configuration. `env`: all that the run is told. */
export function contract(
  env: Record<string, string>,
  args: string[] = [],
  folder: string = emptyFolder(),
  heard: Heard = () => {},
): Promise<ChildRun> & { kill(): void } {
  const reports = args.some((arg) => arg.startsWith('--reporter')) && reportsIn(folder);
  return playwright(['test', '--config', root, ...args], folder, { ...reports, ...env }, heard);
}

/** Merges the blob reports of a folder with our configuration's reporters, as a job behind a matrix does. */
export function mergeReports(blobs: string, folder: string): Promise<ChildRun> {
  return playwright(
    ['merge-reports', '--config', join(root, 'playwright.config.ts'), blobs],
    folder,
    {},
  );
}

function playwright(
  args: string[],
  folder: string,
  env: Record<string, string>,
  heard: Heard = () => {},
): Promise<ChildRun> & { kill(): void } {
  const cli = join(root, 'node_modules/@playwright/test/cli.js');
  const child = spawn(process.execPath, [cli, ...args], {
    cwd: folder,
    detached: true,
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? folder, ...env },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => {
      output += text;
      heard(output);
    });
  const ended = new Promise<ChildRun>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output, folder }));
  });
  // The whole group: the worker is the one that fires.
  return Object.assign(ended, {
    kill: () => child.pid !== undefined && process.kill(-child.pid, 'SIGKILL'),
  });
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

export function reportIn(folder: string): Report {
  return JSON.parse(readFileSync(join(folder, 'contract-report/report.json'), 'utf8'));
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

/** Outcomes with what was received, without what differs between equal runs. */
export function essence({ verdicts }: Report): unknown[] {
  return verdicts.map(
    ({ requirement, route, outcome, failing, received, requests, failingRequests }) => ({
      requirement,
      route,
      outcome,
      failing,
      received,
      requests,
      failingRequests,
    }),
  );
}

/** The requirement's outcomes, by route. */
export function outcomesOf({ verdicts }: Report, id: string): string[] {
  return verdicts.filter(({ requirement }) => requirement === id).map(({ outcome }) => outcome);
}
