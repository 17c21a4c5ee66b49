import type { SendOptions } from '../support/judged.ts';
import type { Defect } from '../support/mock.ts';

/** A server that is wrong in exactly one way. */
export interface Mutant {
  readonly name: string;
  /** What is wrong, in one sentence. */
  readonly fault: string;
  /** A new defect with a state of its own. */
  readonly defect: () => Defect;
  /** Whether the fault lies in its time, so that only tight limits detect it. */
  readonly inTime?: boolean;
  /** How much must be sent for it to show itself; not set: everything. */
  readonly sending?: SendOptions;
}

export function mutant(name: string, fault: string, defect: () => Defect): Mutant {
  return { name, fault, defect };
}

/** Every so many creates a fault of the "now and then" kind shows itself. */
export const NOW_AND_THEN = 5;

/** A page as web servers send it. */
export const HTML = '<!DOCTYPE html><html><body><h1>It works!</h1></body></html>';
