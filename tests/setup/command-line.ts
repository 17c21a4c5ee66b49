import { parseArgs } from 'node:util';
import { ConfigurationError } from '../../fixtures/configuration/errors.ts';
import { quoted } from '../../fixtures/configuration/variables/shown-value.ts';

/** The projects of playwright.config.ts. */
const projects = ['contract', 'cleanup', 'preflight', 'replay'] as const;
export type Project = (typeof projects)[number];

/** What the arguments of a run ask for. */
export interface CommandLine {
  readonly project: Project;
  /** The last `--grep`, as Playwright takes it; undefined: there is none. */
  readonly grep: string | undefined;
  /** Whether some tests are left out by their titles. */
  readonly isNarrowed: boolean;
  /** Whether tests are only listed, and nothing is sent or written. */
  readonly isList: boolean;
}

const grepInstead = '--grep judges what it names';
const sentOnce = 'every request is sent once a run, and every verdict is read from that recording';
const noBrowser = 'this suite opens no browser and keeps no snapshots: leave it out';

/** Options of Playwright's that would judge something else than they say, each with the reason and what to do. */
const refused: Readonly<Record<string, string>> = {
  shard: `${sentOnce}: ${grepInstead}, CONTRACT_ROUTES judges one route`,
  'last-failed': `${sentOnce}: ${grepInstead}`,
  'last-failed-file': `${sentOnce}: ${grepInstead}`,
  'only-changed': `it looks for changes of this suite, not of the target: ${grepInstead}`,
  'test-list': `requirements are chosen by their names: ${grepInstead}`,
  'test-list-invert': `requirements are chosen by their names: --grep-invert leaves out what it names`,
  'repeat-each': `${sentOnce}: start another run to send again`,
  retries: `${sentOnce}: start another run to send again`,
  'max-failures': `${sentOnce}, so stopping early saves nothing: ${grepInstead}`,
  x: `${sentOnce}, so stopping early saves nothing: ${grepInstead}`,
  shuffle: 'the verdicts are judged together, in the order of the requirements: leave it out',
  timeout: 'a test only reads what was recorded: CONTRACT_TIMEOUT_MS limits each request',
  debug: `${sentOnce}, so there is nothing to step through: read the recording`,
  ui: `${sentOnce}, so it would judge that one again and again: start a run for each`,
  'ui-host': `${sentOnce}, so it would judge that one again and again: start a run for each`,
  'ui-port': `${sentOnce}, so it would judge that one again and again: start a run for each`,
  output: 'Playwright empties that folder: CONTRACT_REPORT names the folder that a run writes to',
  'pass-with-no-tests': 'a run that judges nothing must not pass: leave it out',
  browser: noBrowser,
  headed: noBrowser,
  'ignore-snapshots': noBrowser,
  'update-snapshots': noBrowser,
  u: noBrowser,
  'update-source-method': noBrowser,
  'run-agents': noBrowser,
};

const text = { type: 'string', multiple: true } as const;

/** The options of Playwright 1.65 that are not refused and take a value: what follows is not a file's name. */
const options = {
  config: { ...text, short: 'c' },
  grep: { ...text, short: 'g' },
  'grep-invert': { ...text, short: 'G' },
  workers: { ...text, short: 'j' },
  project: text,
  'add-reporter': text,
  'global-timeout': text,
  reporter: text,
  trace: text,
  tsconfig: text,
} as const;

/**
 * Reads the arguments behind `playwright test`, as far as they choose what runs.
 * @throws ConfigurationError where an argument would judge something else than it says.
 */
export function readCommandLine(args: readonly string[]): CommandLine {
  const { values, tokens } = parseArgs({ args: [...args], strict: false, options, tokens: true });
  const named = (values.project ?? []).map(String);
  let isProject = false;
  for (const token of tokens) {
    // What stands behind "--" is nobody's.
    if (token.kind === 'option-terminator') break;
    if (token.kind === 'positional') {
      // As Playwright does: --project takes names until the next option.
      if (isProject) named.push(token.value);
      else throw new ConfigurationError(fileNamed(token.value));
      continue;
    }
    isProject = token.name === 'project' && token.inlineValue === false;
    const reason = refused[token.name];
    if (reason !== undefined)
      throw new ConfigurationError(`${token.rawName} is not for this suite: ${reason}.`);
  }
  return {
    project: projectIn(named),
    grep: values.grep?.at(-1)?.toString(),
    isNarrowed: values.grep !== undefined || values['grep-invert'] !== undefined,
    isList: values.list === true,
  };
}

/** Whether an argument may be a name: of a project, a file or a requirement. */
function isName(argument: string): boolean {
  return /^[\w*./: -]{1,60}$/.test(argument);
}

function projectIn(named: readonly string[]): Project {
  const [name = 'contract', ...more] = new Set(named);
  const project = projects.find((each) => each === name);
  if (project === undefined || more.length > 0)
    throw new ConfigurationError(
      `--project is ${quoted(named.join(' '), isName)}: expected one of ${projects.join(', ')}.`,
    );
  return project;
}

function fileNamed(argument: string): string {
  return `${quoted(argument, isName)} is read as the name of a test file, and this suite has one: requirements are named with --grep, as in --grep create-status.`;
}
