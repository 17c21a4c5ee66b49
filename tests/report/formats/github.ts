import type { Compared } from '../../../schemas/files/history.ts';
import { isSameAt } from '../../../schemas/files/history.ts';
import { printable } from '../../judge/text.ts';
import { placeTitle, wrongIn } from '../../judge/wording.ts';

/** GitHub's workflow commands for what fails or is a warning. */
export function annotations({ report, regression }: Compared): string[] {
  return report.verdicts
    .filter(({ failing, outcome }) => failing || outcome === 'deviates')
    .map((verdict) => {
      const { requirement, route, failing, outcome, reason, text } = verdict;
      const change = regression.changes.find((each) => isSameAt(each, verdict));
      const what = outcome === 'error' ? `not checked, because ${reason}` : wrongIn(verdict);
      const message = `${text}: ${what} (${change?.kind ?? outcome})`;
      return `::${failing ? 'error' : 'notice'} title=${property(`${requirement} on ${placeTitle(route)}`)}::${data(message)}`;
    });
}

/** Nothing a target sent can end the command or begin another one. */
function data(text: string): string {
  return printable(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
