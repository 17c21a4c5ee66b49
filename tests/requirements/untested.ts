import { readFileSync } from 'node:fs';
import type { Untested } from './requirement.ts';

/** What the page says, or contradicts itself in, that no request can decide. */
export const untestedStatements: Untested[] = JSON.parse(
  readFileSync(new URL('untested.json', import.meta.url), 'utf8'),
);
