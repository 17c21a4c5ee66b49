import type { styleText } from 'node:util';
import type { Verdict } from '../../../schemas/files/report.ts';
import { outcomeTitle } from '../../judge/wording.ts';

type Style = Parameters<typeof styleText>[0];

/** Every requirement that was judged: one line each, one column a route. */
export function verdictTable(
  all: readonly Verdict[],
  paint: (style: Style, text: string) => string,
): string[] {
  const verdicts = all.filter(({ outcome }) => outcome !== 'untested');
  const ids = [...new Set(verdicts.map(({ requirement }) => requirement))];
  const columns = [...new Set(verdicts.flatMap(({ route }) => (route === 'both' ? [] : [route])))];
  const width = Math.max(0, ...verdicts.map((verdict) => outcomeTitle(verdict).length));
  const head = `${'requirement'.padEnd(24)}${'level'.padEnd(10)}${columns.map((route) => `/${route}`.padEnd(width + 2)).join('')}`;
  const rows = ids.map((id) => {
    const mine = verdicts.filter(({ requirement }) => requirement === id);
    const cells = columns.map((route) => {
      const verdict = mine.find((each) => each.route === route || each.route === 'both');
      const title = verdict === undefined ? '' : outcomeTitle(verdict);
      return paint(verdict === undefined ? 'dim' : styleOf(verdict), title.padEnd(width + 2));
    });
    return `${id.padEnd(24)}${(mine[0]?.level ?? '').padEnd(10)}${cells.join('')}`.trimEnd();
  });
  return [paint('bold', head.trimEnd()), ...rows];
}

function styleOf({ failing, outcome }: Verdict): Style {
  if (failing) return 'red';
  if (outcome === 'conforms') return 'green';
  return outcome === 'not applicable' ? 'dim' : 'yellow';
}
