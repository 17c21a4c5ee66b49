import { parseArgs } from 'node:util';
import { refused } from '../../fixtures/configuration/errors.ts';
import flags from './flags.json' with { type: 'json' };
import refusedOptions from './refused-options.json' with { type: 'json' };

export const projects = ['contract', 'replay'] as const;

export type CommandLine = Readonly<ReturnType<typeof readCommandLine>>;

/** Options of Playwright's that would break something, each with the reason or what to do. */
const reasons = new Map(Object.entries(refusedOptions));

const text = { type: 'string', multiple: true } as const;
const options = {
  grep: { ...text, short: 'g' },
  'grep-invert': { ...text, short: 'G' },
  project: text,
} as const;

/** Reads the arguments behind `playwright test`. @throws ConfigurationError where one would break the run. */
export function readCommandLine(args: readonly string[], isTenant: boolean) {
  const { values } = parseArgs({ args: [...args], strict: false, options });
  const { 'grep-invert': grepInvert, grep, project: named = ['contract'], list } = values;
  const given = Object.keys(values);
  const wrong = given.find((name) => reasons.has(name));
  const project = projects.find((each) => named.every((one) => one === each));
  if (wrong) throw refused('refused option', { name: wrong, why: reasons.get(wrong) });
  // Behind an option that is no flag stands its value.
  const isValue = (before = '') => /^-(\w|-[^=]+)$/.test(before) && !flags.includes(before);
  if (args.some((each, i) => /^[^-]/.test(each) && !isValue(args[i - 1])))
    throw refused('test file');
  if (isTenant && given.includes('shard')) throw refused('shard of a tenant');
  if (project === undefined) throw refused('unknown project', { projects: projects.join(', ') });
  return {
    project,
    // Patterns of titles as Playwright takes them, each the last that was given.
    grep: grep?.at(-1)?.toString(),
    grepInvert: grepInvert?.at(-1)?.toString(),
    /** Whether some tests are chosen, and others left out. */
    isSelection: given.some((name) =>
      /^(grep|shard|last-failed|only-changed|test-list)/.test(name),
    ),
    /** Whether tests are only listed, and nothing is sent or written. */
    isList: list === true,
    /** Whether a recording is judged again, and nothing is sent. */
    isRejudged: values['no-deps'] === true,
  };
}
