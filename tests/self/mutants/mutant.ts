import { readFileSync } from 'node:fs';
import type { Defect } from '../support/mock.ts';
import { type Described, described } from './defects/described.ts';

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
  return rows.map(([name, detectedBy, defect, fault]) => ({
    name: fault ? `${name}: ${fault}` : name,
    detectedBy: detectedBy.split(' ').sort(),
    defect,
  }));
}

/** Rows of a file of data whose defect a row can describe: shown by the answers alone, or by a connection. */
export function readRows<T>(file: URL): Record<'answered' | 'sent', readonly (Described & T)[]> {
  return JSON.parse(readFileSync(file, 'utf8'));
}

const rows = readRows<{ readonly name: string; readonly detectedBy: string }>(
  new URL('mutants.json', import.meta.url),
);
const [answered = [], sent = []] = [rows.answered, rows.sent].map((all) =>
  mutantsOf(all.map((row) => [row.name, row.detectedBy, () => described(row)])),
);
export const inData = { answered, sent };

/** A page as web servers send it. */
export const HTML = '<!DOCTYPE html><html><body><h1>It works!</h1></body></html>';
