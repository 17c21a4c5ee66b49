import { printable } from '../../fixtures/configuration/errors.ts';
import type { Finding } from '../../schemas/files/finding.ts';

export { printable };

/** What a target sent begins no line, and does nothing in a terminal. */
export function oneLine(text: string) {
  return printable(text).replaceAll('\n', ' ');
}

export function counted(number: number, one: string, many = `${one}s`) {
  return `${number} ${number === 1 ? one : many}`;
}

/** What was received, for a reader; a declaration compares `received`. */
export function toldOf({ told, received }: Pick<Finding, 'told' | 'received'>) {
  return told ?? received;
}
