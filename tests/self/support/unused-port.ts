import { createServer } from 'node:net';

let asked = 0;

/**
 * A port where nothing listens. It lies below the ports that a system hands out by itself (from
 * 32,768 or 49,152 on), so that no server of another test is given it meanwhile.
 */
export async function unusedPort(): Promise<number> {
  const port = 20_000 + ((process.pid * 16 + asked++) % 12_000);
  const server = createServer();
  const isFree = await new Promise<boolean>((resolve) => {
    server.on('error', () => resolve(false)).listen(port, '127.0.0.1', () => resolve(true));
  });
  if (!isFree) return unusedPort();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
