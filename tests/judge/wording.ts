import type { Verdict } from '../../schemas/files/report.ts';
import { type Place, routeTitle } from '../../schemas/operation.ts';

/** Control characters by their number; line ends and tabs stay. */
export function printable(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replace(/[^\P{C}\n\t]/gu, (c) => `\\u{${c.codePointAt(0)?.toString(16)}}`);
}

/** Where a verdict holds, as the page writes it. */
export function placeTitle(route: Place): string {
  return route === 'both' ? 'both routes' : routeTitle[route];
}

/** Whether it is a deviation that fails nothing: of a platform requirement, in a run that is not strict. */
export function isWarning({ outcome, failing }: Pick<Verdict, 'outcome' | 'failing'>): boolean {
  return outcome === 'deviates' && !failing;
}

/** The outcome with its share, and whether it is only a warning. */
export function outcomeTitle(verdict: Verdict): string {
  const { outcome, requests, failingRequests } = verdict;
  const share =
    failingRequests > 0 ? ` (${failingRequests} of ${counted(requests, 'request')})` : '';
  return `${outcome}${share}${isWarning(verdict) ? ' · warning' : ''}`;
}

/** A number with what it counts. */
export function counted(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
