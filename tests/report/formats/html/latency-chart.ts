import type { Route } from '../../../../schemas/operation.ts';
import type { Report } from '../../model/model.ts';
import { type Markup, markup } from '../markup.ts';

/** Of the drawing, in its own units: the dates stand in the lower margin, the top value in the upper. */
const [width, height, margin] = [320, 96, 14];

/** How long a route's creates took in each run, in milliseconds: the median and the 95th percentile, drawn and as a table. */
export function latencyChart({ target, history }: Report, route: Route): Markup | '' {
  const points = history.flatMap((run) => {
    const latency = run.latency[route];
    return latency ? [{ date: run.startedAt.slice(0, 16).replace('T', ' '), ...latency }] : [];
  });
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return '';
  const top = Math.max(...points.map(({ p95 }) => p95), 1);
  const name = `${target}, /${route}`;
  return markup`<figure class="chart"><figcaption>${name}, in milliseconds: ${lineSample('p50')} half of the creates within ${last.p50} ms, ${lineSample('p95')} 95&nbsp;% within ${last.p95} ms</figcaption>
<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="Latency of ${name}: the median was ${first.p50} ms on ${first.date} and is ${last.p50} ms on ${last.date}; the table below shows every run.">
<path d="M0 ${height - margin}H${width}M0 ${margin}H${width}"/>
${(['p95', 'p50'] as const).map((of) => markup`<path class="${of}" d="${lineOf(points.map((point) => point[of] / top))}"/>`)}
<text x="0" y="10">${top} ms</text><text x="0" y="${height - 3}">${first.date}</text><text x="${width}" y="${height - 3}" text-anchor="end">${last.date}</text>
</svg>
<details><summary class="quiet">Every run</summary><table><thead><tr><th scope="col">run of</th><th scope="col">median</th><th scope="col">95&nbsp;% within</th></tr></thead>
<tbody>${points.map(({ date, p50, p95 }) => markup`<tr><th scope="row">${date}</th><td>${p50} ms</td><td>${p95} ms</td></tr>`)}</tbody></table></details></figure>`;
}

/** A piece of a line, for the legend. */
function lineSample(of: 'p50' | 'p95'): Markup {
  return markup`<svg class="sample" viewBox="0 0 24 8" aria-hidden="true"><path class="${of}" d="M1 4H23"/></svg>`;
}

/** Values from 0 to 1 as a path from the left to the right; a single one is a dot in the middle. */
function lineOf(values: readonly number[]): string {
  const y = (value: number) => (margin + (1 - value) * (height - 2 * margin)).toFixed(1);
  if (values.length === 1) return `M${width / 2} ${y(values[0] ?? 0)}h.1`;
  const step = (width - 8) / (values.length - 1);
  return `M${values.map((value, i) => `${(4 + i * step).toFixed(1)} ${y(value)}`).join('L')}`;
}
