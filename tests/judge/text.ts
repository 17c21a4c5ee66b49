/** Control characters by their number; line ends and tabs stay. */
export function printable(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replace(/[^\P{C}\n\t]/gu, (c) => `\\u{${c.codePointAt(0)?.toString(16)}}`);
}

/** A number with what it counts. */
export function counted(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
