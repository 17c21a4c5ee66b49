import type { Compared } from '../../../schemas/files/history.ts';
import { placeTitle, printable } from '../wording.ts';

/** GitHub's workflow commands for what is red or advice. */
export function annotations({ report, regression }: Compared): string[] {
  return report.verdicts
    .filter(({ failing, outcome }) => failing || outcome === 'deviates')
    .map(({ requirement, route, failing, expected, received, reason, text }) => {
      const change = regression.changes.find(
        (each) => each.requirement === requirement && each.route === route,
      );
      const message = `${text}: expected ${expected}, received ${received || reason} (${change?.kind ?? 'not judged'})`;
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
