/**
 * The text in lines of at most `columns` characters, broken at blanks; what follows the first line
 * begins with `indent` blanks. A word that is longer, such as a path, stays whole.
 */
export function wrapped(text: string, columns: number | undefined, indent: number): string {
  if (columns === undefined) return text;
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = ' '.repeat(indent) + word;
    } else line = line === '' && lines.length === 0 ? word : `${line} ${word}`;
  }
  return [...lines, line].join('\n');
}
