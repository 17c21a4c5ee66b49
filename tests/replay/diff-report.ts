import { isComparable } from '../../fixtures/recording/reader.ts';
import type { Exchange } from '../../schemas/files/recording.ts';
import { printable } from '../report/wording.ts';
import type { Difference, Pair } from './diff.ts';
import { aspects } from './fact.ts';

/** Names of calls that a line has room for. */
const namedCalls = 3;

/** The difference in one line. */
export function differenceLine(difference: Difference): string {
  const { aspect, where, recorded, received, routes, calls } = difference;
  const names = [...calls].slice(0, namedCalls).join(', ');
  const more = calls.size > namedCalls ? ` and ${calls.size - namedCalls} more` : '';
  const place = routes.length > 1 ? 'both routes' : `/${routes[0]}`;
  return printable(
    `${[aspect, where].filter(Boolean).join(' ')}: recorded ${recorded}, here ${received} · ${place}: ${names}${more}`,
  ).replaceAll('\n', ' ');
}

/** What of a recording was not compared, as the end of a sentence; empty: all of it was. */
export function leftOut(recorded: readonly Exchange[], pairs: readonly Pair[]): string {
  const answered = recorded.filter(isComparable).length;
  const counts: [number, string][] = [
    [recorded.length - answered, 'had no answer to compare with'],
    [answered - pairs.length, 'could not be asked here'],
  ];
  return counts
    .filter(([count]) => count > 0)
    .map(([count, why]) => `; ${count} recorded ${count === 1 ? 'call' : 'calls'} ${why}`)
    .join('');
}

/** replay/differences.md: what a mock does otherwise than the target that was recorded, and where to see it. */
export function differencesMarkdown(title: string, differences: readonly Difference[]): string {
  const sections = aspects.flatMap((aspect) => {
    const mine = differences.filter((each) => each.aspect === aspect);
    const lines = mine.map(
      (each) => `- ${escaped(differenceLine(each))}\n  - ${escaped(evidenceOf(each))}`,
    );
    return lines.length === 0 ? [] : [`## ${aspect}`, lines.join('\n')];
  });
  const where = differences.length === 0 ? [] : ['html/index.html shows both exchanges of each.'];
  return [`# ${escaped(title)}`, ...sections, ...where, ''].join('\n\n');
}

/** File and line of the first call that shows it, in both recordings. */
function evidenceOf({ first: { recorded, replayed } }: Difference): string {
  return `recorded in ${recorded.evidence ?? 'memory'}, here in ${replayed.evidence ?? 'memory'}`;
}

function escaped(text: string): string {
  return text.replaceAll(markup, '\\$&');
}

/** Text from a target must not become markup. */
const markup = /[\\`*_{}[\]<>|#]/g;
