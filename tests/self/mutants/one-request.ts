import { documentedRequests } from '../../../fixtures/requests/documented.ts';
import type { RequestCase } from '../../../schemas/files/recording.ts';
import { isAsPlain } from '../../requirements/match/beside.ts';
import { mockUserId, wantedOf } from '../support/judged.ts';
import type { Defect } from '../support/mock.ts';
import { crash, refuse } from './defects/failing.ts';
import { accept, type Change, only } from './defects/on.ts';
import type { Mutant } from './mutant.ts';

/** The requests that a requirement of their own judges, one of each name. */
export const singles: readonly RequestCase[] = [
  ...new Map(
    [...documentedRequests(wantedOf(mockUserId, 'http://127.0.0.1/v1.0'))]
      .filter(({ requirement }) => requirement !== undefined)
      .map((each) => [each.name, each]),
  ).values(),
];

/** A defect of the responses to the documented requests of these names; judged in memory alone. */
export function onRequests(names: readonly string[], change: Change): Defect {
  return only(({ name = '' }) => names.includes(name), change);
}

/** What is wrong in the answer to one request of each kind. */
const ways: Readonly<Record<string, readonly [begin: string, change: Change]>> = {
  equivalent: ['refuses', refuse],
  negative: ['accepts', accept],
  probe: ['fails-over', crash],
};

/** For each of these requests a server that is wrong about it and about no other: a refused plain create breaks create-status, too. */
export const oneRequest: Mutant[] = singles.map(({ name, kind, why, requirement = '' }) => {
  const [begin, change] = ways[kind] ?? ['', crash];
  const defect = () => onRequests([name], change);
  const detectedBy = isAsPlain({ requirement }) ? [requirement, 'create-status'] : [requirement];
  return { name: `${begin}-${name}: ${why}`, detectedBy: detectedBy.sort(), defect };
});
