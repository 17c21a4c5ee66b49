import { html } from 'hono/html';
import { printable } from '../../judge/text.ts';

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
