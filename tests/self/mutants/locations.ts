import { randomUUID } from 'node:crypto';
import type { Defect, MockRequest } from '../support/mock.ts';
import { onCreate } from './defects/on.ts';
import { header, objectIn, withHeader, without } from './defects/rewrite.ts';
import { type Mutant, mutant } from './mutant.ts';

/** Another Location in place of the right one. */
function located(change: (right: string, request: MockRequest) => string): Defect {
  return onCreate((response, request) =>
    withHeader(response, 'Location', change(header(response, 'Location') ?? '', request)),
  );
}

/** The Location of the create before. */
function previous(): Defect {
  let last: string | undefined;
  return located((right) => {
    const before = last ?? right;
    last = right;
    return before;
  });
}

export const locations: Mutant[] = [
  mutant('no-location', 'A create has no Location.', () => onCreate((a) => without(a, 'Location'))),
  mutant('location-blank', 'The Location has a blank in it.', () =>
    located(() => 'http://target.invalid/directory objects/1'),
  ),
  mutant('location-of-collection', 'The Location is the collection, not the object in it.', () =>
    located((right) => right.replace(/\/[^/]*$/, '')),
  ),
  mutant('location-of-request', 'The Location is the address that was called.', () =>
    located((_, { path }) => path),
  ),
  mutant('location-of-another', 'The Location names an id that nobody has.', () =>
    located((right) => right.replace(/[^/]*$/, randomUUID())),
  ),
  mutant('location-of-another-key', 'The Location names another id in parentheses.', () =>
    located((right) => right.replace(/\/[^/]*$/, `('${randomUUID()}')`)),
  ),
  mutant('location-of-another-link', 'The Location is the reference to another object.', () =>
    located((_, { path }) => path.replace('$ref', `${randomUUID()}/$ref`)),
  ),
  mutant('location-of-previous', 'The Location names the object created before.', previous),
  mutant('location-constant', 'All creates have one Location, which names no id.', () =>
    located(() => 'https://graph.example/v2/handles/latest'),
  ),
  mutant('location-of-other-route', 'A Location that names no id comes on either route.', () => {
    const counts = { me: 0, users: 0 };
    return onCreate((a, { route = 'me' }) =>
      withHeader(a, 'Location', `https://graph.example/v2/handles/${counts[route]++}`),
    );
  }),
  mutant('location-id-altered', 'One character of the id in the Location is another.', () =>
    onCreate((a) => {
      const id = String(objectIn(a).id);
      const altered = `${id.slice(0, -1)}${id.endsWith('0') ? '1' : '0'}`;
      return withHeader(a, 'Location', `directoryObjects/${altered}`);
    }),
  ),
];
