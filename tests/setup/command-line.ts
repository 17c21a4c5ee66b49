import { parseArgs } from 'node:util';
import { ConfigurationError } from '../../fixtures/configuration/errors.ts';

/** The projects of playwright.config.ts. */
export const projects = ['contract', 'cleanup', 'preflight', 'replay'] as const;
export type Project = (typeof projects)[number];

/** What the arguments of a run ask for. */
export interface CommandLine {
  readonly project: Project;
  /** Patterns of titles as Playwright takes them, each the last that was given. */
  readonly grep: string | undefined;
  readonly grepInvert: string | undefined;
  /** Whether some tests are chosen, and others left out. */
  readonly isSelection: boolean;
  /** Whether tests are only listed, and nothing is sent or written. */
  readonly isList: boolean;
  /** Whether a recording is judged again, and nothing is sent. */
  readonly isRejudged: boolean;
}

const once = 'every request is sent once a run: start another run to send again';

/** Options of Playwright's that would break something, each with the reason or what to do. */
// biome-ignore format: a row a line
const refused: Readonly<Record<string, string>> = {
  output: 'Playwright empties that folder: CONTRACT_REPORT names the folder that a run writes to',
  reporter: 'it would replace the report: --add-reporter adds one',
  'pass-with-no-tests': 'a run that judges nothing must not pass',
  'repeat-each': once, retries: once, debug: once, ui: once, 'ui-host': once, 'ui-port': once,
};

/** Options of Playwright's that choose some tests. */
const selecting = /^(grep|shard|last-failed|only-changed|test-list)/;

const text = { type: 'string', multiple: true } as const;
const options = {
  grep: { ...text, short: 'g' },
  'grep-invert': { ...text, short: 'G' },
  project: text,
} as const;

/**
 * Reads the arguments behind `playwright test`, as far as they choose what runs. `isLive`: whether the
 * target is somebody's tenant.
 * @throws ConfigurationError where an argument would break the run.
 */
export function readCommandLine(args: readonly string[], isLive: boolean): CommandLine {
  const { values } = parseArgs({ args: [...args], strict: false, options });
  const given = Object.keys(values);
  const wrong = given.find((name) => name in refused);
  if (wrong !== undefined)
    throw new ConfigurationError(`--${wrong} is not for this suite: ${refused[wrong]}.`);
  if (isLive && given.includes('shard'))
    throw new ConfigurationError(
      '--shard is not for a tenant: each part would create objects of its own.',
    );
  return {
    project: projectIn(new Set(values.project?.map(String))),
    grep: values.grep?.at(-1)?.toString(),
    grepInvert: values['grep-invert']?.at(-1)?.toString(),
    isSelection: given.some((name) => selecting.test(name)),
    isList: values.list === true,
    isRejudged: values['no-deps'] === true,
  };
}

function projectIn(named: ReadonlySet<string>): Project {
  const project = projects.find((each) => named.has(each)) ?? 'contract';
  if (named.size === 0 || (named.size === 1 && named.has(project))) return project;
  throw new ConfigurationError(`--project: expected one of ${projects.join(', ')}.`);
}
