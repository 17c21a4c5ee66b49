import { randomUUID } from 'node:crypto';
import type { Defect } from '../../../fixtures/mock/server.ts';
import { onCreate } from '../mutants/defects/on.ts';
import { header, objectIn, withHeader, withJson } from '../mutants/defects/rewrite.ts';
import { type Variant, variant } from './variant.ts';

/** Another id, in the body and in the Location that names it. */
function identified(change: (id: string, n: number) => string): Defect {
  return onCreate((response, { n }) => {
    const object = objectIn(response);
    const id = change(String(object.id), n);
    const location = header(response, 'Location')?.replace(/[^/]*$/, encodeURIComponent(id)) ?? '';
    return withHeader(withJson(response, { ...object, id }), 'Location', location);
  });
}

export const identities: Variant[] = [
  variant('id-upper-case', 'FACTS 2: the page states a String, no spelling.', () =>
    identified((id) => id.toUpperCase()),
  ),
  variant('id-opaque', 'FACTS 2: ids are opaque strings.', () =>
    identified((_, n) => `device_${n}.ABC-xyz~`),
  ),
  variant('id-short', 'FACTS 2: a non-empty string is enough.', () => identified((_, n) => `${n}`)),
  variant('id-long', 'FACTS 2: the page states no length.', () =>
    identified((_, n) => `${n}-`.padEnd(3000, 'x')),
  ),
  variant('id-unicode', 'FACTS 2: the page states a String, of any characters.', () =>
    identified((_, n) => `设备/${n} "é" 😀`),
  ),
  variant('id-not-rfc-9562', "FACTS 2: the example's id is not an RFC 9562 UUID either.", () =>
    identified((_, n) => `98b7e341-e341-98b7-41e3-${String(n).padStart(12, '0')}`),
  ),
  variant('id-differs-in-case', 'FACTS 2: ids are opaque, so a and A are two.', () =>
    identified((_, n) => n.toString(2).replaceAll('0', 'a').replaceAll('1', 'A')),
  ),
  variant('id-new', 'OData 11.4.2: a value the client may not set is ignored.', () =>
    identified(() => randomUUID()),
  ),
];
