/** A name (a string before a colon) or another string, from its first quotation mark. */
const string = /"(?:[^"\\]|\\.)*"(?:\s*:)?/y;

/**
 * The first name that stands twice in one object of a JSON text; undefined: none does. Parsers keep
 * one of the values and drop the other without a word (RFC 8259 §4). In: a text that is JSON.
 */
export function duplicateName(json: string): string | undefined {
  // The names of each object that is open; a set only for two of them, because a text may open millions.
  const open: (Set<string> | string | undefined)[] = [];
  for (let at = 0; at < json.length; at++) {
    const character = json[at];
    if (character === '{' || character === '[') open.push(undefined);
    else if (character === '}' || character === ']') open.pop();
    else if (character === '"') {
      string.lastIndex = at;
      const token = string.exec(json)?.[0] ?? '"';
      at += token.length - 1;
      if (!token.endsWith(':')) continue;
      const name = nameIn(token);
      const names = open.at(-1);
      if (names === name || (names instanceof Set && names.has(name))) return name;
      if (names instanceof Set) names.add(name);
      else open[open.length - 1] = names === undefined ? name : new Set([names, name]);
    }
  }
  return undefined;
}

/** The name behind its escapes; few have any. */
function nameIn(token: string): string {
  return token.includes('\\')
    ? JSON.parse(token.slice(0, -1))
    : token.slice(1, token.lastIndexOf('"'));
}
