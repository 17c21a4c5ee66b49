import type { Defect } from '../support/mock.ts';

/** A server that is wrong in exactly one way. */
export interface Mutant {
  readonly name: string;
  /** The requirements that must notice it, all of them, sorted. */
  readonly detectedBy: readonly string[];
  /** A new defect with a state of its own. */
  readonly defect: () => Defect;
}

/** A mutant in one line; the requirements with a blank between them, and what is wrong where name and defect do not say it. */
type Row = readonly [name: string, detectedBy: string, defect: () => Defect, fault?: string];

export function mutantsOf(rows: readonly Row[]): Mutant[] {
  return rows.map(([name, detectedBy, defect, fault]) => {
    return {
      name: fault ? `${name}: ${fault}` : name,
      detectedBy: detectedBy.split(' ').sort(),
      defect,
    };
  });
}

/** Every so many creates a fault of the "now and then" kind shows itself. */
export const NOW_AND_THEN = 5;

/** A page as web servers send it. */
export const HTML = '<!DOCTYPE html><html><body><h1>It works!</h1></body></html>';
