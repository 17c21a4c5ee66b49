export { printable } from '../../fixtures/configuration/variables/printable.ts';

/** A number with what it counts. */
export function counted(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
