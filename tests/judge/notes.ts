import type { Exchange, Run } from '../../schemas/files/recording.ts';
import type { Note } from '../../schemas/files/report.ts';
import { evidenceOf } from './outcome.ts';
import { counted } from './text.ts';

/** What was seen in the answers and breaks no rule. */
export function notesOn(exchanges: readonly Exchange[], { slowMs }: Run): Note[] {
  const slow = exchanges.filter(({ ms }) => ms > slowMs);
  const slowest = slow.toSorted((a, b) => b.ms - a.ms)[0];
  if (slowest === undefined) return [];
  const text = `${counted(slow.length, 'response')} took longer than CONTRACT_SLOW_MS (${slowMs} ms), the slowest ${slowest.ms} ms`;
  return [{ text, exchange: evidenceOf(slowest) }];
}
