import { type RunRecord, type State, statesOf } from '../../schemas/files/history.ts';

/** What is told of a requirement tonight, in a form in which targets are compared; undefined: nothing. */
export function factOf(state: State | undefined): string | undefined {
  if (state === undefined || state.kind === 'silent') return undefined;
  return state.kind === 'conforms' ? 'conforms' : state.finding.received;
}

/** The keys in which the targets, each by its last night, do not tell the same. */
export function differencesBetween(nights: readonly RunRecord[]): ReadonlySet<string> {
  const keys = new Set(nights.flatMap((night) => [...statesOf(night).keys()]));
  return new Set(
    [...keys].filter((key) => {
      const told = nights.flatMap((night) => factOf(statesOf(night).get(key)) ?? []);
      return new Set(told).size > 1;
    }),
  );
}
