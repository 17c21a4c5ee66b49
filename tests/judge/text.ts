export { printable } from '../../fixtures/configuration/errors.ts';

export function counted(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
