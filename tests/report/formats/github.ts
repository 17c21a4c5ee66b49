import { printable } from '../../judge/text.ts';
import type { Report } from '../model/model.ts';

/** GitHub's workflow commands for what fails or is a warning; where nothing was judged, one for that. */
export function annotations({ word, reason, summary, name, target, findings }: Report): string[] {
  const isError = word !== 'PASSED';
  const command = (isFailing: boolean, title: string, text: string) =>
    `::${isFailing && isError ? 'error' : 'notice'} title=${property(title)}::${data(text)}`;
  if (word === 'INCONCLUSIVE' || findings.length === 0)
    return isError ? [command(true, name, reason)] : [];
  const whose = name === target ? '' : `${name}: `;
  const open = summary.error > 0 ? [command(true, 'not checked', reason)] : [];
  const lines = findings
    .filter(({ kind }) => kind !== 'known')
    .map(({ kind, requirement, where, lines, wrong, change }) =>
      command(
        kind === 'fails',
        `${whose}${requirement} on ${where}`,
        `${lines[0]?.[1] ?? ''}: ${wrong}${change ? ` (${change})` : ''}`,
      ),
    );
  return [...open, ...lines];
}

/** Nothing a target sent can end the command or begin another one. */
function data(text: string): string {
  return printable(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
