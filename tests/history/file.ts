import { appendFileSync, existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { codeOf } from '../../fixtures/configuration/errors.ts';
import { boundedText } from '../../fixtures/configuration/files.ts';
import { counted } from '../judge/text.ts';
import type { RunRecord } from './history.ts';

/** Runs that are read, from the end: more than a year of nights has. */
const readRuns = 400;

/** `fault`: what could not be read, and stays. */
export function readHistory(path: string): { runs: RunRecord[]; fault?: string } {
  try {
    if (!existsSync(path)) return { runs: [] };
    const lines = boundedText(path).split('\n').filter(Boolean).slice(-readRuns);
    const runs = lines.map(parsed).filter((each) => each !== undefined);
    if (runs.length === lines.length) return { runs };
    const wrong = counted(lines.length - runs.length, 'line');
    return {
      runs,
      fault: `${path}: ${wrong} of it that no run of this version of the suite wrote; moved elsewhere, it is begun anew`,
    };
  } catch (error) {
    return { runs: [], fault: `${path}: it cannot be read (${codeOf(error)})` };
  }
}

/** In one write, so that two writers at once tear no line. @throws the system's error. */
export function appendRuns(path: string, runs: readonly RunRecord[]): void {
  if (runs.length === 0) return;
  mkdirSync(dirname(path), { recursive: true });
  const before = existsSync(path) ? boundedText(path) : '';
  // A line that a killed run left torn must not swallow these.
  const isTorn = before !== '' && !before.endsWith('\n');
  const lines = runs.map((run) => `${JSON.stringify(run)}\n`);
  appendFileSync(path, `${isTorn ? '\n' : ''}${lines.join('')}`);
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
