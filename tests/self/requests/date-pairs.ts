import { dateClasses, isSafeRow } from '../../../fixtures/requests/date-values.ts';
import { pairwise } from './pairwise.ts';

/** fixtures/requests/date-pairs.json: the rows of the covering array, each the classes of its date in the order of the factors. */
export function datePairs(): string {
  const rows = pairwise(dateClasses, isSafeRow).map((row) => JSON.stringify(Object.values(row)));
  return `[\n${rows.map((row) => `  ${row.replaceAll(',"', ', "')}`).join(',\n')}\n]\n`;
}
