import type { ShownExchange, ShownSide, Verdict } from '../../../../schemas/files/report.ts';
import { type Markup, markup } from '../markup.ts';

type Where = Pick<Verdict, 'part' | 'header'>;

/** Request and response side by side, with the part marked in which the finding lies. */
export function exchangeMarkup(
  { title, why, ms, request, response, failure, curl }: ShownExchange,
  where: Where,
): Markup {
  return markup`<p class="quiet">${title}: ${why}</p>
<div class="sides">
<figure><figcaption>Request</figcaption>${sideMarkup(request, {})}</figure>
<figure><figcaption>Response after ${where.part === 'time' ? markup`<mark>${ms} ms</mark>` : `${ms} ms`}</figcaption>${
    response ? sideMarkup(response, where) : ''
  }${failure && markup`<p><mark>no whole response: ${failure}</mark></p>`}</figure>
</div>
<p class="quiet">The same request again, with your token in <code>GRAPH_ACCESS_TOKEN</code>:</p>
<pre tabindex="0" class="curl">${curl}</pre>`;
}

function sideMarkup({ line, headers, body }: ShownSide, { part, header }: Where): Markup {
  const marked = header?.toLowerCase();
  const missing = marked !== undefined && !headers.some(([name]) => name.toLowerCase() === marked);
  return markup`<pre tabindex="0">${when(part === 'status', line)}
${headers.map(
  ([name, value]) => markup`${when(name.toLowerCase() === marked, `${name}: ${value}`)}
`,
)}${missing && markup`<mark>(no ${marked})</mark>\n`}
${part === 'body' && body === '' ? markup`<mark>(no body)</mark>` : when(part === 'body', body)}</pre>`;
}

function when(marked: boolean, text: string): Markup | string {
  return marked ? markup`<mark>${text}</mark>` : text;
}
