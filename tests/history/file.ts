import { randomUUID } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { acquireLock, releaseLock } from '../../fixtures/configuration/lock.ts';
import type { RunRecord } from '../../schemas/files/history.ts';
import { schemaErrors } from '../../schemas/validate.ts';
import { inCurrentForm } from './version-0.2.ts';

/** A file of runs, one JSON line each, as it was read. */
export interface History {
  readonly runs: readonly RunRecord[];
  /** Lines that are none, named as `path:line: why`; they stay in the file. */
  readonly unreadable: readonly string[];
}

const day = 24 * 60 * 60 * 1_000;
/** A year is kept, and a month more, so that not every run writes the file anew. */
const keptDays = 366;
const slackDays = 30;

/** Reads every line that is a run; a missing file is an empty history. */
export function readHistory(path: string): History {
  const runs: RunRecord[] = [];
  const unreadable: string[] = [];
  for (const [index, text] of textLines(path).entries()) {
    if (text === '') continue;
    const run = parse(text);
    if (typeof run === 'string') unreadable.push(`${path}:${index + 1}: ${run}`);
    else runs.push(run);
  }
  return { runs, unreadable };
}

/** Appends a run in one write, so that two writers at once do not tear each other's lines. */
export function appendRun(path: string, run: RunRecord): void {
  mkdirSync(dirname(path), { recursive: true });
  // A line that a killed run left torn must not swallow this one: each begins on a line of its own.
  locked(path, () => appendFileSync(path, `\n${JSON.stringify(run)}\n`));
}

/** Forgets runs older than a year; what cannot be read is kept. The file is replaced in one step. */
export function pruneHistory(path: string, now: number = Date.now()): void {
  const older = (days: number) => (text: string) => {
    const run = text === '' ? undefined : parse(text);
    return typeof run === 'object' && now - Date.parse(run.startedAt) > days * day;
  };
  if (!textLines(path).some(older(keptDays + slackDays))) return;
  locked(path, (alone) => {
    // Where another run may append meanwhile, the next run prunes.
    if (!alone) return;
    const kept = textLines(path).filter((text) => text !== '' && !older(keptDays)(text));
    writeFileSync(`${path}.${process.pid}`, kept.map((text) => `${text}\n`).join(''));
    renameSync(`${path}.${process.pid}`, path);
  });
}

function textLines(path: string): string[] {
  return existsSync(path) ? readFileSync(path, 'utf8').split('\n') : [];
}

/** The run, or what is wrong with the line. */
function parse(text: string): RunRecord | string {
  let document: unknown;
  try {
    document = inCurrentForm(JSON.parse(text));
  } catch {
    return 'no JSON';
  }
  const error = schemaErrors('history', document)[0];
  if (error !== undefined) return `${error.property || 'the line'} ${error.message}`;
  return document as RunRecord;
}

/** How long to wait for another writer; a lock as old as that is of a process that died. */
const limits = { waitMs: 5_000, staleMs: 5_000 };

/** Does it while no other run writes the history; `alone` is false where the lock could not be had. */
function locked(path: string, write: (alone: boolean) => void): void {
  const lock = `${path}.lock`;
  const mine = { run: randomUUID(), pid: process.pid };
  const alone = acquireLock(lock, mine, limits)?.run === mine.run;
  try {
    write(alone);
  } finally {
    releaseLock(lock, mine.run);
  }
}
