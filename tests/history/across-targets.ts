import { type At, judgedIn, type RunRecord, stateAt } from '../../schemas/files/history.ts';

/** What a run says of a requirement, in a form in which targets are compared; undefined: nothing. */
function saidBy(record: RunRecord, at: At): string | undefined {
  const state = stateAt(record, at);
  if (state === undefined || state.kind === 'silent') return undefined;
  return state.kind === 'conforms' ? 'conforms' : state.finding.received;
}

/** Ids of the requirements of which the targets, each by its last run, do not say the same. */
export function differingRequirements(records: readonly RunRecord[]): ReadonlySet<string> {
  const differs = (at: At) => new Set(records.flatMap((each) => saidBy(each, at) ?? [])).size > 1;
  return new Set(
    records
      .flatMap(judgedIn)
      .filter(differs)
      .map(({ requirement }) => requirement),
  );
}
