import { spawn } from 'node:child_process';

/** A process that has ended: its exit status, null where it was killed, and all that it printed. */
export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/**
 * Its end, to be awaited; `kill` ends it and every process that it started, at once, SIGSTOP and SIGCONT
 * suspend them all and let them go on, and another signal asks the process alone.
 */
export type Started<T extends Ended> = Promise<T> & { kill(signal?: NodeJS.Signals): void };

export type OnOutput = (output: string) => void;

export type Environment = Readonly<Record<string, string>>;

/** Starts a command in a folder, with nothing of our environment but PATH and HOME. */
export function start(
  command: string,
  args: readonly string[],
  folder: string,
  env: Environment = {},
  onOutput: OnOutput = () => {},
): Started<Ended> {
  const { PATH = '', HOME = folder } = process.env;
  // A group of its own, because the requests are sent by a process that the command starts.
  const child = spawn(command, args, { cwd: folder, detached: true, env: { PATH, HOME, ...env } });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => {
      output += text;
      onOutput(output);
    });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });
  return Object.assign(ended, {
    kill: (signal?: NodeJS.Signals) => {
      const isForAll = signal === undefined || signal === 'SIGSTOP' || signal === 'SIGCONT';
      if (!isForAll) child.kill(signal);
      else if (child.pid !== undefined) process.kill(-child.pid, signal ?? 'SIGKILL');
    },
  });
}
