import { randomUUID } from 'node:crypto';
import { onId } from '../mutants/defects/on.ts';
import { type Variant, variant } from './variant.ts';

export const identities: Variant[] = [
  variant('id-upper-case', 'FACTS 2: the page states a String, no spelling.', () =>
    onId((id) => id.toUpperCase()),
  ),
  variant('id-opaque', 'FACTS 2: ids are opaque strings.', () =>
    onId((_, { n }) => `device_${n}.ABC-xyz~`),
  ),
  variant('id-short', 'FACTS 2: a non-empty string is enough.', () => onId((_, { n }) => `${n}`)),
  variant('id-long', 'FACTS 2: the page states no length.', () =>
    onId((_, { n }) => `${n}-`.padEnd(3000, 'x')),
  ),
  variant('id-unicode', 'FACTS 2: the page states a String, of any characters.', () =>
    onId((_, { n }) => `设备/${n} "é" 😀`),
  ),
  variant('id-not-rfc-9562', "FACTS 2: the example's id is not an RFC 9562 UUID either.", () =>
    onId((_, { n }) => `98b7e341-e341-98b7-41e3-${String(n).padStart(12, '0')}`),
  ),
  variant('id-differs-in-case', 'FACTS 2: ids are opaque, so a and A are two.', () =>
    onId((_, { n }) => n.toString(2).replaceAll('0', 'a').replaceAll('1', 'A')),
  ),
  variant('id-with-blanks', 'FACTS 2: the page states a String, of any characters.', () =>
    onId((_, { n }) => ` device  ${n} `),
  ),
  variant('id-new', 'OData 11.4.2: a value the client may not set is ignored.', () =>
    onId(() => randomUUID()),
  ),
];
