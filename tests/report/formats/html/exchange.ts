import type { Verdict } from '../../../../schemas/files/report.ts';
import type { ShownExchange, ShownSide } from '../../exchange-view.ts';
import { type Markup, markup } from '../markup.ts';

/** Request and answer side by side, with the part marked in which the finding lies. */
export function exchangeMarkup(
  { call, why, ms, request, answer, failure, curl }: ShownExchange,
  part: Verdict['part'],
): Markup {
  return markup`<p class="quiet">${call}: ${why}</p>
<div class="sides">
<figure><figcaption>Request</figcaption>${sideMarkup(request, undefined)}</figure>
<figure><figcaption>Answer after ${part === 'time' ? markup`<mark>${ms} ms</mark>` : `${ms} ms`}</figcaption>${
    answer ? sideMarkup(answer, part) : ''
  }${failure && markup`<p><mark>no whole answer: ${failure}</mark></p>`}</figure>
</div>
<p class="quiet">The same call again, with your token in <code>GRAPH_ACCESS_TOKEN</code>:</p>
<pre tabindex="0" class="curl">${curl}</pre>`;
}

function sideMarkup({ line, headers, body }: ShownSide, part: Verdict['part']): Markup {
  const marked = part?.startsWith('header ')
    ? part.slice('header '.length).toLowerCase()
    : undefined;
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
