import { appendFileSync, existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { codeOf } from '../../fixtures/configuration/errors.ts';
import { boundedText, makeFolder } from '../../fixtures/configuration/files.ts';
import type { Optional } from '../../schemas/files/finding.ts';
import type { Run } from '../../schemas/files/recording.ts';
import type { Judgement, Outcome, Verdict } from '../../schemas/files/report.ts';
import { counted, printable, toldOf } from '../judge/text.ts';

export type Deviating = Pick<
  Judgement,
  'outcome' | 'received' | 'told' | 'requests' | 'failingRequests'
> &
  Optional<{ routes: readonly string[]; warning: true }>;

/** `silent`: nothing for or against the target. */
export type State = 'conforms' | 'silent' | Deviating;

export type RunRecord = Pick<Run, 'run' | 'target' | 'startedAt' | 'suiteVersion' | 'seed'> &
  Readonly<{
    status: 'PASSED' | 'FAILED' | 'INCONCLUSIVE';
    states: Readonly<Record<string, State>>;
    /** Where it left out requests. */
    incomplete?: true;
    /** References that it left in the tenant, where it failed for one. */
    left?: number;
  }>;

/** Since a run last said anything of it; `found`: none did. */
export type ChangeKind = 'found' | 'broke' | 'changed' | 'still' | 'declared' | 'fixed';

/** Enough to distinguish two received texts. */
const keptText = 200;

export const deviations: readonly Outcome[] = ['deviates', 'known deviation', 'changed deviation'];

export function statesOf(verdicts: readonly Verdict[]): Record<string, State> {
  const judged = verdicts.filter(({ outcome }) => outcome !== 'untested');
  return Object.fromEntries(judged.map((verdict) => [verdict.requirement, stateOf(verdict)]));
}

function stateOf({ outcome, failing, routes, requests, failingRequests }: Verdict): State {
  if (outcome === 'error' || outcome === 'not applicable') return 'silent';
  const here = routes.filter((each) => deviations.includes(each.outcome));
  if (here.length === 0) return 'conforms';
  const [received = '', told] = [here.map((each) => each.received), here.map(toldOf)].map(listed);
  const isEverywhere = here.length === routes.filter((each) => each.requests > 0).length;
  return {
    outcome,
    received,
    told: told === received ? undefined : told,
    routes: isEverywhere ? undefined : here.map(({ route }) => route),
    requests,
    failingRequests,
    warning: outcome === 'deviates' && !failing ? true : undefined,
  };
}

function listed(all: readonly string[]) {
  const text = printable([...new Set(all)].join('; '));
  return text.length > keptText ? `${text.slice(0, keptText - 1)}…` : text;
}

export function dateOf({ startedAt }: RunRecord) {
  return startedAt.slice(0, 10);
}

/** Runs that are read, from the end: more than a year of nights has. */
const readRuns = 400;

export type History = Readonly<{
  runs: readonly RunRecord[];
  /** What could not be read, and stays. */
  fault?: string;
  /** Whether a killed run left half a last line; undefined: it cannot be told. */
  isTorn?: boolean;
}>;

export function readHistory(path: string): History {
  try {
    const text = existsSync(path) ? boundedText(path) : '';
    const isTorn = text !== '' && !text.endsWith('\n');
    const lines = text.split('\n').filter(Boolean).slice(-readRuns);
    const runs = lines.map(parsed).filter((each) => each !== undefined);
    if (runs.length === lines.length) return { runs, isTorn };
    const wrong = counted(lines.length - runs.length, 'line');
    return {
      runs,
      isTorn,
      fault: `${path}: ${wrong} of it that no run of this version of the suite wrote; moved elsewhere, it is begun anew`,
    };
  } catch (error) {
    return { runs: [], fault: `${path}: it cannot be read (${codeOf(error)})` };
  }
}

/** In one write, so that two writers at once tear no line. @throws an error that says why not. */
export function appendRuns(path: string, runs: readonly RunRecord[], { isTorn }: History) {
  if (runs.length === 0) return;
  if (isTorn === undefined) throw new Error('it cannot be read');
  makeFolder(dirname(path));
  const lines = runs.map((run) => `${JSON.stringify(run)}\n`);
  // A line that is torn must not swallow these.
  appendFileSync(path, `${isTorn ? '\n' : ''}${lines.join('')}`);
}

/** The run; undefined: the line is none, or one of 0.4. */
function parsed(text: string): RunRecord | undefined {
  try {
    const line = JSON.parse(text);
    const texts = [line.run, line.target, line.suiteVersion, line.status];
    const found = Object.values<object>(line.states).map((each) => Object(each).received ?? each);
    const isRun = [...texts, ...found].every((each) => typeof each === 'string');
    return isRun && Date.parse(line.startedAt) > 0 ? line : undefined;
  } catch {
    return undefined;
  }
}
