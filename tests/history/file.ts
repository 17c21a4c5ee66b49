import { appendFileSync, existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { codeOf } from '../../fixtures/configuration/errors.ts';
import { boundedText } from '../../fixtures/configuration/files.ts';
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
    const read = lines.map(parsed);
    const wrong = read.filter((each) => typeof each === 'string');
    return {
      runs: read.flatMap((each) => (typeof each === 'string' ? [] : each)),
      unreadable: [...new Set(wrong)].map(
        (why) => `${path}: ${why}, in ${wrong.filter((each) => each === why).length} of its lines`,
      ),
    };
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

/** The run, or what is wrong with the line. */
function parsed(text: string): RunRecord | string {
  try {
    const line = JSON.parse(text);
    if (line?.conforms)
      return `runs of version ${line.suiteVersion} are not compared any more: move the file away to begin anew`;
    const texts = [line.run, line.target, line.suiteVersion, line.status];
    const states = Object.values(line.states).every(
      (each) => typeof (Object(each).received ?? each) === 'string',
    );
    const isRun = texts.every((each) => typeof each === 'string') && states;
    return isRun && Date.parse(line.startedAt) > 0 ? line : 'no run of this suite';
  } catch {
    return 'no run of this suite';
  }
}
