import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Report } from '../tests/report/model/model.ts';
import { known, type Mock, mocks, type Setup } from './catalogue.ts';
import { mocksPage, type Row, table } from './table.ts';

/** `npm run mocks`: installs what mocks/package.json pins, runs the suite against each mock, and writes the table. */
const here = fileURLToPath(new URL('.', import.meta.url));
const root = fileURLToPath(new URL('..', import.meta.url));
const read = (name: string) => readFileSync(`${here}${name}`, 'utf8');

execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: here, stdio: 'inherit' });
const { dependencies } = JSON.parse(read('package.json'));
const rows: Row[] = [];
for (const mock of mocks) {
  const reports = isMissing(mock)
    ? undefined
    : { first: await runAgainst(mock, 'first'), recipe: await runAgainst(mock, 'recipe') };
  rows.push({ mock, version: dependencies[mock.package], reports });
  console.log(table(rows.slice(-1)).split('\n').at(-1));
}
if (rows.every(({ reports }) => reports !== undefined)) {
  writeFileSync(`${root}docs/mocks.md`, mocksPage(rows, read('notes.md')));
  console.log('docs/mocks.md is written anew.');
} else console.log('docs/mocks.md is left as it is: it needs every mock.');

function isMissing({ needs }: Mock): boolean {
  try {
    if (needs !== undefined) execFileSync(needs, ['-version'], { stdio: 'ignore' });
    return false;
  } catch {
    return true;
  }
}

/**
 * Starts a mock, runs the suite against it as a user would, and stops it. Out: the report of the run.
 * @throws Error where the run wrote none, or could not judge the mock; what both print is in `log.txt` beside it.
 */
async function runAgainst(mock: Mock, setup: Setup): Promise<Report> {
  const folder = `${root}contract-report/mocks/${mock.name.toLowerCase().replaceAll(/[^a-z]+/g, '-')}-${setup}`;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const log = openSync(`${folder}/log.txt`, 'w');
  const stdio = ['ignore', log, log] as const;
  const PORT = String(await freePort());
  const { PATH = '', HOME = '' } = process.env;
  const { token: TOKEN, userId: USER_ID } = known;
  // Some are wrappers, and a child holds the port: the whole group is stopped.
  const server = spawn('sh', ['-c', mock.start], {
    cwd: here,
    env: {
      PATH: `${here}node_modules/.bin:${PATH}`,
      HOME,
      PORT,
      TOKEN,
      USER_ID,
      SETUP: setup,
      FOLDER: folder,
    },
    detached: true,
    stdio: [...stdio],
  });
  const suite = spawn(process.execPath, ['node_modules/@playwright/test/cli.js', 'test'], {
    cwd: root,
    env: {
      PATH,
      HOME,
      GRAPH_BASE_URL: `http://127.0.0.1:${PORT}/v1.0`,
      GRAPH_ACCESS_TOKEN: TOKEN,
      GRAPH_USER_ID: USER_ID,
      CONTRACT_SEED: '1',
      // One of them is a Java program.
      CONTRACT_WAIT_MS: '60000',
      CONTRACT_REPORT: folder,
    },
    stdio: [...stdio],
  });
  await once(suite, 'close');
  process.kill(-(server.pid ?? 0), 'SIGKILL');
  await once(server, 'close');
  const report: Report = JSON.parse(readFileSync(`${folder}/report.json`, 'utf8'));
  if (report.summary.error > 0)
    throw new Error(`${mock.name} could not be judged: see ${folder}/log.txt`);
  return report;
}

/** A port that nobody listens on at this moment. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
