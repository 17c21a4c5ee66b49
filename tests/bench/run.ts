import { countCalls } from './cost.ts';
import { growth, oneCreate } from './creates.ts';
import { median, type Ratio } from './ratio.ts';
import { wholeRuns } from './runs.ts';

/** `npm run bench`: ratios against a floor that is measured beside them, because clocks here are noisy. */
const lines = (ratios: readonly Ratio[]) =>
  ratios.map(
    ({ name, aim, samples }) =>
      `${name.padEnd(62)} ${median(samples).toFixed(2).padStart(6)}   aim ${aim}`,
  );

console.log('time, as medians of ratios measured in turns');
console.log(lines(await wholeRuns(5)).join('\n'));
console.log(lines([await oneCreate(7)]).join('\n'));
console.log('\ngrowth: fired, recorded and judged in one process');
for (const row of await growth([10, 100, 1_000, 10_000])) console.log(row);
console.log('\ncost of a verdict on both routes, by CONTRACT_SAMPLES');
for (const row of countCalls([1, 3, 5, 10, 20, 50, undefined])) console.log(row);
