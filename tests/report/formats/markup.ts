import { html } from 'hono/html';
import { printable } from '../../judge/text.ts';
import { sourceParts } from '../references.ts';

/** HTML that is escaped already. */
export type Markup = ReturnType<typeof html>;

type Value = string | number | false | undefined | Markup | readonly Value[];

/**
 * The one way in which text becomes HTML: every string put in is escaped by the template library,
 * and its control and direction characters are shown by their number.
 */
export function markup(strings: TemplateStringsArray, ...values: Value[]): Markup {
  return html(strings, ...values.map(inert));
}

function inert(value: Value): unknown {
  if (typeof value === 'string') return printable(value);
  return Array.isArray(value) ? value.map(inert) : value;
}

/** A source with links to what it refers to. */
export function sourceMarkup(source: string): Markup[] {
  return sourceParts(source).map(({ text, url }) =>
    url === undefined ? markup`${text}` : markup`<a href="${url}">${text}</a>`,
  );
}
