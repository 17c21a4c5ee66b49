import { html } from 'hono/html';
import { printable } from '../../judge/text.ts';

/** HTML that is escaped already. */
export type Markup = ReturnType<typeof html>;

type Value = string | number | false | undefined | Markup | readonly Value[];

/** The one way in which text becomes HTML: escaped by the template library, control and direction characters shown by number. */
export function markup(strings: TemplateStringsArray, ...values: Value[]): Markup {
  return html(strings, ...values.map(inert));
}

function inert(value: Value): unknown {
  if (typeof value === 'string') return printable(value);
  return Array.isArray(value) ? value.map(inert) : value;
}

/** The published page of the operation. */
export const documentedPage = 'https://learn.microsoft.com/graph/api/user-post-registereddevices';

const oasis = 'https://docs.oasis-open.org/odata/';
const part = `${oasis}odata/v4.01/odata-v4.01-part`;

/** The documents that requirements refer to, each by the notation of the table of requirements. */
// biome-ignore format: a row a line
const documents: readonly (readonly [notation: RegExp, url: string])[] = [
  [/RFC \d+(?: §\d+(?:\.\d+)*)?/, 'https://www.rfc-editor.org/rfc/'],
  [/OData JSON(?: 4\.01)?/, `${oasis}odata-json-format/v4.01/odata-json-format-v4.01.html`],
  [/OData(?: 4\.01)? ABNF/, `${oasis}odata/v4.01/os/abnf/odata-abnf-construction-rules.txt`],
  [/OData URL/, `${part}2-url-conventions.html`],
  [/OData/, `${part}1-protocol.html`],
  [/\bpage\b/, documentedPage],
  [/service's general error page/, 'https://learn.microsoft.com/graph/errors'],
];

const anyNotation = new RegExp(`(${documents.map(([notation]) => notation.source).join('|')})`);

/** The source of a requirement in parts, its references with the address where they can be read. */
export function sourceParts(source: string): { readonly text: string; readonly url?: string }[] {
  return source.split(anyNotation).flatMap((text) => {
    const url = documents.find(([notation]) => notation.exec(text)?.[0] === text)?.[1];
    if (text === '') return [];
    return url === undefined ? { text } : { text, url: url + clauseOf(text) };
  });
}

/** "rfc9110#section-8.6", where it is an RFC. */
function clauseOf(text: string): string {
  const [, number, section] = /^RFC (\d+)(?: §(.*))?$/.exec(text) ?? [];
  return number === undefined ? '' : `rfc${number}${section ? `#section-${section}` : ''}`;
}

/** A source with links to what it refers to. */
export function sourceMarkup(source: string): Markup[] {
  return sourceParts(source).map(({ text, url }) =>
    url === undefined ? markup`${text}` : markup`<a href="${url}">${text}</a>`,
  );
}
