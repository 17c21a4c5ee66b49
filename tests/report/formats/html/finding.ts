import type { Finding } from '../../model/model.ts';
import { type Markup, markup, sourceMarkup } from '../markup.ts';

/** A finding as a card. `isOpen`: whether its exchange is. */
export function findingCard(finding: Finding, isOpen: boolean): Markup {
  const { id, kind, requirement, where, wrong, lines } = finding;
  const title = markup`<code>${requirement}</code> <span class="quiet">on ${where}:</span> <bdi class="received">${wrong}</bdi>`;
  const inside = markup`<dl>${lines.map(
    ([name, text]) =>
      markup`<div><dt>${name}</dt><dd class="${name.replace(' ', '-')}"><bdi>${name === 'rule' ? sourceMarkup(text) : text}</bdi></dd></div>`,
  )}</dl>\n${exchangeMarkup(finding, isOpen)}`;
  return kind === 'fails'
    ? markup`<article class="card bad" id="${id}"><h3>${title}</h3>\n${inside}</article>\n`
    : markup`<details class="card ${kind === 'known' ? 'known' : 'note'}" id="${id}"><summary>${title}</summary>\n${inside}</details>\n`;
}

function exchangeMarkup({ exchange }: Finding, isOpen: boolean): Markup | '' {
  if (exchange === undefined) return '';
  const { title, why, ms, request, response, marked, failure, curl } = exchange;
  const lines = response
    ?.split('\n')
    .map((line) => [marked.includes(line) ? markup`<mark>${line}</mark>` : line, '\n']);
  return markup`<details class="exchange"${isOpen && markup` open`}><summary class="quiet">The exchange, and how to repeat it</summary>
<p class="quiet">${title}: ${why}</p>
<div class="sides">
<figure><figcaption>Request</figcaption><pre tabindex="0">${request}</pre></figure>
<figure><figcaption>Response after ${ms} ms</figcaption>${lines && markup`<pre tabindex="0">${lines}</pre>`}${
    failure && markup`<p><mark>no whole response: ${failure}</mark></p>`
  }</figure>
</div>
<p class="quiet">To send the same request again, with your token in <code>GRAPH_ACCESS_TOKEN</code>:</p>
<pre tabindex="0" class="curl">${curl}</pre></details>`;
}
