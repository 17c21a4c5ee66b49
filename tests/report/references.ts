/** The published page of the operation. */
export const documentedPage = 'https://learn.microsoft.com/graph/api/user-post-registereddevices';

/** A part of a source: plain text, or a reference with the address where it can be read. */
export interface SourcePart {
  readonly text: string;
  readonly url?: string;
}

/** The documents that requirements refer to, each by the notation of the table of requirements. */
const documents: readonly (readonly [
  notation: RegExp,
  url: (parts: readonly string[]) => string,
])[] = [
  [/RFC (\d+)(?: §(\d+(?:\.\d+)*))?/, ([number, section]) => rfc(number, section)],
  [/OData JSON(?: 4\.01)?/, () => `${oasis}odata-json-format/v4.01/odata-json-format-v4.01.html`],
  [
    /OData ABNF|OData 4\.01 ABNF/,
    () => `${oasis}odata/v4.01/os/abnf/odata-abnf-construction-rules.txt`,
  ],
  [/OData URL/, () => `${oasis}odata/v4.01/odata-v4.01-part2-url-conventions.html`],
  [/OData/, () => `${oasis}odata/v4.01/odata-v4.01-part1-protocol.html`],
  [/\bpage\b/, () => documentedPage],
  [/service's general error page/, () => 'https://learn.microsoft.com/graph/errors'],
];

const oasis = 'https://docs.oasis-open.org/odata/';

function rfc(number = '', section?: string): string {
  const anchor = section === undefined ? '' : `#section-${section}`;
  return `https://www.rfc-editor.org/rfc/rfc${number}${anchor}`;
}

const anyNotation = new RegExp(documents.map(([notation]) => notation.source).join('|'), 'g');

/** The source of a requirement in parts, its references with their addresses. */
export function sourceParts(source: string): SourcePart[] {
  const parts: SourcePart[] = [];
  let from = 0;
  for (const match of source.matchAll(anyNotation)) {
    parts.push({ text: source.slice(from, match.index) }, linked(match[0]));
    from = match.index + match[0].length;
  }
  return [...parts, { text: source.slice(from) }].filter(({ text }) => text !== '');
}

function linked(text: string): SourcePart {
  for (const [notation, url] of documents) {
    const [all, ...parts] = notation.exec(text) ?? [];
    if (all === text) return { text, url: url(parts) };
  }
  return { text };
}
