import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Route } from '../operation.ts';

/** A reference that stays in the tenant, or may: nothing says that the create was not carried out. */
export interface LeftReference {
  /** The name of the request that created it. */
  readonly request: string;
  readonly route: Route;
  /** The path that it was created at. */
  readonly path: string;
  /** When, ISO 8601 in UTC. */
  readonly at: string;
  readonly clientRequestId: string;
  /** The id of its object, as the target named it, or else as it was sent. */
  readonly id?: string | undefined;
  /** The deletedDateTime that was sent. */
  readonly deletedDateTime?: string | undefined;
  readonly why: string;
  /** Whether a response said that it was created; else it may be there. */
  readonly isCreated: boolean;
  /** Whether this run fails for it: it left it first, or a removal that this run sent was not carried out. */
  readonly failing: boolean;
}

/** What a run undid in the tenant, and what stays there (contract-report/clean-up.json). */
export interface CleanUp {
  readonly run: string;
  readonly undone: number;
  readonly left: readonly LeftReference[];
  /** How many belong to another tenant, service or user: nothing was sent for them. */
  readonly kept: number;
  /** What else is to be known, a sentence each. */
  readonly notes: readonly string[];
  /** Why the run fails, where it does. */
  readonly fails?: string;
  /** What to do about what is left, where something is. */
  readonly todo?: string;
}

/** Where a report folder holds the result of the last clean-up. */
export function cleanUpFile(report: string): string {
  return join(report, 'clean-up.json');
}

/** The result of the clean-up of a run; undefined: it had none. */
export function readCleanUp(report: string, run: string): CleanUp | undefined {
  const path = cleanUpFile(report);
  if (!existsSync(path)) return undefined;
  const result: CleanUp = JSON.parse(readFileSync(path, 'utf8'));
  return result.run === run ? result : undefined;
}
