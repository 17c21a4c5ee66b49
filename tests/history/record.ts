import type { Outcome, Verdict } from '../judge/judge.ts';
import type { Latency } from '../judge/latency.ts';
import type { Report } from '../report/document.ts';
import { printable } from '../report/message.ts';

type Place = Verdict['route'];

/** What was found wrong in one place, as a history keeps it. */
export interface KeptFinding {
  readonly requirement: string;
  readonly route: Place;
  readonly outcome: Outcome;
  readonly received: string;
  readonly requests: number;
  readonly failingRequests: number;
  readonly part?: string;
  readonly warning?: true;
}

/** Ids by the places they hold in, `me+users` for instance. */
type ByPlaces = Readonly<Record<string, readonly string[]>>;

/** One run, as a line of history.jsonl (schemas/files/history.json). */
export interface RunRecord {
  readonly run: string;
  readonly target: string;
  readonly startedAt: string;
  readonly suiteVersion: string;
  readonly seed: number;
  readonly latency: Latency;
  readonly conforms: ByPlaces;
  readonly silent: ByPlaces;
  readonly findings: readonly KeptFinding[];
}

/** What a night says of one requirement in one place. */
export type State =
  | { readonly kind: 'conforms' }
  | { readonly kind: 'silent' }
  | { readonly kind: 'found'; readonly finding: KeptFinding };

/** Characters of a received text that a history keeps: enough to tell two apart. */
const keptText = 200;

/** The run in the form that nights are compared in. */
export function recordOf(report: Report): RunRecord {
  const { run, target, startedAt, suiteVersion, seed, latency, verdicts } = report;
  const of = (...outcomes: Outcome[]) =>
    verdicts.filter(({ outcome }) => outcomes.includes(outcome));
  return {
    run,
    target,
    startedAt,
    suiteVersion,
    seed,
    latency,
    conforms: byPlaces(of('conforms')),
    silent: byPlaces(of('not judged', 'not applicable')),
    findings: of('deviates', 'known deviation', 'changed deviation', 'stale deviation').map(kept),
  };
}

function kept(verdict: Verdict): KeptFinding {
  const { requirement, route, outcome, received, requests, failingRequests, part, failing } =
    verdict;
  return {
    requirement,
    route,
    outcome,
    received: keptReceived(received),
    requests,
    failingRequests,
    ...(part && { part }),
    ...(outcome === 'deviates' && !failing && { warning: true }),
  };
}

/** A received text as nights compare it. */
export function keptReceived(received: string): string {
  const text = printable(received);
  return text.length > keptText ? `${text.slice(0, keptText - 1)}…` : text;
}

function byPlaces(verdicts: readonly Verdict[]): ByPlaces {
  const grouped: Record<string, string[]> = {};
  for (const id of new Set(verdicts.map(({ requirement }) => requirement))) {
    const mine = verdicts.filter(({ requirement }) => requirement === id);
    const places = mine.map(({ route }) => route).join('+');
    grouped[places] = [...(grouped[places] ?? []), id];
  }
  return grouped;
}

const read = new WeakMap<RunRecord, ReadonlyMap<string, State>>();

/** A requirement in a place, as a key. */
export function keyOf({ requirement, route }: { requirement: string; route: Place }): string {
  return `${requirement} ${route}`;
}

/** What the night says of every requirement and place it judged, by `keyOf`. */
export function statesOf(night: RunRecord): ReadonlyMap<string, State> {
  const known = read.get(night);
  if (known !== undefined) return known;
  const states = new Map<string, State>();
  for (const kind of ['conforms', 'silent'] as const)
    for (const [places, ids] of Object.entries(night[kind]))
      for (const id of ids)
        for (const place of places.split('+')) states.set(`${id} ${place}`, { kind });
  for (const finding of night.findings)
    states.set(
      keyOf(finding),
      // What is declared and conforms now was not found.
      finding.outcome === 'stale deviation' ? { kind: 'conforms' } : { kind: 'found', finding },
    );
  read.set(night, states);
  return states;
}
