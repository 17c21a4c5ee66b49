import type { Finding, ShownExchange, ShownSide } from '../../model/model.ts';
import { type Markup, markup, sourceMarkup } from '../markup.ts';

/** What of an exchange is marked. */
type Marked = Pick<Finding, 'part' | 'header' | 'property'>;

/** What each kind of finding looks like: a class of the style sheet. */
const marks: Readonly<Record<Finding['kind'], string>> = {
  fails: 'bad',
  warning: 'note',
  known: 'known',
};

/** A finding as a card: open if it fails, else one line with the rest on demand. `isOpen`: whether its exchange is. */
export function findingCard(finding: Finding, isOpen: boolean): Markup {
  const { id, kind, requirement, where, wrong, lines, exchange } = finding;
  const title = markup`<code>${requirement}</code> <span class="quiet">on ${where}:</span> <bdi class="received">${wrong}</bdi>`;
  const inside = markup`<dl>${lines.map(
    ([name, text]) =>
      markup`<div><dt>${name}</dt><dd class="${name.replace(' ', '-')}"><bdi>${name === 'rule' ? sourceMarkup(text) : text}</bdi></dd></div>`,
  )}</dl>\n${exchange && exchangeMarkup(exchange, finding, isOpen)}`;
  return kind === 'fails'
    ? markup`<article class="card bad" id="${id}"><h3>${title}</h3>\n${inside}</article>\n`
    : markup`<details class="card ${marks[kind]}" id="${id}"><summary>${title}</summary>\n${inside}</details>\n`;
}

/** Request and response side by side, with the part marked in which the finding lies. */
function exchangeMarkup(exchange: ShownExchange, where: Marked, isOpen: boolean): Markup {
  const { title, why, ms, request, response, failure, curl } = exchange;
  return markup`<details class="exchange"${isOpen && markup` open`}><summary class="quiet">The exchange, and how to repeat it</summary>
<p class="quiet">${title}: ${why}</p>
<div class="sides">
<figure><figcaption>Request</figcaption>${sideMarkup(request, {})}</figure>
<figure><figcaption>Response after ${ms} ms</figcaption>${response && sideMarkup(response, where)}${
    failure && markup`<p><mark>no whole response: ${failure}</mark></p>`
  }</figure>
</div>
<p class="quiet">To send the same request again, with your token in <code>GRAPH_ACCESS_TOKEN</code>:</p>
<pre tabindex="0" class="curl">${curl}</pre></details>`;
}

function sideMarkup({ line, headers, body }: ShownSide, where: Marked): Markup {
  const { part, header } = where;
  const sought = header?.toLowerCase();
  const isSought = ([name]: readonly [string, string]) => name.toLowerCase() === sought;
  return markup`<pre tabindex="0">${marked(line, part === 'status')}
${headers.map((each) => [marked(each.join(': '), isSought(each)), '\n'])}${
  sought !== undefined && !headers.some(isSought) && markup`<mark>(no ${sought})</mark>\n`
}
${bodyMarkup(body, where)}</pre>`;
}

/** The body with what is wrong marked: the line of the property, or the end where the property is missing. */
function bodyMarkup(body: string, { part, property }: Marked): (Markup | string)[] {
  if (part !== 'body') return [body];
  const lines = body.split('\n');
  const at = lines.findIndex((line) => line.includes(`"${property}"`));
  if (property === undefined || (at < 0 && !body.trim().startsWith('{')))
    return [marked(body || '(no body)', true)];
  if (at < 0) return [body, markup`\n<mark>(no ${property})</mark>`];
  return lines.flatMap((line, i) => [marked(line, i === at), '\n']);
}

function marked(text: string, isMarked: boolean): Markup | string {
  return isMarked ? markup`<mark>${text}</mark>` : text;
}
