import type { Suite } from '@playwright/test/reporter';
import { counted } from '../judge/text.ts';
import { requirements } from '../requirements/index.ts';
import { isUntested, testTitle } from '../requirements/requirement.ts';

/** What `--list` prints: every requirement of the tests that were found, with its level and what it says. */
export function requirementList(suite: Suite): string {
  const found = new Set(suite.allTests().map(({ title }) => title));
  const rows = requirements
    .filter((each) => found.has(testTitle(each)))
    .map((each) => [each.id, isUntested(each) ? 'untested' : each.level, each.text]);
  const table = [['requirement', 'level', 'the service …'], ...rows];
  const widths = [0, 1].map((i) => Math.max(...table.map((row) => row[i]?.length ?? 0)));
  return [
    ...table.map((row) => row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  ')),
    '',
    `${counted(rows.length, 'requirement')}; nothing was sent. Variables: .env.example, commands: docs/commands.md`,
  ].join('\n');
}
