import { statSync } from 'node:fs';
import { join } from 'node:path';
import { recordingsFolder } from '../../schemas/files/recording.ts';
import { type Mock, startMock } from '../self/support/mock.ts';
import {
  contract,
  emptyFolder,
  playwright,
  pointedAt,
  reportFolder,
  reportIn,
  root,
} from '../self/support/run.ts';

/** Milliseconds of the parts that a run is made of, as far as they show from outside. */
type Parts = Readonly<Record<string, number>>;

/** Each ratio: its name, what it may be at most, and what it aims at. */
const ratios = [
  ['a whole verdict on the embedded mock ÷ an empty Playwright run', 2.0, 1.5],
  ['judging its recording again ÷ an empty Playwright run', 1.5, 1.3],
  ['--grep of one requirement ÷ an empty Playwright run', 1.7, 1.4],
  ['a verdict on a target that breaks everything ÷ a conforming one', 1.2, 1.0],
] as const;

/** Medians of whole runs that take turns, each ÷ its floor; `parts` in milliseconds. */
export async function wholeRuns(rounds: number) {
  const headers = [['Content-Type', 'text/html']] as const;
  const body = Buffer.from('<h1>no</h1>');
  const broken = await startMock({ defect: () => ({ status: 500, headers, body }) });
  const measured: Awaited<ReturnType<typeof oneRound>>[] = [];
  while (measured.length < rounds) measured.push(await oneRound(broken));
  await broken.close();
  return ratios.map(([name, most, aim], row) => {
    const samples = measured.flatMap((round) => round[row] ?? []);
    const partOf = (part: string) => median(samples.map(({ parts }) => parts[part] ?? 0));
    const parts = Object.keys(samples[0]?.parts ?? {}).map((part) => [part, partOf(part)] as const);
    return { name, most, aim, ratio: median(samples.map(({ ratio }) => ratio)), parts };
  });
}

/** A sample of each of the ratios. */
async function oneRound(broken: Mock) {
  const empty = await emptyRun();
  const whole = await timedRun(empty.start);
  const again = await timedRun(empty.start, {}, ['--project=contract', '--no-deps'], whole.folder);
  const narrowed = await timedRun(empty.start, {}, ['--grep', 'create-status']);
  const breaking = await timedRun(empty.start, pointedAt(broken));
  const over = ({ ms, parts }: { ms: number; parts: Parts }, floor: { ms: number }) => ({
    ratio: ms / floor.ms,
    parts,
  });
  return [over(whole, empty), over(again, empty), over(narrowed, empty), over(breaking, whole)];
}

/** `start`: milliseconds until the one test of an empty run runs. */
async function emptyRun(): Promise<{ start: number; ms: number }> {
  const begun = Date.now();
  let start = 0;
  const args = ['test', '--config', join(root, 'tests/bench/empty')];
  await playwright(args, emptyFolder(), {}, (output) => {
    if (output.includes('the empty test runs')) start ||= Date.now() - begun;
  });
  return { start, ms: Date.now() - begun };
}

/** Reads the parts from the times of the run's files: its recording is the sending, junit.xml is reported first. */
async function timedRun(
  start: number,
  env: Readonly<Record<string, string>> = {},
  args: readonly string[] = [],
  folder = emptyFolder(),
): Promise<{ ms: number; parts: Parts; folder: string }> {
  const begun = Date.now();
  await contract(env, args, folder);
  const ended = Date.now();
  const part = args.includes('--grep') ? 'grep' : undefined;
  const { run, startedAt } = reportIn(folder, part);
  const loaded = Date.parse(startedAt);
  const sent = statSync(join(recordingsFolder(reportFolder(folder)), `${run}.jsonl`)).mtimeMs;
  const judged = statSync(join(reportFolder(folder, part), 'junit.xml')).mtimeMs;
  const until =
    loaded < begun
      ? { 'loading and judging': judged - begun - start }
      : { loading: loaded - begun - start, sending: sent - loaded, judging: judged - sent };
  return { ms: ended - begun, parts: { start, ...until, reporting: ended - judged }, folder };
}

export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
