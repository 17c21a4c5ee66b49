import { appendFileSync, existsSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { codeOf } from '../../fixtures/configuration/errors.ts';
import { makeFolder } from '../../fixtures/configuration/files/write-fault.ts';
import type { RunRecord } from './history.ts';
import { fromVersion04 } from './record.ts';

/** A file of runs, one JSON line each, as it was read. */
export interface History {
  readonly runs: readonly RunRecord[];
  /** What could not be read, named as `path:line: why` or `path: why`; it stays in the file. */
  readonly unreadable: readonly string[];
}

/** Runs that are read, from the end: more than a year of nights has. */
const readRuns = 400;
/** Bytes of a history that is read: ten years of nights. */
const readBytes = 16 * 1024 * 1024;
/** Lines that are named where they cannot be read. */
const namedLines = 5;

/**
 * The last 400 runs of a history; a missing file is an empty one. What cannot be read costs the
 * comparison alone, and is said.
 */
export function readHistory(path: string): History {
  const none = (why: string) => ({ runs: [], unreadable: [`${path}: ${why}`] });
  try {
    if (!existsSync(path)) return { runs: [], unreadable: [] };
    const stat = statSync(path);
    if (!stat.isFile()) return none('it is not a file');
    if (stat.size > readBytes) return none('it is larger than 16 MB: keep its last lines');
    return historyIn(path, readFileSync(path, 'utf8').split('\n'));
  } catch (error) {
    return none(`it cannot be read (${codeOf(error)})`);
  }
}

function historyIn(path: string, lines: readonly string[]): History {
  const numbered = lines
    .map((text, i) => ({ text, line: i + 1 }))
    .filter(({ text }) => text !== '');
  const read = numbered.slice(-readRuns).map(({ text, line }) => ({ line, run: parse(text) }));
  const wrong = read.filter(({ run }) => typeof run === 'string');
  const unreadable = wrong.slice(0, namedLines).map(({ line, run }) => `${path}:${line}: ${run}`);
  const more = wrong.length - namedLines;
  return {
    runs: read.flatMap(({ run }) => (typeof run === 'string' ? [] : run)),
    unreadable: more > 0 ? [...unreadable, `${path}: ${more} more lines`] : unreadable,
  };
}

/**
 * Appends a run in one write, so that two writers at once do not tear each other's lines.
 * @throws the system's error where the file cannot be written.
 */
export function appendRun(path: string, run: RunRecord): void {
  makeFolder(dirname(path));
  // A line that a killed run left torn must not swallow this one.
  const before = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const isTorn = before !== '' && !before.endsWith('\n');
  appendFileSync(path, `${isTorn ? '\n' : ''}${JSON.stringify(run)}\n`);
}

/** The run, or what is wrong with the line. */
function parse(text: string): RunRecord | string {
  let line: unknown;
  try {
    line = JSON.parse(text);
    const run = isNode(line) && !('states' in line) ? fromVersion04(line) : line;
    return isRun(run) ? run : 'no run of this suite';
  } catch {
    return line === undefined ? 'no JSON' : 'no run of this suite';
  }
}

function isNode(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** Whether a line holds all that is compared and shown of it. */
function isRun(line: unknown): line is RunRecord {
  if (!isNode(line) || !isNode(line.states) || !isNode(line.latency)) return false;
  const texts = [line.run, line.target, line.startedAt, line.suiteVersion, line.status];
  return (
    texts.every((each) => typeof each === 'string') &&
    !Number.isNaN(Date.parse(String(line.startedAt))) &&
    Object.values(line.states).every(
      (each) => typeof each === 'string' || (isNode(each) && typeof each.received === 'string'),
    ) &&
    Object.values(line.latency).every(
      (each) => isNode(each) && typeof each.p50 === 'number' && typeof each.p95 === 'number',
    )
  );
}
