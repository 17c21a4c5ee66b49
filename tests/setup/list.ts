import type { Suite } from '@playwright/test/reporter';
import { type Place, places } from '../../schemas/operation.ts';
import { counted } from '../judge/text.ts';
import { placeTitle } from '../judge/wording.ts';
import { requirements } from '../requirements/index.ts';
import { isUntested, testTitle } from '../requirements/requirement.ts';

/** What `--list` prints: every requirement of the tests that were found, with its level and routes. */
export function requirementList(suite: Suite): string {
  const found = new Map<string, Place[]>();
  for (const { title, parent } of suite.allTests()) {
    const place = places.find((each) => placeTitle(each) === parent.title);
    if (place !== undefined) found.set(title, [...(found.get(title) ?? []), place]);
  }
  const listed = requirements.filter((each) => found.has(testTitle(each)));
  const rows = listed.map((each) => {
    const routes = (found.get(testTitle(each)) ?? []).map((place) =>
      place === 'both' ? 'both' : `/${place}`,
    );
    return [each.id, isUntested(each) ? 'untested' : each.level, routes.join(' '), each.text];
  });
  const table = [['requirement', 'level', 'routes', 'the service …'], ...rows];
  const widths = [0, 1, 2].map((i) => Math.max(...table.map((row) => row[i]?.length ?? 0)));
  return [
    ...table.map((row) => row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  ')),
    '',
    `${counted(rows.length, 'requirement')}; nothing was sent. Variables: .env.example, commands: docs/commands.md`,
  ].join('\n');
}
