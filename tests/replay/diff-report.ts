import { isComparable } from '../../fixtures/recording/reader.ts';
import type { Recording } from '../../schemas/files/recording.ts';
import { counted, printable } from '../judge/text.ts';
import type { Difference, Pair } from './diff.ts';

/** Names of requests that a line has room for. */
const namedRequests = 3;

/** The difference in one line, the requests that show it at its end. */
export function differenceLine(difference: Difference): string {
  const { place, recorded, replayed, routes, requests } = difference;
  const names = [...requests].slice(0, namedRequests).join(', ');
  const more = requests.size > namedRequests ? ` and ${requests.size - namedRequests} more` : '';
  const on = routes.size > 1 ? 'both routes' : `/${[...routes].join()}`;
  const line = `${placeOf(place)}: recorded ${recorded}, here ${replayed} · ${on}: ${names}${more}`;
  return printable(line).replaceAll('\n', ' ');
}

/** Where the responses differ: `status`, `headers Location`, `body error.details[].code`. */
export function placeOf([aspect = '', ...steps]: Difference['place']): string {
  return `${aspect} ${steps.join('.').replaceAll('.[]', '[]')}`.trimEnd();
}

/** What was compared, in one sentence, and what of the recording could not be. */
export function summaryOf(
  { run, exchanges }: Recording,
  pairs: readonly Pair[],
  differences: readonly Difference[],
): string {
  const comparable = exchanges.filter(isComparable).length;
  const left = (count: number, why: string) =>
    count === 0 ? '' : `; ${counted(count, 'recorded request')} ${why}`;
  return [
    `${counted(differences.length, 'difference')} in ${counted(pairs.length, 'request')} to ${run.target}, recorded ${run.startedAt}`,
    left(exchanges.length - comparable, 'had no response to compare with'),
    left(comparable - pairs.length, 'could not be sent here'),
  ].join('');
}

/** Why not every recorded request was compared, as the rest of a sentence; undefined: each was. */
export function whyIncomplete(
  pairs: readonly Pair[],
  recorded: Pick<Recording, 'end'>,
  replayed: Pick<Recording, 'end'>,
): string | undefined {
  if (pairs.length === 0) return 'nothing could be compared';
  // A killed run sent less than the documented requests.
  if (recorded.end === undefined) return 'the recording is not whole: the run was interrupted';
  return replayed.end?.complete ? undefined : (replayed.end?.reason ?? 'the run was interrupted');
}

/** replay/differences.md: what a mock does otherwise than the recorded target, and in which lines of both recordings to see it. */
export function differencesMarkdown(title: string, differences: readonly Difference[]): string {
  const lines = differences.map((difference) => {
    const { recorded, replayed } = difference.first;
    const evidence = `recorded in ${recorded.evidence}, here in ${replayed.evidence}`;
    return `- ${escaped(differenceLine(difference))}\n  - ${escaped(evidence)}`;
  });
  const where = lines.length === 0 ? [] : ['html/index.html shows both exchanges of each.'];
  return [`# ${escaped(title)}`, ...lines, ...where, ''].join('\n\n');
}

/** Text from a target must not become markup. */
function escaped(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]<>|#]/g, '\\$&');
}
