import { printable } from '../../judge/text.ts';

/**
 * A text as a terminal may be given it, in lines of at most `columns` characters, broken at blanks; what
 * follows the first line begins with `indent` blanks. A word that is longer, such as a path, stays whole.
 * `columns` undefined: one line.
 */
export function wrapped(shown: string, columns: number | undefined, indent: number): string {
  const text = printable(shown).replaceAll('\n', ' ');
  if (columns === undefined) return text;
  const lines: string[] = [];
  let line = '';
  for (const [word] of text.matchAll(/\s*\S+/g)) {
    if (line !== '' && line.length + word.length > columns) {
      lines.push(line);
      line = ' '.repeat(indent) + word.trimStart();
    } else line += word;
  }
  // A line must not begin with what a log takes for a command.
  return printable([...lines, line].join('\n'));
}
