import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Report } from '../schemas/files/report.ts';
import { here, known, type Mock, type Setup } from './catalogue.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Milliseconds a mock has to start: one of them is a Java program. */
const startMs = 60_000;

/**
 * Starts a mock, runs the suite against it as a user would, and stops it. Out: the report of the run.
 * @throws Error with the end of what both printed, where the run could not judge the mock.
 */
export async function runAgainst(mock: Mock, setup: Setup): Promise<Report> {
  const folder = `${root}contract-report/mocks/${slug(mock.name)}-${setup}`;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const port = await freePort();
  const { command, env } = mock.start(setup, { folder, port });
  const server = start(command, here, env);
  try {
    const run = start([process.execPath, 'node_modules/@playwright/test/cli.js', 'test'], root, {
      GRAPH_BASE_URL: `http://127.0.0.1:${port}/v1.0`,
      GRAPH_ACCESS_TOKEN: known.token,
      GRAPH_USER_ID: known.userId,
      CONTRACT_SEED: '1',
      CONTRACT_WAIT_MS: String(startMs),
      CONTRACT_REPORT: folder,
    });
    await run.ended;
    const report = reportIn(folder);
    if (report === undefined || report.summary.error > 0)
      throw new Error(`${mock.name} could not be judged:\n${run.output()}${server.output()}`);
    return report;
  } finally {
    server.stop();
    await server.ended;
  }
}

function slug(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z]+/g, '-');
}

function reportIn(folder: string): Report | undefined {
  try {
    return JSON.parse(readFileSync(`${folder}/report.json`, 'utf8'));
  } catch {
    return undefined;
  }
}

/** A port that nobody listens on at this moment. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

interface Program {
  readonly ended: Promise<void>;
  /** The end of what it printed. */
  output(): string;
  stop(): void;
}

/** Starts a program, to be stopped with all that it starts: some are wrappers, and a child holds the port. */
function start(
  [program = '', ...args]: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): Program {
  const { PATH = '', HOME = '' } = process.env;
  const child: ChildProcess = spawn(program, args, {
    cwd,
    env: { PATH, HOME, ...env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => (output += text));
  const ended = new Promise<void>((resolve) => {
    child
      .on('close', () => resolve())
      .on('error', (error) => {
        output += error.message;
        resolve();
      });
  });
  return {
    ended,
    output: () => output.slice(-4_000),
    stop: () => {
      try {
        process.kill(-(child.pid ?? 0), 'SIGKILL');
      } catch {
        // It ended by itself.
      }
    },
  };
}
