import { randomUUID } from 'node:crypto';
import {
  appendFileSync,
  closeSync,
  existsSync,
  fstatSync,
  openSync,
  readSync,
  realpathSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { codeOf } from '../../fixtures/configuration/errors.ts';
import { acquireLock, releaseLock } from '../../fixtures/configuration/files/lock.ts';
import { makeFolder } from '../../fixtures/configuration/files/write-fault.ts';
import type { RunRecord } from '../../schemas/files/history.ts';
import { schemaErrors } from '../../schemas/validate.ts';
import { inCurrentForm } from './version-0.2.ts';

/** A file of runs, one JSON line each, as it was read. */
export interface History {
  readonly runs: readonly RunRecord[];
  /** What could not be read, named as `path:line: why` or `path: why`; it stays in the file. */
  readonly unreadable: readonly string[];
}

const day = 24 * 60 * 60 * 1_000;
/** A year is kept, and a month more, so that not every run writes the file anew. */
const keptDays = 366;
const slackDays = 30;

/** Bytes of a history that are read, from its end: more runs than a year has. */
const readBytes = 64 * 1024 * 1024;
/** Lines that are named where they cannot be read. */
const namedLines = 5;

/**
 * Reads every line that is a run; a missing file is an empty history. What is no file, cannot be read
 * or is too large costs the comparison alone, and is said.
 */
export function readHistory(path: string): History {
  if (!existsSync(path)) return { runs: [], unreadable: [] };
  if (!statSync(path).isFile()) return { runs: [], unreadable: [`${path}: it is not a file`] };
  try {
    return historyIn(path, textLines(path));
  } catch (error) {
    return { runs: [], unreadable: [`${path}: it cannot be read (${codeOf(error)})`] };
  }
}

function historyIn(path: string, { lines, isWhole }: TextLines): History {
  const runs: RunRecord[] = [];
  const unreadable: string[] = [];
  let wrong = 0;
  for (const [index, text] of lines.entries()) {
    if (text === '') continue;
    const run = parse(text);
    if (typeof run !== 'string') runs.push(run);
    else if (++wrong <= namedLines)
      unreadable.push(isWhole ? `${path}:${index + 1}: ${run}` : `${path}: ${run} in a line`);
  }
  if (wrong > namedLines) unreadable.push(`${path}: ${wrong - namedLines} more lines`);
  if (!isWhole) unreadable.push(`${path}: all but its last ${readBytes / 1024 / 1024} MiB`);
  return { runs, unreadable };
}

/**
 * Appends a run in one write, so that two writers at once do not tear each other's lines.
 * @throws the system's error where the file cannot be written.
 */
export function appendRun(path: string, run: RunRecord): void {
  makeFolder(dirname(path));
  // What cannot be written is known at once, and not after waiting for a lock.
  closeSync(openSync(path, 'a'));
  // A line that a killed run left torn must not swallow this one: each begins on a line of its own.
  locked(path, () => appendFileSync(path, `\n${JSON.stringify(run)}\n`));
}

/**
 * Forgets runs older than a year; what cannot be read is kept. The file is replaced in one step; one
 * that is too large to be read stays as it is. @throws the system's error where it cannot be replaced.
 */
export function pruneHistory(path: string, now: number = Date.now()): void {
  const older = (days: number) => (text: string) => {
    const run = text === '' ? undefined : parse(text);
    return typeof run === 'object' && now - Date.parse(run.startedAt) > days * day;
  };
  const isDue = ({ lines, isWhole }: TextLines) =>
    isWhole && lines.some(older(keptDays + slackDays));
  if (!isDue(textLines(path))) return;
  locked(path, (alone) => {
    // Where another run may append meanwhile, the next run prunes.
    if (!alone) return;
    const { lines, isWhole } = textLines(path);
    if (!isWhole) return;
    const kept = lines.filter((text) => text !== '' && !older(keptDays)(text));
    // A link stays one: what it leads to is replaced.
    const file = realpathSync(path);
    writeFileSync(`${file}.${process.pid}`, kept.map((text) => `${text}\n`).join(''));
    renameSync(`${file}.${process.pid}`, file);
  });
}

interface TextLines {
  readonly lines: readonly string[];
  /** Whether they are all of the file. */
  readonly isWhole: boolean;
}

/** The lines of the file, or of its end where it is large; a line that the cut goes through is left out. */
function textLines(path: string): TextLines {
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    const from = Math.max(0, size - readBytes);
    const bytes = Buffer.alloc(size - from);
    const read = readSync(file, bytes, 0, bytes.length, from);
    const lines = bytes.toString('utf8', 0, read).split('\n');
    return { lines: from === 0 ? lines : lines.slice(1), isWhole: from === 0 };
  } finally {
    closeSync(file);
  }
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
