import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startMock } from '../../fixtures/mock/server.ts';
import { type Ratio, timed } from './ratio.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const cli = join(root, 'node_modules/@playwright/test/cli.js');

function playwright(config: string, env: Record<string, string>): Promise<unknown> {
  const folder = mkdtempSync(join(tmpdir(), 'contract-bench-'));
  const child = spawn(process.execPath, [cli, 'test', '--config', config], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? folder, ...env },
    stdio: 'ignore',
  });
  return new Promise((resolve) => child.on('close', resolve));
}

/** Whole runs beside an empty one, and one on a target that breaks everything beside a conforming one. */
export async function wholeRuns(rounds: number): Promise<Ratio[]> {
  const broken = await startMock({
    defect: () => ({
      status: 500,
      headers: [['Content-Type', 'text/html']],
      body: Buffer.from('<h1>no</h1>'),
    }),
  });
  const pointed = {
    GRAPH_BASE_URL: broken.baseUrl,
    GRAPH_ACCESS_TOKEN: broken.token,
    GRAPH_USER_ID: broken.userId,
  };
  const [whole, red]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    const floor = await timed(() => playwright(join(root, 'tests/bench/empty'), {}));
    const verdict = await timed(() => playwright(root, {}));
    const failed = await timed(() => playwright(root, pointed));
    whole.push(verdict / floor);
    red.push(failed / verdict);
  }
  await broken.close();
  return [
    {
      name: 'a whole verdict on the embedded mock ÷ an empty Playwright run',
      aim: '≤ 1.5',
      samples: whole,
    },
    {
      name: 'a verdict on a target that breaks everything ÷ a conforming one',
      aim: '≤ 3',
      samples: red,
    },
  ];
}
