import type { Defect } from '../support/mock.ts';
import { onId, onProperty, sends } from './defects/on.ts';
import { type Mutant, mutant } from './mutant.ts';

export const types: Mutant[] = [
  mutant('type-missing', 'The object has no @odata.type.', () =>
    onProperty('@odata.type', () => undefined),
  ),
  mutant('type-lower-case', 'The type is written directoryobject.', () =>
    onProperty('@odata.type', (type) => type.toLowerCase()),
  ),
  mutant('type-no-hash', 'The type lacks its #.', () =>
    onProperty('@odata.type', (type) => type.slice(1)),
  ),
  mutant('type-other', 'The type is that of a user.', () =>
    onProperty('@odata.type', () => '#microsoft.graph.user'),
  ),
  mutant('type-null', 'The type is null.', () => onProperty('@odata.type', () => null)),
  mutant('type-object', 'The type is an object.', () =>
    onProperty('@odata.type', (name) => ({ name })),
  ),
];

/** The id of an earlier create in place of this one's, where `earlier` names one. */
function repeating(earlier: (created: number) => number): Defect {
  const ids: string[] = [];
  return onId((id, { created }) => {
    ids[created] = id;
    return ids[earlier(created)] ?? id;
  });
}

/** On each route the k-th create has the id of the k-th create on the other. */
function acrossRoutes(): Defect {
  const ids: string[] = [];
  const counts = { me: 0, users: 0 };
  return onId((id, { route = 'me' }) => {
    const k = counts[route]++;
    ids[k] ??= id;
    return ids[k];
  });
}

export const identities: Mutant[] = [
  mutant('id-missing', 'The object has no id.', () => onProperty('id', () => undefined)),
  mutant('id-missing-unless-sent', 'Only an id that was sent comes back.', () => {
    const drop = onProperty('id', () => undefined);
    return (response, request) => (sends(/"id"/)(request) ? response : drop(response, request));
  }),
  mutant('id-null', 'The id is null.', () => onProperty('id', () => null)),
  mutant('id-number', 'The id is a number.', () => onProperty('id', (_, { n }) => n)),
  mutant('id-empty', 'The id is empty.', () => onProperty('id', () => '')),
  mutant('id-blank', 'The id is blanks, as many as there were requests.', () =>
    onId((_, { n }) => ' '.repeat(n)),
  ),
  mutant('id-line-feed', 'A line feed ends the id.', () => onId((id) => `${id}\n`)),
  mutant('id-constant', 'All creates are answered with the same id.', () => repeating(() => 1)),
  mutant('id-of-previous', 'The fourth create is answered with the id of the third.', () =>
    repeating((created) => (created === 4 ? 3 : created)),
  ),
  mutant('id-repeated-late', 'The tenth create is answered with the id of the first.', () =>
    repeating((created) => (created === 10 ? 1 : created)),
  ),
  mutant('id-across-routes', 'The ids of one route come again on the other.', acrossRoutes),
];
