import type { Defect } from '../support/mock.ts';

/** A server that is wrong in exactly one way. */
export interface Mutant {
  readonly name: string;
  /** The requirements that must notice it, all of them, sorted. */
  readonly detectedBy: readonly string[];
  /** What is wrong, in one sentence. */
  readonly fault: string;
  /** A new defect with a state of its own. */
  readonly defect: () => Defect;
}

/** A mutant in one line; the requirements with a blank between them. */
export type Row = readonly [name: string, detectedBy: string, fault: string, defect: () => Defect];

export function mutantsOf(rows: readonly Row[]): Mutant[] {
  return rows.map(([name, detectedBy, fault, defect]) => {
    return { name, detectedBy: detectedBy.split(' ').sort(), fault, defect };
  });
}

/** Every so many creates a fault of the "now and then" kind shows itself. */
export const NOW_AND_THEN = 5;

/** A page as web servers send it. */
export const HTML = '<!DOCTYPE html><html><body><h1>It works!</h1></body></html>';
