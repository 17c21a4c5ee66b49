/**
 * The text in lines of at most `columns` characters, broken at blanks; what follows the first line
 * begins with `indent` blanks. A word that is longer, such as a path, stays whole. `columns`
 * undefined: one line.
 */
export function wrapped(text: string, columns: number | undefined, indent: number): string {
  if (columns === undefined) return text;
  const lines: string[] = [];
  let line = '';
  for (const [word] of text.matchAll(/\s*\S+/g)) {
    if (line !== '' && line.length + word.length > columns) {
      lines.push(line);
      line = ' '.repeat(indent) + word.trimStart();
    } else line += word;
  }
  return [...lines, line].join('\n');
}
