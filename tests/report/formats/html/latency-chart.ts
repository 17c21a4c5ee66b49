import { dateOf, type Regression } from '../../../../schemas/files/history.ts';
import { type Markup, markup } from '../markup.ts';

const [width, height, margin] = [320, 96, 14];

/** The median and the 95th percentile of a route's creates over the nights, as a drawing and as a table. */
export function latencyChart({ target, runs }: Regression, route: 'me' | 'users'): Markup | '' {
  const points = runs.flatMap((night) => {
    const found = night.latency[route];
    return found ? [{ date: dateOf(night), ...found }] : [];
  });
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return '';
  const top = Math.max(...points.map(({ p95 }) => p95), 1);
  const line = (of: 'p50' | 'p95') =>
    points
      .map((point, i) => {
        const x = points.length === 1 ? width / 2 : (i / (points.length - 1)) * (width - 8) + 4;
        const y = margin + (1 - point[of] / top) * (height - 2 * margin);
        return `${i === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}${points.length === 1 ? 'h.1' : ''}`;
      })
      .join('');
  const name = `${target}, /${route}`;
  return markup`<figure class="chart"><figcaption>${name} <span class="quiet">median ${last.p50} ms, 95 % within ${last.p95} ms</span></figcaption>
<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="Latency of ${name}: the median was ${first.p50} ms on ${first.date} and is ${last.p50} ms on ${last.date}; the table below has every night.">
<path class="axis" d="M0 ${height - margin}H${width}M0 ${margin}H${width}"/>
<path class="p95" d="${line('p95')}"/><path class="p50" d="${line('p50')}"/>
<text x="0" y="10">${top} ms</text><text x="0" y="${height - 3}">${first.date}</text><text x="${width}" y="${height - 3}" text-anchor="end">${last.date}</text>
</svg>
<details><summary>Every night</summary><table><thead><tr><th scope="col">night</th><th scope="col">median</th><th scope="col">95 %</th></tr></thead>
<tbody>${points.map(({ date, p50, p95 }) => markup`<tr><th scope="row">${date}</th><td>${p50} ms</td><td>${p95} ms</td></tr>`)}</tbody></table></details></figure>`;
}
