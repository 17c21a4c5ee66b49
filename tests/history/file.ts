import { appendFileSync, existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { codeOf } from '../../fixtures/configuration/errors.ts';
import { boundedText } from '../../fixtures/configuration/files.ts';
import { counted } from '../judge/text.ts';
import type { RunRecord } from './history.ts';

/** A file of runs, one JSON line each, as it was read. */
export interface History {
  readonly runs: readonly RunRecord[];
  /** What could not be read, in words; it stays in the file. */
  readonly unreadable: readonly string[];
}

/** Runs that are read, from the end: more than a year of nights has. */
const readRuns = 400;

/** The last 400 runs of a history. What cannot be read costs the comparison alone, and is said. */
export function readHistory(path: string): History {
  try {
    if (!existsSync(path)) return { runs: [], unreadable: [] };
    const lines = boundedText(path).split('\n').filter(Boolean).slice(-readRuns);
    const runs = lines.map(parsed).filter((each) => each !== undefined);
    const wrong = counted(lines.length - runs.length, 'line');
    const said = `${path}: ${wrong} of it that no run of this version of the suite wrote; moved elsewhere, it is begun anew`;
    return { runs, unreadable: runs.length < lines.length ? [said] : [] };
  } catch (error) {
    return { runs: [], unreadable: [`${path}: it cannot be read (${codeOf(error)})`] };
  }
}

/** Appends a run in one write, so that two writers at once tear no line. @throws the system's error. */
export function appendRun(path: string, run: RunRecord): void {
  mkdirSync(dirname(path), { recursive: true });
  const before = existsSync(path) ? boundedText(path) : '';
  // A line that a killed run left torn must not swallow this one.
  const isTorn = before !== '' && !before.endsWith('\n');
  appendFileSync(path, `${isTorn ? '\n' : ''}${JSON.stringify(run)}\n`);
}

/** The run; undefined: the line is none, or one of 0.4. */
function parsed(text: string): RunRecord | undefined {
  try {
    const line = JSON.parse(text);
    const texts = [line.run, line.target, line.suiteVersion, line.status];
    const found = Object.values<object>(line.states).map((each) => Object(each).received ?? each);
    const isRun = [...texts, ...found].every((each) => typeof each === 'string');
    return isRun && Date.parse(line.startedAt) > 0 ? line : undefined;
  } catch {
    return undefined;
  }
}
