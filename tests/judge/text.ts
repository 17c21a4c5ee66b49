import type { Finding } from '../../schemas/files/finding.ts';

export { printable } from '../../fixtures/configuration/errors.ts';

export function counted(number: number, one: string, many = `${one}s`) {
  return `${number} ${number === 1 ? one : many}`;
}

/** What was received, for a reader; a declaration compares `received`. */
export function toldOf({ told, received }: Pick<Finding, 'told' | 'received'>) {
  return told ?? received;
}
