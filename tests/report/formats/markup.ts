import { html } from 'hono/html';
import { printable } from '../../judge/text.ts';
import clauses from './clauses.json' with { type: 'json' };
import documents from './documents.json' with { type: 'json' };

export type Markup = ReturnType<typeof html>;

type Value = string | number | false | undefined | Markup | readonly Value[];

/** The one way in which text becomes HTML: escaped, and control characters by number. */
export function markup(strings: TemplateStringsArray, ...values: Value[]) {
  return html(strings, ...values.map(inert));
}

function inert(value: Value): unknown {
  if (typeof value === 'string') return printable(value);
  return Array.isArray(value) ? value.map(inert) : value;
}

export function timeText(run: { readonly startedAt: string } | undefined) {
  return run === undefined ? '' : `${run.startedAt.slice(0, 16).replace('T', ' ')} UTC`;
}

const notations = Object.entries(documents);
/** The OASIS documents have names for their clauses. */
const anchors = new Map(Object.entries(clauses));
const anyNotation = new RegExp(`(${Object.keys(documents).join('|')})`);

/** The source of a requirement, with links to where it can be read. */
export function sourceMarkup(source: string) {
  return source.split(anyNotation).map((text) => {
    const [, url] = notations.find(([each]) => new RegExp(`^${each}$`).test(text)) ?? [];
    if (url === undefined) return markup`${text}`;
    const [, number, section] = /^RFC (\d+)(?: §(.*))?$/.exec(text) ?? [];
    if (number)
      return markup`<a href="${url}rfc${number}${section && `#section-${section}`}">${text}</a>`;
    const anchor = anchors.get(text.replace(' 4.01', '').replace('§', ''));
    return markup`<a href="${url}${anchor && `#sec_${anchor}`}">${text}</a>`;
  });
}
