import { connections, timing } from './connections.ts';
import { creates } from './creates.ts';
import { dates } from './dates.ts';
import { entangled, frameworks, inFlight } from './frameworks.ts';
import type { Mutant } from './mutant.ts';
import { oneRequest } from './one-request.ts';
import { platform } from './platform.ts';
import { refusals } from './refusals.ts';

export type { Mutant } from './mutant.ts';

/** Servers wrong in exactly one way each, as far as their responses show it without a connection. */
export const answering: readonly Mutant[] = [
  ...creates,
  ...dates,
  ...refusals,
  ...platform,
  ...frameworks,
  ...oneRequest,
];

/** Those that only a connection shows. */
export const sent: readonly Mutant[] = [...connections, ...inFlight];

/** All of them; the judge must detect every one. */
export const mutants: readonly Mutant[] = [...answering, ...sent, ...timing, ...entangled];
