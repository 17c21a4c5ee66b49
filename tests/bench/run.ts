import { documentedRequests } from '../../fixtures/requests/documented.ts';
import { routes } from '../../schemas/operation.ts';
import { growthBy, oneCreate } from './creates.ts';
import { median, wholeRuns } from './whole-runs.ts';

/** `npm run bench`: ratios against a floor that is measured beside them, because clocks here are noisy. */
const seconds = (ms: number) => (ms / 1_000).toFixed(2);
const right = (value: number | string, width: number) => String(value).padStart(width);
const printRatio = (name: string, ratio: number, most: number, aim: number) =>
  console.log(
    `${name.padEnd(64)} ${right(ratio.toFixed(2), 6)}   at most ${most.toFixed(1)}, aim ${aim.toFixed(1)}`,
  );

console.log('time, as medians of ratios that are measured in turns');
for (const { name, ratio, most, aim, parts } of await wholeRuns(5)) {
  printRatio(name, ratio, most, aim);
  console.log(`  ${parts.map(([part, ms]) => `${part} ${seconds(ms)} s`).join(' · ')}`);
}
printRatio(
  'one judged create ÷ one bare fetch of the same body',
  median(await oneCreate(7)),
  2.0,
  1.5,
);

console.log('\ngrowth: sent, recorded and judged in one process');
for (const count of [10, 100, 1_000, 10_000]) {
  const { ms, megabytes } = await growthBy(count);
  console.log(
    `${right(count, 6)} bodies ${right(seconds(ms), 7)} s ${right((ms / count).toFixed(2), 6)} ms a body ${right(megabytes, 5)} MB heap after`,
  );
}

console.log('\ncost of a verdict on both routes, by CONTRACT_SAMPLES');
for (const samples of [1, 3, 5, 10, 20, 50, undefined]) {
  const wanted = { routes, userId: 'user', seed: 1, samples, equivalents: true };
  const referenceRoot = 'http://127.0.0.1/v1.0';
  const requests = [...documentedRequests({ ...wanted, referenceRoot })];
  const isPlain = (kind: string) => kind === 'example' || kind === 'create';
  const creates = requests.filter(({ kind }) => isPlain(kind) || kind === 'equivalent').length;
  const name = String(samples ?? 'all classes').padEnd(12);
  console.log(`${name} ${right(creates, 6)} creates ${right(requests.length, 6)} requests`);
}
