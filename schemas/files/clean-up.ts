import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A reference that stays in the tenant. `text`: with which request it was created. */
type LeftReference = Readonly<{
  text: string;
  why: string;
  /** Whether this run fails for it: it left it first, or a removal that it sent was not carried out. */
  failing: boolean;
}>;

/** What a run undid in the tenant, and what stays there (contract-report/clean-up.json). */
export type CleanUp = Readonly<{
  run: string;
  undone: number;
  left: readonly LeftReference[];
  /** How many belong to another tenant, service or user: nothing was sent for them. */
  kept: number;
  notes: readonly string[];
  fails?: string;
  todo?: string;
}>;

export const cleanUpFile = (report: string) => join(report, 'clean-up.json');

/** The result of the clean-up of a run; undefined: it had none. */
export function readCleanUp(report: string, run: string): CleanUp | undefined {
  const path = cleanUpFile(report);
  const result: CleanUp = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};
  return result.run === run ? result : undefined;
}
