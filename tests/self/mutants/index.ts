import { answers } from './answers.ts';
import { connections, timing } from './connections.ts';
import { dates } from './dates.ts';
import { entangled, frameworks, inFlight } from './frameworks.ts';
import { inData, type Mutant } from './mutant.ts';
import { oneRequest } from './one-request.ts';
import { platform } from './platform.ts';

export type { Mutant } from './mutant.ts';

/** Servers wrong in exactly one way each, as far as their responses show it without a connection. */
export const answering: readonly Mutant[] = [
  ...inData.answered,
  ...answers,
  ...dates,
  ...platform,
  ...frameworks,
  ...oneRequest,
];

/** Those that only a connection shows. */
export const sent: readonly Mutant[] = [...inData.sent, ...connections, ...inFlight];

/** All of them; the judge must detect every one. */
export const mutants: readonly Mutant[] = [...answering, ...sent, ...timing, ...entangled];
