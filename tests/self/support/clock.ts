import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { emptyFolder } from './run.ts';

/** What Node is told to load first: its clock then runs so many milliseconds ahead. */
const shifted = `
const Real = Date;
const shift = Number(process.env.CLOCK_SHIFT_MS);
globalThis.Date = class Date extends Real {
  constructor(...given) {
    super(...(given.length > 0 ? given : [Real.now() + shift]));
  }
  static now() {
    return Real.now() + shift;
  }
};
`;

/**
 * The environment of a run whose clock begins at that time, and goes on from there.
 * @param time ISO 8601, such as 2026-11-23T12:00:00Z
 */
export function clockAt(time: string): Record<string, string> {
  const file = join(emptyFolder(), 'clock.cjs');
  writeFileSync(file, shifted);
  return {
    NODE_OPTIONS: `--require=${file}`,
    CLOCK_SHIFT_MS: String(Date.parse(time) - Date.now()),
  };
}
