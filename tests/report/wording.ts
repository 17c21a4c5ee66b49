import type { Change } from '../../schemas/files/history.ts';
import type { Verdict } from '../../schemas/files/report.ts';
import { routeTitle } from '../../schemas/operation.ts';
/** Since when something is found, with `≥` where the history begins with it. */
export function sinceTitle({ since, orEarlier }: Pick<Change, 'since' | 'orEarlier'>): string {
  return orEarlier ? `≥ ${since}` : since;
}

/** Control characters by their number; line ends and tabs stay. */
export function printable(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replace(/[^\P{C}\n\t]/gu, (c) => `\\u{${c.codePointAt(0)?.toString(16)}}`);
}

/** Where a verdict holds, as the page writes it. */
export function placeTitle(route: Verdict['route']): string {
  return route === 'both' ? 'both routes' : routeTitle[route];
}

/** The outcome with its share, and whether it is only advice. */
export function outcomeTitle({ outcome, failing, requests, failingRequests }: Verdict): string {
  const share =
    failingRequests > 0
      ? ` (${failingRequests} of ${requests} ${requests === 1 ? 'call' : 'calls'})`
      : '';
  const advice = outcome === 'deviates' && !failing ? ' · advice' : '';
  return `${outcome}${share}${advice}`;
}
