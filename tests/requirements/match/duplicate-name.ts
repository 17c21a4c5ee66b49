/** Names (strings before a colon), other strings, and the brackets around them. */
const tokens = /"(?:[^"\\]|\\.)*"(?:\s*:)?|[{}[\]]/g;

/**
 * The first name that stands twice in one object of a JSON text; undefined: none does. Parsers keep
 * one of the values and drop the other without a word (RFC 8259 §4). In: a text that is JSON.
 */
export function duplicateName(json: string): string | undefined {
  const open: Set<string>[] = [];
  for (const [token] of json.matchAll(tokens)) {
    if (token === '{' || token === '[') open.push(new Set());
    else if (token === '}' || token === ']') open.pop();
    else if (token.endsWith(':')) {
      const name: string = JSON.parse(token.slice(0, -1));
      const names = open.at(-1);
      if (names?.has(name)) return name;
      names?.add(name);
    }
  }
  return undefined;
}
